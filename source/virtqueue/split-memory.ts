import {Virtqueue} from './virtqueue.js';
import {type VirtqueueOptions} from './virtqueue-options.js';

/** Descriptor flags, clause 2.7.5. */
export const descriptorNext = 1;
export const descriptorWrite = 2;
export const descriptorIndirect = 4;

/** The flag VIRTQ_AVAIL_F_NO_INTERRUPT of the avail ring, clause 2.7.6. */
export const noInterrupt = 1;

/** The flag VIRTQ_USED_F_NO_NOTIFY of the used ring, clause 2.7.8. */
export const noNotify = 1;

/**
The words at one index: of the descriptor table (flags, next, segments of its indirect table), of
the avail ring and of the used ring.
*/
export type SplitWords = {
	readonly flags: number;
	readonly next: number;
	readonly readable: number;
	readonly writable: number;
	readonly availHead: number;
	readonly usedId: number;
	readonly usedLength: number;
};

/**
The memory of a split virtqueue, clauses 2.7.5 (descriptor table), 2.7.6 (avail ring)
and 2.7.8 (used ring), and each side's own place in it.

Indices run freely modulo 65536; the slot of index i is i modulo the size, a power of two.
*/
export abstract class SplitMemory extends Virtqueue {
	/** Avail ring: where the driver puts the next head. Written by the driver. */
	availIndex = 0;
	/** Avail ring: `noInterrupt` or 0. Written by the driver. */
	availFlags = 0;
	/**
	The word after the avail ring: interrupt me when this used entry is
	written. Written by the driver.
	*/
	usedEvent = 0;
	/** Used ring: where the device puts the next used element. Written by the device. */
	usedIndex = 0;
	/** Used ring: `noNotify` or 0. Written by the device. */
	usedFlags = 0;
	/**
	The word after the used ring: notify me when this avail entry is written. Written by the device.
	*/
	availEvent = 0;

	/** Driver: next used entry to read. */
	lastUsed = 0;
	/** Driver: its private copy of "callbacks disabled" (avail_flags_shadow). */
	callbackOff = false;
	/** Device: next avail entry to pop. */
	lastAvail = 0;

	protected readonly mask: number;
	/** Descriptor table: flags. The table's `next` is the inherited array of that name. */
	protected readonly descriptorFlags: Uint8Array;
	/** Avail ring: heads. */
	protected readonly availRing: Uint16Array;
	/** Used ring: heads and bytes written. */
	protected readonly usedId: Uint16Array;
	protected readonly usedLength: Uint32Array;

	constructor(options: VirtqueueOptions) {
		super(options);
		this.mask = options.size - 1;
		this.descriptorFlags = new Uint8Array(options.size);
		this.availRing = new Uint16Array(options.size);
		this.usedId = new Uint16Array(options.size);
		this.usedLength = new Uint32Array(options.size);
		this.initialize();
	}

	get layout(): 'split' {
		return 'split';
	}

	/** What stands at an index, 0 below the size, of the table and of both rings. */
	memoryAt(index: number): SplitWords {
		return {
			flags: this.descriptorFlags[index],
			next: this.next[index],
			readable: this.tableReadable[index],
			writable: this.tableWritable[index],
			availHead: this.availRing[index],
			usedId: this.usedId[index],
			usedLength: this.usedLength[index],
		};
	}

	/**
	Source: virtqueue_vring_init_split. With EVENT_IDX a queue without a callback starts
	disabled without a word in memory.
	*/
	protected initialize(): void {
		this.availIndex = 0;
		this.usedEvent = 0;
		this.usedIndex = 0;
		this.usedFlags = 0;
		this.availEvent = 0;
		this.lastUsed = 0;
		this.lastAvail = 0;
		this.callbackOff = !this.callback;
		this.availFlags = this.callbackOff && !this.eventIdx ? noInterrupt : 0;
	}
}

import {Virtqueue} from './virtqueue.js';
import {type VirtqueueOptions} from './virtqueue-options.js';

/** Descriptor flags, clause 2.8.1 and the ones shared with the split layout. */
export const descriptorNext = 1;
export const descriptorWrite = 2;
export const descriptorIndirect = 4;
export const descriptorAvail = 1 << 7;
export const descriptorUsed = 1 << 15;

/** Flags of the event suppression structures, clause 2.8.10. */
export const eventsEnable = 0;
export const eventsDisable = 1;
export const eventsDescriptor = 2;

/** In an off_wrap word: the wrap counter's bit; the position is below it. */
const wrapBit = 1 << 15;
export const positionMask = wrapBit - 1;

/** A descriptor: its flags, the id of its buffer, and bytes. */
export type PackedWords = {readonly flags: number; readonly id: number; readonly length: number};

/**
The memory of a packed virtqueue, clauses 2.8.1 (wrap counters), 2.8.13 (descriptor ring) and
2.8.14 (event suppression structures), and each side's own place in it.

One ring holds available and used descriptors. Positions go from 0 below the size, which need not
be a power of two; a wrap counter, 0 or 1, flips each time its position passes the end.
*/
export abstract class PackedMemory extends Virtqueue {
	/**
	Driver event suppression structure: position and wrap counter of the wanted
	interrupt. Written by the driver.
	*/
	driverOffWrap = 0;
	driverFlags = eventsEnable;
	/**
	Device event suppression structure: position and wrap counter of the wanted
	notification. Written by the device.
	*/
	deviceOffWrap = 0;
	deviceFlags = eventsEnable;

	/** Driver: position of the next descriptor to make available (next_avail_idx). */
	nextAvail = 0;
	availWrap = 1;
	/** Driver: position of the next used descriptor (last_used_idx). */
	lastUsed = 0;
	usedWrap = 1;
	/** Driver: its private copy of the flags it wants (event_flags_shadow). */
	flagsShadow = eventsEnable;

	/** Device: position of the next descriptor to pop (last_avail_idx). */
	lastAvail = 0;
	lastAvailWrap = 1;
	/** Device: position of the next used descriptor to write (used_idx). */
	usedIndex = 0;
	deviceUsedWrap = 1;

	/** Descriptor ring. */
	protected readonly descriptorFlags: Uint16Array;
	protected readonly descriptorId: Uint16Array;
	protected readonly descriptorLength: Uint32Array;
	/**
	Driver: descriptors that the buffer of an id takes, and the last id of its
	chain (desc_state[].num, .last).
	*/
	protected readonly stateSlots: Uint16Array;
	protected readonly stateLast: Uint16Array;
	/** Device: descriptors of a popped buffer, by id (VirtQueueElement.ndescs). */
	protected readonly elementSlots: Uint16Array;
	/** Device: completions staged, a circle that starts at `firstStaged` (used_elems). */
	protected readonly stagedId: Uint16Array;
	protected readonly stagedLength: Uint32Array;
	protected firstStaged = 0;

	constructor(options: VirtqueueOptions) {
		super(options);
		const {size} = options;
		this.descriptorFlags = new Uint16Array(size);
		this.descriptorId = new Uint16Array(size);
		this.descriptorLength = new Uint32Array(size);
		this.stateSlots = new Uint16Array(size);
		this.stateLast = new Uint16Array(size);
		this.elementSlots = new Uint16Array(size);
		this.stagedId = new Uint16Array(size);
		this.stagedLength = new Uint32Array(size);
		this.initialize();
	}

	get layout(): 'packed' {
		return 'packed';
	}

	get availIndex(): number {
		return this.nextAvail;
	}

	get usedEvent(): number {
		return this.driverOffWrap & positionMask;
	}

	get availEvent(): number {
		return this.deviceOffWrap & positionMask;
	}

	/** The descriptor at a position. */
	memoryAt(position: number): PackedWords {
		return {
			flags: this.descriptorFlags[position],
			id: this.descriptorId[position],
			length: this.descriptorLength[position],
		};
	}

	/** Source: virtqueue_vring_init_packed. */
	protected initialize(): void {
		this.descriptorFlags.fill(0);
		this.driverOffWrap = 0;
		this.deviceOffWrap = 0;
		this.deviceFlags = eventsEnable;
		this.nextAvail = 0;
		this.availWrap = 1;
		this.lastUsed = 0;
		this.usedWrap = 1;
		this.lastAvail = 0;
		this.lastAvailWrap = 1;
		this.usedIndex = 0;
		this.deviceUsedWrap = 1;
		this.firstStaged = 0;
		this.flagsShadow = this.callback ? eventsEnable : eventsDisable;
		this.driverFlags = this.flagsShadow;
	}
}

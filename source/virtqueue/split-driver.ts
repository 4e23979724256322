import {needEvent} from './need-event.js';
import {
	descriptorIndirect,
	descriptorNext,
	descriptorWrite,
	noInterrupt,
	noNotify,
	SplitMemory,
} from './split-memory.js';
import {ENOSPC} from './virtqueue.js';

/**
After this many buffers without a kick the driver kicks by itself: one more and 16 bits
no longer tell them from none.
*/
const unkickedLimit = 65_535;

/**
The driver's side of a split virtqueue: the functions ending in _split
of drivers/virtio/virtio_ring.c.
*/
export abstract class SplitDriver extends SplitMemory {
	/**
	Source: virtqueue_add_split; clauses 2.7.13.1 to 2.7.13.3. The avail index moves at once.
	A refused buffer with a readable segment rings the doorbell: the device may be sitting on
	descriptors. So does the 65535th buffer since the last kick, if the device wants to know.
	*/
	add(out: number, into: number, token: number, noMemory = false): number {
		const total = out + into;
		const table = this.usesTable(total, noMemory);
		const slots = table ? 1 : total;
		if (this.numFree < slots) {
			this.doorbellForced = out > 0;
			return ENOSPC;
		}

		const head = this.freeHead;
		if (table) {
			this.descriptorFlags[head] = descriptorIndirect;
			this.tableReadable[head] = out;
			this.tableWritable[head] = into;
			this.freeHead = this.next[head];
		} else {
			this.takeChain(head, out, total);
		}

		this.tokens[head] = token;
		this.addedHead = head;
		this.addedSlots = slots;
		this.addedIndirect = table;
		this.numFree -= slots;
		this.availRing[this.availIndex & this.mask] = head;
		this.availIndex = (this.availIndex + 1) & 0xff_ff;
		this.numAdded += 1;
		this.doorbellForced = this.numAdded === unkickedLimit && this.kickPrepare();
		return 0;
	}

	/**
	Source: virtqueue_kick_prepare_split; clauses 2.7.10 and 2.7.13.4. What was added is forgotten
	whatever the answer, so a suppressed kick is not made good by the next one.
	*/
	kickPrepare(): boolean {
		const {availIndex, numAdded} = this;
		this.numAdded = 0;
		return this.eventIdx
			? needEvent(this.availEvent, availIndex, availIndex - numAdded)
			: (this.usedFlags & noNotify) === 0;
	}

	/**
	Source: virtqueue_get_buf_ctx_split; clause 2.7.14. While callbacks are on the used event
	follows, with or without EVENT_IDX.
	*/
	getBuf(): number {
		const {lastUsed} = this;
		if (lastUsed === this.usedIndex) {
			return -1;
		}

		const slot = lastUsed & this.mask;
		const head = this.usedId[slot];
		const token = this.tokens[head];
		this.lastLength = this.usedLength[slot];
		this.detach(head);
		this.lastUsed = (lastUsed + 1) & 0xff_ff;
		if (!this.callbackOff) {
			this.usedEvent = this.lastUsed;
		}

		return token;
	}

	/**
	Source: virtqueue_disable_cb_split; clause 2.7.7. With EVENT_IDX nothing can be switched off:
	the event goes to entry 0, far away most of the time. After an interrupt (`eventTriggered`)
	the event has passed already and nothing is written.
	*/
	disableCallback(): void {
		if (this.callbackOff) {
			return;
		}

		this.callbackOff = true;
		if (this.eventTriggered) {
			return;
		}

		if (this.eventIdx) {
			this.usedEvent = 0;
		} else {
			this.availFlags = noInterrupt;
		}
	}

	/** Source: virtqueue_poll_split. */
	poll(state: number): boolean {
		return state !== this.usedIndex;
	}

	/** Source: more_used_split. */
	moreUsed(): boolean {
		return this.lastUsed !== this.usedIndex;
	}

	/** Source: virtqueue_enable_cb_prepare_split; clause 2.7.7. */
	protected rearm(): number {
		this.enable();
		this.usedEvent = this.lastUsed;
		return this.lastUsed;
	}

	/**
	Source: virtqueue_enable_cb_delayed_split. In flight are buffers, and a wait of exactly
	three quarters of them still returns true.
	*/
	protected rearmDelayed(): boolean {
		this.enable();
		const {lastUsed} = this;
		const inFlight = (this.availIndex - lastUsed) & 0xff_ff;
		const buffers = (inFlight * 3) >>> 2;
		this.usedEvent = (lastUsed + buffers) & 0xff_ff;
		return ((this.usedIndex - lastUsed) & 0xff_ff) <= buffers;
	}

	/** Source: detach_buf_split. */
	protected detach(head: number): void {
		const {next, descriptorFlags} = this;
		let last = head;
		let slots = 1;
		while ((descriptorFlags[last] & descriptorNext) !== 0) {
			last = next[last];
			slots += 1;
		}

		next[last] = this.freeHead;
		this.freeHead = head;
		this.numFree += slots;
		this.tokens[head] = -1;
	}

	private enable(): void {
		if (this.callbackOff) {
			this.callbackOff = false;
			if (!this.eventIdx) {
				this.availFlags = 0;
			}
		}
	}

	/** Chains the front of the free list: `out` readable descriptors, then the writable ones. */
	private takeChain(head: number, out: number, total: number): void {
		const {next, descriptorFlags} = this;
		let descriptor = head;
		for (let left = total - 1; left > 0; left--) {
			descriptorFlags[descriptor] = total - left > out ? descriptorNext | descriptorWrite : descriptorNext;
			descriptor = next[descriptor];
		}

		descriptorFlags[descriptor] = total > out ? descriptorWrite : 0;
		this.freeHead = next[descriptor];
	}
}

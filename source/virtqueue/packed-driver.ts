import {needEvent} from './need-event.js';
import {
	descriptorAvail,
	descriptorIndirect,
	descriptorNext,
	descriptorUsed,
	descriptorWrite,
	eventsDescriptor,
	eventsDisable,
	eventsEnable,
	PackedMemory,
	positionMask,
} from './packed-memory.js';
import {ENOSPC} from './virtqueue.js';

/**
The driver's side of a packed virtqueue: the functions ending in _packed
of drivers/virtio/virtio_ring.c.
*/
export abstract class PackedDriver extends PackedMemory {
	/**
	Source: virtqueue_add_packed, virtqueue_add_indirect_packed; clause
	2.8.18. It never forces a doorbell.
	*/
	add(out: number, into: number, token: number, noMemory = false): number {
		const total = out + into;
		const table = this.usesTable(total, noMemory);
		const slots = table ? 1 : total;
		if (this.numFree < slots) {
			return ENOSPC;
		}

		const id = this.freeHead;
		if (table) {
			this.tableReadable[id] = out;
			this.tableWritable[id] = into;
			this.freeHead = this.next[id];
			this.stateLast[id] = id;
			this.writeDescriptor(id, descriptorIndirect);
		} else {
			this.writeChain(id, out, total);
		}

		this.tokens[id] = token;
		this.stateSlots[id] = slots;
		this.addedHead = id;
		this.addedSlots = slots;
		this.addedIndirect = table;
		this.numFree -= slots;
		this.numAdded += slots;
		return 0;
	}

	/**
	Source: virtqueue_kick_prepare_packed; clauses 2.8.10 and 2.8.18.4. The event's position counts
	from one lap earlier when it carries the other wrap counter than the driver's.
	*/
	kickPrepare(): boolean {
		const {nextAvail, numAdded, deviceFlags, deviceOffWrap} = this;
		this.numAdded = 0;
		if (deviceFlags !== eventsDescriptor) {
			return deviceFlags === eventsEnable;
		}

		const lap = deviceOffWrap >>> 15 === this.availWrap ? 0 : this.size;
		return needEvent((deviceOffWrap & positionMask) - lap, nextAvail, nextAvail - numAdded);
	}

	/**
	Source: virtqueue_get_buf_ctx_packed; clause 2.8.19. In descriptor mode the event follows.
	*/
	getBuf(): number {
		if (!this.moreUsed()) {
			return -1;
		}

		const {lastUsed} = this;
		const id = this.descriptorId[lastUsed];
		const token = this.tokens[id];
		this.lastLength = this.descriptorLength[lastUsed];
		this.detach(id);
		const after = lastUsed + this.stateSlots[id];
		if (after >= this.size) {
			this.lastUsed = after - this.size;
			this.usedWrap ^= 1;
		} else {
			this.lastUsed = after;
		}

		if (this.flagsShadow === eventsDescriptor) {
			this.driverOffWrap = this.lastUsed | (this.usedWrap << 15);
		}

		return token;
	}

	/**
	Source: virtqueue_disable_cb_packed; clause 2.8.10. After an interrupt
	(`eventTriggered`) memory keeps its flags.
	*/
	disableCallback(): void {
		if (this.flagsShadow === eventsDisable) {
			return;
		}

		this.flagsShadow = eventsDisable;
		if (!this.eventTriggered) {
			this.driverFlags = eventsDisable;
		}
	}

	/** Source: virtqueue_poll_packed. */
	poll(state: number): boolean {
		return this.isUsed(state & positionMask, state >>> 15);
	}

	/** Source: more_used_packed. */
	moreUsed(): boolean {
		return this.isUsed(this.lastUsed, this.usedWrap);
	}

	/** Source: virtqueue_enable_cb_prepare_packed; clause 2.8.10. */
	protected rearm(): number {
		const state = this.lastUsed | (this.usedWrap << 15);
		if (this.eventIdx) {
			this.driverOffWrap = state;
		}

		this.enable();
		return state;
	}

	/**
	Source: virtqueue_enable_cb_delayed_packed. In flight are descriptors, not buffers, and any
	buffer used already makes it false: the three quarters only place the event.
	*/
	protected rearmDelayed(): boolean {
		if (this.eventIdx) {
			let position = this.lastUsed + (((this.size - this.numFree) * 3) >>> 2);
			let wrap = this.usedWrap;
			if (position >= this.size) {
				position -= this.size;
				wrap ^= 1;
			}

			this.driverOffWrap = position | (wrap << 15);
		}

		this.enable();
		return !this.moreUsed();
	}

	/** Source: detach_buf_packed. */
	protected detach(id: number): void {
		this.next[this.stateLast[id]] = this.freeHead;
		this.freeHead = id;
		this.numFree += this.stateSlots[id];
		this.tokens[id] = -1;
	}

	private enable(): void {
		if (this.flagsShadow === eventsDisable) {
			this.flagsShadow = this.eventIdx ? eventsDescriptor : eventsEnable;
			this.driverFlags = this.flagsShadow;
		}
	}

	/**
	Is the descriptor used in the lap of wrap counter `wrap`? Source:
	is_used_desc_packed; clause 2.8.1.
	*/
	private isUsed(position: number, wrap: number): boolean {
		const flags = this.descriptorFlags[position];
		const used = flags >>> 15;
		return ((flags >>> 7) & 1) === used && used === wrap;
	}

	/**
	Makes one descriptor available at the next position; the used bit
	is the inverse of the avail bit.
	*/
	private writeDescriptor(id: number, flags: number): void {
		const position = this.nextAvail;
		this.descriptorFlags[position] = flags | (this.availWrap === 1 ? descriptorAvail : descriptorUsed);
		this.descriptorId[position] = id;
		if (position + 1 === this.size) {
			this.nextAvail = 0;
			this.availWrap ^= 1;
		} else {
			this.nextAvail = position + 1;
		}
	}

	/**
	Writes `out` readable descriptors, then the writable ones; takes as many ids from the free list.
	*/
	private writeChain(id: number, out: number, total: number): void {
		let taken = id;
		for (let left = total - 1; left > 0; left--) {
			this.writeDescriptor(id, total - left > out ? descriptorNext | descriptorWrite : descriptorNext);
			taken = this.next[taken];
		}

		this.writeDescriptor(id, total > out ? descriptorWrite : 0);
		this.stateLast[id] = taken;
		this.freeHead = this.next[taken];
	}
}

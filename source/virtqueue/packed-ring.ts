import {needEvent} from './need-event.js';
import {PackedDriver} from './packed-driver.js';
import {
	descriptorAvail,
	descriptorIndirect,
	descriptorNext,
	descriptorUsed,
	descriptorWrite,
	eventsDescriptor,
	eventsDisable,
	eventsEnable,
	positionMask,
} from './packed-memory.js';

/**
A packed virtqueue (clause 2.8) with the device's side: the functions with "packed" in their
names of QEMU's hw/virtio/virtio.c.
*/
export class PackedRing extends PackedDriver {
	/**
	Source: virtqueue_packed_pop; clause 2.8.13. It leaves the device's
	event suppression structure alone.
	*/
	pop(): number {
		if (this.isEmpty()) {
			return -1;
		}

		const {lastAvail} = this;
		const id = this.descriptorId[lastAvail];
		this.poppedHead = id;
		if ((this.descriptorFlags[lastAvail] & descriptorIndirect) === 0) {
			this.walkChain(lastAvail);
		} else {
			this.poppedSlots = 1;
			this.poppedReadable = this.tableReadable[id];
			this.poppedWritable = this.tableWritable[id];
		}

		const after = lastAvail + this.poppedSlots;
		if (after >= this.size) {
			this.lastAvail = after - this.size;
			this.lastAvailWrap ^= 1;
		} else {
			this.lastAvail = after;
		}

		this.elementSlots[id] = this.poppedSlots;
		const token = this.tokens[id];
		this.rememberPopped(token, id);
		return token;
	}

	/** Source: virtqueue_packed_fill. */
	push(token: number, length: number): void {
		const id = this.forgetPopped(token);
		let place = this.firstStaged + this.staged;
		if (place >= this.size) {
			place -= this.size;
		}

		this.stagedId[place] = id;
		this.stagedLength[place] = length;
		this.staged += 1;
	}

	/**
	Source: virtqueue_packed_flush; clauses 2.8.3 and 2.8.17. A used descriptor stands for its whole
	buffer, so the next one goes as many positions further as the buffer has descriptors.
	Passing the end of the ring gives `signalledUsed` up.
	*/
	publish(count: number): void {
		if (count > this.staged) {
			throw new RangeError(`publish of ${count} completions with ${this.staged} staged`);
		}

		for (let i = 0; i < count; i++) {
			const position = this.usedIndex;
			const id = this.stagedId[this.firstStaged];
			this.descriptorId[position] = id;
			this.descriptorLength[position] = this.stagedLength[this.firstStaged];
			this.descriptorFlags[position] = this.deviceUsedWrap === 1 ? descriptorAvail | descriptorUsed : 0;
			this.firstStaged = this.firstStaged + 1 === this.size ? 0 : this.firstStaged + 1;
			const after = position + this.elementSlots[id];
			if (after >= this.size) {
				this.usedIndex = after - this.size;
				this.deviceUsedWrap ^= 1;
				this.signalledValid = false;
			} else {
				this.usedIndex = after;
			}
		}

		this.staged -= count;
	}

	/** Source: virtio_packed_should_notify, vring_packed_need_event; clause 2.8.10. */
	shouldNotify(): boolean {
		const {usedIndex, driverFlags, driverOffWrap} = this;
		const valid = this.signalledValid;
		const old = this.signalledUsed;
		this.signalledValid = true;
		this.signalledUsed = usedIndex;
		if (driverFlags === eventsDisable) {
			return false;
		}

		if (driverFlags === eventsEnable) {
			return true;
		}

		const lap = driverOffWrap >>> 15 === this.deviceUsedWrap ? 0 : this.size;
		return !valid || needEvent((driverOffWrap & positionMask) - lap, usedIndex, old);
	}

	/**
	Source: virtio_queue_packed_set_notification; clause 2.8.10. On: the
	event is the next position to pop.
	*/
	setNotification(on: boolean): void {
		this.notification = on;
		if (!on) {
			this.deviceFlags = eventsDisable;
		} else if (this.eventIdx) {
			this.deviceOffWrap = this.lastAvail | (this.lastAvailWrap << 15);
			this.deviceFlags = eventsDescriptor;
		} else {
			this.deviceFlags = eventsEnable;
		}
	}

	/** Source: is_desc_avail; clause 2.8.1. */
	isEmpty(): boolean {
		const flags = this.descriptorFlags[this.lastAvail];
		const avail = (flags >>> 7) & 1;
		return avail !== this.lastAvailWrap || flags >>> 15 === avail;
	}

	private walkChain(start: number): void {
		let position = start;
		let readable = 0;
		let writable = 0;
		for (;;) {
			const flags = this.descriptorFlags[position];
			if ((flags & descriptorWrite) === 0) {
				readable += 1;
			} else {
				writable += 1;
			}

			if ((flags & descriptorNext) === 0) {
				break;
			}

			position = position + 1 === this.size ? 0 : position + 1;
		}

		this.poppedSlots = readable + writable;
		this.poppedReadable = readable;
		this.poppedWritable = writable;
	}
}

import {needEvent} from './need-event.js';
import {SplitDriver} from './split-driver.js';
import {descriptorIndirect, descriptorNext, descriptorWrite, noInterrupt, noNotify} from './split-memory.js';

/**
A split virtqueue (clause 2.7) with the device's side: the functions with "split" in their
names of QEMU's hw/virtio/virtio.c.
*/
export class SplitRing extends SplitDriver {
	/**
	Source: virtqueue_split_pop; clause 2.7.13. While notifications are on the
	avail event follows every pop.
	*/
	pop(): number {
		const {lastAvail} = this;
		if (lastAvail === this.availIndex) {
			return -1;
		}

		const head = this.availRing[lastAvail & this.mask];
		this.lastAvail = (lastAvail + 1) & 0xff_ff;
		if (this.eventIdx && this.notification) {
			this.availEvent = this.lastAvail;
		}

		this.poppedHead = head;
		if ((this.descriptorFlags[head] & descriptorIndirect) === 0) {
			this.walkChain(head);
		} else {
			this.poppedSlots = 1;
			this.poppedReadable = this.tableReadable[head];
			this.poppedWritable = this.tableWritable[head];
		}

		const token = this.tokens[head];
		this.rememberPopped(token, head);
		return token;
	}

	/** Source: virtqueue_split_fill; clause 2.7.8. */
	push(token: number, length: number): void {
		const slot = (this.usedIndex + this.staged) & this.mask;
		this.usedId[slot] = this.forgetPopped(token);
		this.usedLength[slot] = length;
		this.staged += 1;
	}

	/**
	Source: virtqueue_split_flush; clause 2.7.8.2. QEMU compares as signed numbers of 16 bits, so
	`signalledUsed` is given up after 32768 entries without a question, not after 65536.
	*/
	publish(count: number): void {
		if (count > this.staged) {
			throw new RangeError(`publish of ${count} completions with ${this.staged} staged`);
		}

		this.usedIndex = (this.usedIndex + count) & 0xff_ff;
		this.staged -= count;
		if (((this.usedIndex - this.signalledUsed) << 16) >> 16 < count) {
			this.signalledValid = false;
		}
	}

	/** Source: virtio_split_should_notify; clauses 2.7.7.2 and 2.7.10. */
	shouldNotify(): boolean {
		if (!this.eventIdx) {
			return (this.availFlags & noInterrupt) === 0;
		}

		const valid = this.signalledValid;
		const old = this.signalledUsed;
		this.signalledValid = true;
		this.signalledUsed = this.usedIndex;
		return !valid || needEvent(this.usedEvent, this.usedIndex, old);
	}

	/**
	Source: virtio_queue_split_set_notification; clause 2.7.10. On: the event is the
	driver's present index, so what is queued already never notifies. Off with
	EVENT_IDX: the event just stays behind.
	*/
	setNotification(on: boolean): void {
		this.notification = on;
		if (!this.eventIdx) {
			this.usedFlags = on ? 0 : noNotify;
		} else if (on) {
			this.availEvent = this.availIndex;
		}
	}

	/** Source: virtio_queue_split_empty. */
	isEmpty(): boolean {
		return this.lastAvail === this.availIndex;
	}

	private walkChain(head: number): void {
		const {next, descriptorFlags} = this;
		let descriptor = head;
		let readable = 0;
		let writable = 0;
		for (;;) {
			const flags = descriptorFlags[descriptor];
			if ((flags & descriptorWrite) === 0) {
				readable += 1;
			} else {
				writable += 1;
			}

			if ((flags & descriptorNext) === 0) {
				break;
			}

			descriptor = next[descriptor];
		}

		this.poppedSlots = readable + writable;
		this.poppedReadable = readable;
		this.poppedWritable = writable;
	}
}

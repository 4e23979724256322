import {type QueueId} from '../../devices/profile.js';

/** Some of the queues of a device. */
export class QueueSet {
	/** A bit a queue. */
	private bits = 0;

	get isEmpty(): boolean {
		return this.bits === 0;
	}

	add(queue: QueueId): void {
		this.bits |= 1 << queue;
	}

	/** Takes out the one that comes first in this order. There is one. */
	takeFirst(order: readonly QueueId[]): QueueId {
		let at = 0;
		while ((this.bits & (1 << order[at])) === 0) {
			at++;
		}

		this.bits &= ~(1 << order[at]);
		return order[at];
	}

	/** Takes all of another, which is empty then; what was here is forgotten. */
	takeAll(other: QueueSet): void {
		this.bits = other.bits;
		other.bits = 0;
	}
}

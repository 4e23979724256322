import {type Thread} from '../cpu/thread.js';
import {tracepoint} from '../tracepoints/tracepoints.js';
import {queueIds} from '../devices/profile.js';
import {type Virtqueue} from '../virtqueue/virtqueue.js';
import {DriverQueue} from './driver-queue.js';
import {GuestLocks} from './guest-locks.js';

/**
What the parts of the guest share: its threads and vCPUs, its locks, and the queues of the device.
*/
export class GuestCore extends GuestLocks {
	readonly queues: DriverQueue[] = [];
	/** Pages of the device's memory that clients have written and nobody has flushed. */
	dirtyPages = 0;

	/** Makes the queues of the device with their locks, for these rings. */
	addQueues(rings: readonly Virtqueue[]): void {
		const ids = queueIds(this.profile);
		const qlocks = ids.map(id =>
			this.addLock(`place/lock/${id}`, {queue: id, name: this.profile.queues[id].lockName}),
		);
		const waitLocks = ids.map(id =>
			this.addLock(`place/lock/ack_queue/${id}`, {name: `ack_queue.lock (${this.profile.queues[id].name})`}),
		);
		for (const id of ids) {
			this.queues.push(
				new DriverQueue({
					id,
					profile: this.profile.queues[id],
					ring: rings[id],
					lock: this.locks[qlocks[id]],
					lockId: qlocks[id],
					waitLockId: waitLocks[id],
					threads: this.roles.threads,
				}),
			);
		}
	}

	/**
	spin_lock(qlock): the thread goes on at `step` with the lock held, now or when it is its turn.
	*/
	lock(thread: Thread, queue: DriverQueue, role: number, step: number): void {
		this.probe.emit(tracepoint.lockCalled, thread.id, queue.id, role);
		this.lockRole[thread.id] = role;
		this.take(thread, queue.lockId, step);
	}

	/**
	spin_unlock: a waiter that sees it has the lock from now on; a
	paravirtual one that sleeps is kicked.
	*/
	unlock(thread: Thread, queue: DriverQueue): void {
		this.giveUp(thread, queue.lockId);
	}

	/**
	The lock of the queue's `ack_queue`: held while sleepers are put on the list and woken. It has
	no tracepoints: lock metrics are those of `qlock`.
	*/
	lockWaitQueue(thread: Thread, queue: DriverQueue, step: number): void {
		this.take(thread, queue.waitLockId, step);
	}

	unlockWaitQueue(thread: Thread, queue: DriverQueue): void {
		this.giveUp(thread, queue.waitLockId);
	}
}

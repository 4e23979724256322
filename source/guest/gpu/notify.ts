import {type Thread} from '../../cpu/thread.js';
import {lockRole, tracepoint} from '../../tracepoints/tracepoints.js';
import {notifyRule} from '../batch.js';
import {virtqueue_kick_prepare, vp_notify} from '../doorbell.js';
import {type DriverQueue} from '../driver-queue.js';
import {type GuestPart} from '../guest-part.js';
import {type GuestCore} from '../guest-core.js';
import {type ParkingPlace} from '../parking-place.js';
import {type Submitter} from '../submitter.js';
import {step} from './step.js';
import {type AckQueue} from './ack-queue.js';

/** What a submitter does after a notify. */
const after = {nextCommand: 0, waitForRoom: 1} as const;

/**
virtio_gpu_notify (virtgpu_vq.c, Linux 5.5 and later): rings for what has
been added since the last time.
*/
export class Notify implements GuestPart {
	private readonly core: GuestCore;
	private readonly submitters: readonly Submitter[];
	private readonly parking: ParkingPlace;
	private readonly ackQueue: AckQueue;

	constructor(core: GuestCore, submitters: readonly Submitter[], parking: ParkingPlace, ackQueue: AckQueue) {
		this.core = core;
		this.submitters = submitters;
		this.parking = parking;
		this.ackQueue = ackQueue;
	}

	/**
	Whether the client's step leaves the doorbell of this command to a later one:
	virtio_gpu_disable_notify, or since Linux 5.7 no virtio_gpu_notify behind the command.
	*/
	virtio_gpu_disable_notify({current, position}: Submitter): boolean {
		const last = position === current.types.length;
		return !(current.notify === notifyRule.each || (current.notify === notifyRule.end && last));
	}

	/**
	The end of what `virtio_gpu_disable_notify` began: a notify, then the client's next command.
	*/
	virtio_gpu_enable_notify(thread: Thread): void {
		this.virtio_gpu_notify(thread, after.nextCommand);
	}

	/** The ring is full: the host may not know of what fills it. */
	notifyForRoom(thread: Thread): void {
		this.virtio_gpu_notify(thread, after.waitForRoom);
	}

	/**
	The driver leaves doorbells to virtio_gpu_notify, or has done so until its policy was changed.
	*/
	owes(queue: DriverQueue): boolean {
		return queue.mayBatch && (this.core.driver.batched || queue.pendingCommands > 0);
	}

	/** Whether this queue's doorbell is rung before its lock is released. */
	ringsUnderLock(queue: DriverQueue): boolean {
		return this.core.driver.ringUnderLock && (queue.mayBatch || !this.core.driver.batched);
	}

	step(thread: Thread): void {
		const {core} = this;
		const submitter = this.submitters[thread.id];
		const queue = core.queues[submitter.queue];
		switch (thread.step) {
			case step.virtio_gpu_notify: {
				// The lockless look at pending_commands.
				if (queue.pendingCommands === 0) {
					this.notified(thread, submitter, queue);
				} else {
					core.work(thread, core.costs.unlockGap.draw(), step.virtio_gpu_notify_lock);
				}

				break;
			}

			case step.virtio_gpu_notify_lock: {
				if (!this.parking.park(thread, submitter, step.virtio_gpu_notify_lock)) {
					core.lock(thread, queue, lockRole.notify, step.virtio_gpu_notify_locked);
				}

				break;
			}

			case step.virtio_gpu_notify_locked: {
				queue.pendingCommands = 0;
				core.work(thread, core.costs.kickPrepare.draw(), step.virtio_gpu_notify_prepare);
				break;
			}

			case step.virtio_gpu_notify_prepare: {
				this.kick(thread, submitter, queue);
				break;
			}

			case step.virtio_gpu_notify_rung_locked: {
				core.probe.emit(tracepoint.doorbellReturned, thread.id, queue.id, 0);
				core.unlock(thread, queue);
				this.notified(thread, submitter, queue);
				break;
			}

			default: {
				core.probe.emit(tracepoint.doorbellReturned, thread.id, queue.id, 0);
				this.notified(thread, submitter, queue);
			}
		}
	}

	private virtio_gpu_notify(thread: Thread, continuation: number): void {
		this.submitters[thread.id].continuation = continuation;
		this.core.work(thread, 0, step.virtio_gpu_notify);
	}

	private kick(thread: Thread, submitter: Submitter, queue: DriverQueue): void {
		const {core} = this;
		const needed = virtqueue_kick_prepare(core, thread, queue);
		queue.pendingCommands = 0;
		if (needed && this.ringsUnderLock(queue)) {
			vp_notify(core, thread, queue, step.virtio_gpu_notify_rung_locked);
			return;
		}

		core.unlock(thread, queue);
		if (needed) {
			vp_notify(core, thread, queue, step.virtio_gpu_notify_rung);
		} else {
			this.notified(thread, submitter, queue);
		}
	}

	private notified(thread: Thread, submitter: Submitter, queue: DriverQueue): void {
		if (submitter.continuation === after.waitForRoom) {
			this.ackQueue.wait_event(thread, submitter, queue);
		} else {
			this.core.work(thread, 0, step.nextCommand);
		}
	}
}

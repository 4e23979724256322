import {type Thread} from '../../cpu/thread.js';
import {commands, inSegments} from '../../devices/gpu/commands.js';
import {lockRole, tracepoint} from '../../tracepoints/tracepoints.js';
import {virtqueue_add_notify, virtqueue_kick_prepare, vp_notify} from '../doorbell.js';
import {type DriverQueue} from '../driver-queue.js';
import {type GuestPart} from '../guest-part.js';
import {type GuestCore} from '../guest-core.js';
import {type ParkingPlace} from '../parking-place.js';
import {type Submitter} from '../submitter.js';
import {step} from './step.js';
import {type AckQueue} from './ack-queue.js';
import {virtio_gpu_fence_emit} from './fences.js';
import {type Notify} from './notify.js';
import {free_vbuf} from './vbuf.js';

/**
Free slots that the driver up to 5.6 waits for, whatever the command needs
(virtio_gpu_queue_fenced_ctrl_buffer).
*/
const oldWait = 3;

const segmentsIn = Int32Array.from(commands, ({name}) => inSegments(name));

/**
The way of a command from spin_lock to its doorbell: virtio_gpu_queue_ctrl_sgs and
virtio_gpu_queue_cursor of drivers/gpu/drm/virtio/virtgpu_vq.c, up to Linux 5.6
virtio_gpu_queue_ctrl_buffer and virtio_gpu_queue_ctrl_buffer_locked, in the order of the
kernel generations that `driver.lockPolicy` and `driver.roomRule` name.
*/
export class Submission implements GuestPart {
	private readonly core: GuestCore;
	private readonly submitters: readonly Submitter[];
	private readonly parking: ParkingPlace;
	private readonly ackQueue: AckQueue;
	private readonly notify: Notify;

	constructor(options: {
		readonly core: GuestCore;
		readonly submitters: readonly Submitter[];
		readonly parking: ParkingPlace;
		readonly ackQueue: AckQueue;
		readonly notify: Notify;
	}) {
		this.core = options.core;
		this.submitters = options.submitters;
		this.parking = options.parking;
		this.ackQueue = options.ackQueue;
		this.notify = options.notify;
	}

	step(thread: Thread): void {
		const {core} = this;
		const submitter = this.submitters[thread.id];
		const queue = core.queues[submitter.queue];
		switch (thread.step) {
			case step.virtio_gpu_queue_ctrl_sgs:
			case step.virtio_gpu_queue_cursor: {
				this.virtio_gpu_queue_ctrl_buffer(thread, submitter, queue);
				break;
			}

			case step.virtio_gpu_queue_fenced_ctrl_buffer: {
				this.virtio_gpu_queue_fenced_ctrl_buffer(thread, submitter, queue);
				break;
			}

			case step.virtio_gpu_queue_ctrl_buffer_locked: {
				this.virtio_gpu_queue_ctrl_buffer_locked(thread, submitter, queue);
				break;
			}

			case step.virtqueue_add_notified: {
				core.probe.emit(tracepoint.doorbellReturned, thread.id, queue.id, 0);
				this.leaveFullRing(thread, submitter, queue);
				break;
			}

			case step.virtqueue_kick_prepare: {
				this.kick(thread, submitter, queue);
				break;
			}

			case step.vp_notify_locked: {
				core.probe.emit(tracepoint.doorbellReturned, thread.id, queue.id, 0);
				core.unlock(thread, queue);
				this.submitted(thread, submitter, queue);
				break;
			}

			default: {
				core.probe.emit(tracepoint.doorbellReturned, thread.id, queue.id, 0);
				this.submitted(thread, submitter, queue);
			}
		}
	}

	/** spin_lock(qlock). */
	private virtio_gpu_queue_ctrl_buffer(thread: Thread, submitter: Submitter, queue: DriverQueue): void {
		if (!this.parking.park(thread, submitter, thread.step)) {
			this.core.lock(thread, queue, lockRole.submit, step.virtio_gpu_queue_fenced_ctrl_buffer);
		}
	}

	/** It has the lock: is there room? Then the fence and what it is added to. */
	private virtio_gpu_queue_fenced_ctrl_buffer(thread: Thread, submitter: Submitter, queue: DriverQueue): void {
		const {core} = this;
		const {driver, pool} = core;
		const {command} = submitter;
		const fenced = pool.fenced[command] === 1;
		const type = pool.type[command];
		const needed = queue.ring.slotsNeeded(pool.out[command], segmentsIn[type]);
		// cursorq has always added first; so did the control queue up to
		// 5.6, but for fenced commands.
		const checks = queue.mayCheck && (driver.checkFirst || fenced || driver.waitBug);
		const wanted = this.wantedSlots(queue, needed);
		// With the bug one number is checked (2 + the data's segments, indirect or not)
		// and another one waited for.
		const least = driver.waitBug && queue.mayCheck ? 1 + pool.out[command] : wanted;
		if (checks && queue.ring.numFree < least) {
			submitter.slotsWanted = wanted;
			submitter.slotsChecked = Math.max(least, wanted);
			core.probe.emit(tracepoint.noRoom, thread.id, command, queue.id);
			this.leaveFullRing(thread, submitter, queue);
			return;
		}

		let cost = core.costs.add.draw();
		if (fenced) {
			cost += virtio_gpu_fence_emit(core, command);
		}

		core.probe.emit(tracepoint.freeAtAdd, thread.id, queue.id, queue.ring.numFree);
		core.work(thread, cost, step.virtio_gpu_queue_ctrl_buffer_locked);
	}

	/**
	What a command that lacks room waits for on ack_queue; the old driver
	for 3 slots whatever it needs.
	*/
	private wantedSlots(queue: DriverQueue, needed: number): number {
		const {driver} = this.core;
		if (!queue.mayCheck || (driver.checkFirst && !driver.waitBug)) {
			return needed;
		}

		return needed > oldWait && !driver.waitBug ? needed : oldWait;
	}

	/** virtqueue_add_sgs, and without a batch the look whether the device wants to know. */
	private virtio_gpu_queue_ctrl_buffer_locked(thread: Thread, submitter: Submitter, queue: DriverQueue): void {
		const {core} = this;
		const {ring} = queue;
		const {command} = submitter;
		const out = core.pool.out[command];
		const into = segmentsIn[core.pool.type[command]];
		if (ring.add(out, into, command) < 0) {
			const needed = ring.slotsNeeded(out, into);
			submitter.slotsWanted = this.wantedSlots(queue, needed);
			submitter.slotsChecked = Math.max(needed, submitter.slotsWanted);
			core.probe.emit(tracepoint.noRoom, thread.id, command, queue.id);
			if (ring.doorbellForced) {
				virtqueue_add_notify(core, thread, queue, step.virtqueue_add_notified);
			} else {
				this.leaveFullRing(thread, submitter, queue);
			}

			return;
		}

		core.probe.emit(tracepoint.published, thread.id, command, ring.numFree);
		submitter.slotsChecked = 0;
		submitter.outstanding += queue.responds ? 1 : 0;
		submitter.unsignalled += core.pool.fenced[command];
		if (queue.mayBatch && core.driver.batched) {
			queue.pendingCommands++;
			core.unlock(thread, queue);
			this.submitted(thread, submitter, queue);
		} else {
			core.work(thread, core.costs.kickPrepare.draw(), step.virtqueue_kick_prepare);
		}
	}

	/**
	kick_prepare with the lock held, then the doorbell on the side of
	the unlock that the policy says.
	*/
	private kick(thread: Thread, submitter: Submitter, queue: DriverQueue): void {
		const {core} = this;
		const needed = virtqueue_kick_prepare(core, thread, queue);
		queue.pendingCommands = 0;
		if (needed && this.notify.ringsUnderLock(queue)) {
			vp_notify(core, thread, queue, step.vp_notify_locked);
			return;
		}

		core.unlock(thread, queue);
		if (needed) {
			vp_notify(core, thread, queue, step.vp_notify_unlocked);
		} else {
			this.submitted(thread, submitter, queue);
		}
	}

	/** The lock is held and there is no room: unlock, tell the host what it may not know, sleep. */
	private leaveFullRing(thread: Thread, submitter: Submitter, queue: DriverQueue): void {
		const {core} = this;
		core.unlock(thread, queue);
		if (core.driver.busyError) {
			core.probe.emit(tracepoint.busyError, thread.id, submitter.command, 0);
			submitter.slotsChecked = 0;
			free_vbuf(core, submitter.command);
			this.submitted(thread, submitter, queue);
		} else if (this.notify.owes(queue)) {
			this.notify.notifyForRoom(thread);
		} else {
			this.ackQueue.wait_event(thread, submitter, queue);
		}
	}

	/** The command is on its way: notify if the client says so here, then the next one. */
	private submitted(thread: Thread, submitter: Submitter, queue: DriverQueue): void {
		submitter.command = -1;
		if (this.notify.owes(queue) && !this.notify.virtio_gpu_disable_notify(submitter)) {
			this.notify.virtio_gpu_enable_notify(thread);
		} else {
			this.core.work(thread, 0, step.nextCommand);
		}
	}
}

import {type Thread} from '../../cpu/thread.js';
import {lockRole, tracepoint} from '../../tracepoints/tracepoints.js';
import {type PmemCosts, type PmemSettings} from '../../devices/pmem/pmem-parameters.js';
import {virtqueue_kick_prepare, vp_notify} from '../doorbell.js';
import {type DriverQueue} from '../driver-queue.js';
import {type DriverParts} from '../driver.js';
import {type GuestPart} from '../guest-part.js';
import {type GuestCore} from '../guest-core.js';
import {type LockId} from '../lock-id.js';
import {type ParkingPlace} from '../parking-place.js';
import {type Responses} from '../responses.js';
import {type Submitter} from '../submitter.js';
import {step} from './step.js';
import {FlushLock} from './flush-lock.js';

/**
virtio_pmem_flush of drivers/nvdimm/nd_virtio.c: a flusher submits its request under pmem_lock,
interrupts off and doorbell included, and sleeps in it until the host has answered. A full ring puts
it on req_list, of which each used buffer wakes one.
*/
export class Flush implements GuestPart {
	readonly flushLock: FlushLock;
	/**
	By client thread: the lock of its request's wait queue (`host_acked`); the
	request is done; it sleeps there.
	*/
	readonly ackedLocks: readonly LockId[];
	readonly done: Uint8Array;
	readonly waiting: Uint8Array;
	private readonly core: GuestCore;
	private readonly submitters: readonly Submitter[];
	private readonly responses: Responses;
	private readonly parking: ParkingPlace;
	private readonly settings: PmemSettings;
	private readonly costs: PmemCosts;

	constructor({core, submitters, responses, parking}: DriverParts, settings: PmemSettings, costs: PmemCosts) {
		this.core = core;
		this.submitters = submitters;
		this.responses = responses;
		this.parking = parking;
		this.settings = settings;
		this.costs = costs;
		this.flushLock = new FlushLock(core, step.spin_lock_irqsave_pmem_lock);
		this.ackedLocks = submitters.map((_, thread) => core.addLock(`place/lock/host_acked/${thread}`));
		this.done = new Uint8Array(submitters.length);
		this.waiting = new Uint8Array(submitters.length);
	}

	step(thread: Thread): void {
		const {core} = this;
		const {id} = thread;
		const submitter = this.submitters[id];
		const queue = core.queues[submitter.queue];
		switch (thread.step) {
			case step.virtio_pmem_flush: {
				if (this.settings.oneAtATime) {
					this.flushLock.lock(thread);
				} else {
					core.work(thread, 0, step.spin_lock_irqsave_pmem_lock);
				}

				break;
			}

			case step.spin_lock_irqsave_pmem_lock: {
				if (!this.parking.park(thread, submitter, thread.step)) {
					core.irqsOff[thread.cpu]++;
					core.lock(thread, queue, lockRole.submit, step.virtqueue_add_sgs_flush);
				}

				break;
			}

			case step.virtqueue_add_sgs_flush: {
				this.virtqueue_add_sgs(thread, submitter, queue);
				break;
			}

			case step.virtqueue_kick_flush: {
				if (virtqueue_kick_prepare(core, thread, queue)) {
					vp_notify(core, thread, queue, step.vp_notify_flush);
				} else {
					core.unlockIrqrestore(thread, queue.lockId);
					core.work(thread, 0, step.wait_event_host_acked);
				}

				break;
			}

			case step.vp_notify_flush: {
				core.probe.emit(tracepoint.doorbellReturned, id, queue.id, 0);
				core.unlockIrqrestore(thread, queue.lockId);
				core.work(thread, 0, step.wait_event_host_acked);
				break;
			}

			case step.wait_event_host_acked: {
				// ___wait_event looks before it touches the wait queue,
				// and after a wake-up once more.
				if (this.done[id] === 1 && this.waiting[id] === 0) {
					core.work(thread, 0, step.virtio_pmem_flush_end);
				} else {
					core.lockIrqsave(thread, this.ackedLocks[id], step.prepare_to_wait_host_acked);
				}

				break;
			}

			case step.prepare_to_wait_host_acked: {
				this.waiting[id] = 1;
				core.unlockIrqrestore(thread, this.ackedLocks[id]);
				if (this.done[id] === 1) {
					core.work(thread, 0, step.finish_wait_host_acked);
				} else {
					core.work(thread, this.costs.schedule.draw(), step.schedule_host_acked);
				}

				break;
			}

			case step.schedule_host_acked: {
				// try_to_wake_up only makes it runnable again that is still on its vCPU.
				if (this.done[id] === 1) {
					core.work(thread, 0, step.wait_event_host_acked);
				} else {
					core.sleep(thread, step.wait_event_host_acked);
				}

				break;
			}

			case step.finish_wait_host_acked: {
				core.lockIrqsave(thread, this.ackedLocks[id], step.finish_wait_host_acked_locked);
				break;
			}

			case step.finish_wait_host_acked_locked: {
				this.waiting[id] = 0;
				core.unlockIrqrestore(thread, this.ackedLocks[id]);
				core.work(thread, 0, step.virtio_pmem_flush_end);
				break;
			}

			case step.wait_event_wq_buf: {
				core.work(thread, 0, step.spin_lock_irqsave_pmem_lock);
				break;
			}

			default: {
				this.end(thread, submitter);
			}
		}
	}

	private virtqueue_add_sgs(thread: Thread, submitter: Submitter, queue: DriverQueue): void {
		const {core} = this;
		const {ring} = queue;
		const {command} = submitter;
		this.done[thread.id] = 0;
		core.probe.emit(tracepoint.freeAtAdd, thread.id, queue.id, ring.numFree);
		if (ring.add(1, 1, command) < 0) {
			submitter.slotsWanted = ring.slotsNeeded(1, 1);
			submitter.slotsChecked = submitter.slotsWanted;
			core.probe.emit(tracepoint.noRoom, thread.id, command, queue.id);
			queue.sleepers[queue.sleeping++] = thread.id;
			core.unlockIrqrestore(thread, queue.lockId);
			core.probe.emit(tracepoint.roomWait, thread.id, queue.id, 0);
			core.sleep(thread, step.wait_event_wq_buf);
			return;
		}

		core.probe.emit(tracepoint.published, thread.id, command, ring.numFree);
		submitter.slotsChecked = 0;
		submitter.outstanding++;
		core.work(thread, core.costs.add.draw() + core.costs.kickPrepare.draw(), step.virtqueue_kick_flush);
	}

	/** The flush returns to its caller. */
	private end(thread: Thread, submitter: Submitter): void {
		const {core} = this;
		const sent = this.settings.oneAtATime && this.flushLock.unlock(thread);
		this.responses.responded(submitter.command, thread.id);
		core.pool.release(submitter.command);
		submitter.command = -1;
		core.work(thread, 0, step.nextCommand);
		if (sent) {
			core.platform.ipi(thread.cpu);
		}
	}
}

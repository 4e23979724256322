import {type ThreadId} from '../../cpu/ids.js';
import {type Thread} from '../../cpu/thread.js';
import {tracepoint} from '../../tracepoints/tracepoints.js';
import {type DriverQueue} from '../driver-queue.js';
import {type GuestPart} from '../guest-part.js';
import {type GuestCore} from '../guest-core.js';
import {type Submitter} from '../submitter.js';
import {step} from './step.js';

/** A round of the hot loop takes some time, ns, or it would stop the simulated one. */
const leastRecheck = 10;

/**
The wait queue `ack_queue` of a virtqueue: submitters sleep there for
room in the ring (virtgpu_vq.c).
*/
export class AckQueue implements GuestPart {
	private readonly core: GuestCore;
	private readonly submitters: readonly Submitter[];

	constructor(core: GuestCore, submitters: readonly Submitter[]) {
		this.core = core;
		this.submitters = submitters;
	}

	step(thread: Thread): void {
		const submitter = this.submitters[thread.id];
		const queue = this.core.queues[submitter.queue];
		if (thread.step === step.wait_event_ack_queue) {
			this.prepare_to_wait_event(thread, queue);
		} else {
			this.sleepOrRetry(thread, submitter, queue);
		}
	}

	/**
	wait_event(ack_queue, num_free >= wanted): looks first, and on the list's
	lock goes on the list if it must.
	*/
	wait_event(thread: Thread, submitter: Submitter, queue: DriverQueue): void {
		if (queue.ring.numFree >= submitter.slotsWanted) {
			this.retry(thread, submitter, queue);
			return;
		}

		this.core.probe.emit(tracepoint.roomWait, thread.id, queue.id, 0);
		this.prepare_to_wait_event(thread, queue);
	}

	/**
	Wakes the sleeper that has been there longest, which looks at its condition again. True
	when its vCPU needs an interrupt.
	*/
	wakeSleeper(queue: DriverQueue, waker: ThreadId): boolean {
		const {sleepers} = queue;
		const thread = this.core.cpus.threads[sleepers[0]];
		queue.sleeping--;
		for (let i = 0; i < queue.sleeping; i++) {
			sleepers[i] = sleepers[i + 1];
		}

		return this.core.wake(thread, this.core.costs.contextSwitch.draw(), waker);
	}

	private prepare_to_wait_event(thread: Thread, queue: DriverQueue): void {
		this.core.lockWaitQueue(thread, queue, step.prepare_to_wait_event);
	}

	/** It is on the list and looks again before it sleeps. */
	private sleepOrRetry(thread: Thread, submitter: Submitter, queue: DriverQueue): void {
		const {core} = this;
		core.unlockWaitQueue(thread, queue);
		if (queue.ring.numFree >= submitter.slotsWanted) {
			this.retry(thread, submitter, queue);
		} else {
			queue.sleepers[queue.sleeping++] = thread.id;
			core.sleep(thread, step.wait_event_ack_queue);
		}
	}

	/**
	There is room for what it waited for, which with the bug is less than what it looks
	for: then it comes back at once.
	*/
	private retry(thread: Thread, submitter: Submitter, queue: DriverQueue): void {
		const {core} = this;
		const hot = core.driver.waitBug && queue.ring.numFree < submitter.slotsChecked;
		core.work(thread, hot ? Math.max(core.costs.recheck.draw(), leastRecheck) : 0, step.virtio_gpu_queue_ctrl_sgs);
	}
}

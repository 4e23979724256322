import {type Thread, threadState} from '../../cpu/thread.js';
import {lockRole, tracepoint} from '../../tracepoints/tracepoints.js';
import {commandIndex} from '../../devices/gpu/commands.js';
import {type DeferredFree} from '../rcu/deferred-free.js';
import {type GpuQueue} from '../driver-queue.js';
import {type GuestCore} from '../guest-core.js';
import {type Rounds} from '../rounds.js';
import {step} from '../step.js';
import {type Submission} from './submission.js';

const unref = commandIndex('RESOURCE_UNREF');

/**
The kworkers and what they run: virtio_gpu_dequeue_ctrl_func and
virtio_gpu_dequeue_cursor_func (virtgpu_vq.c). The works are queued on the per-CPU system
workqueue, so each runs on the vCPU that took the interrupt, one at a time.
*/
export class DequeueWork {
	private readonly core: GuestCore;
	private readonly rounds: Rounds;
	private readonly submission: Submission;
	private readonly frees: DeferredFree;
	/** By vCPU: the queues whose work its kworker has to run, oldest first. */
	private readonly lists: Int32Array;
	private readonly counts: Int32Array;

	constructor(core: GuestCore, rounds: Rounds, submission: Submission, frees: DeferredFree) {
		this.core = core;
		this.rounds = rounds;
		this.submission = submission;
		this.frees = frees;
		this.lists = new Int32Array(core.cpus.cpus.length * 2);
		this.counts = new Int32Array(core.cpus.cpus.length);
	}

	/** schedule_work from the interrupt handler on this vCPU. */
	queueWork(queue: GpuQueue, vcpu: number): void {
		this.core.probe.emit(tracepoint.workQueued, vcpu, queue.id, queue.workPending ? 1 : 0);
		if (queue.workPending) {
			return;
		}

		queue.workPending = true;
		// A work that runs is queued again where it runs: it never runs twice at once.
		const on = queue.workOn >= 0 ? queue.workOn : vcpu;
		this.lists[2 * on + this.counts[on]++] = queue.id;
		const worker = this.core.cpus.threads[this.core.clientThreads + on];
		if (worker.state === threadState.sleeping) {
			this.core.wake(worker, this.core.costs.workerWake.draw(), -1);
		}
	}

	/** True while a work is queued or running. */
	isBusy(queue: GpuQueue): boolean {
		return queue.workPending || queue.workOn >= 0;
	}

	step(thread: Thread): void {
		const {core} = this;
		const vcpu = thread.id - core.clientThreads;
		switch (thread.step) {
			case step.workerIdle: {
				this.start(thread, vcpu);
				break;
			}

			case step.workerLocked: {
				const queue = this.running(vcpu);
				queue.ring.disableCallback();
				this.reap(thread, queue, core.costs.drain.draw());
				break;
			}

			case step.workerReaped: {
				this.reapedAll(thread, this.running(vcpu));
				break;
			}

			case step.workerResponded: {
				const queue = this.running(vcpu);
				const command = queue.reaped[queue.reapedNext++];
				if (core.pool.type[command] === unref) {
					this.frees.add(vcpu, core.costs.free.draw());
				}

				this.rounds.responded(command, thread.id);
				this.respond(thread, queue);
				break;
			}

			case step.workerWake: {
				this.wakeNext(thread, this.running(vcpu));
				break;
			}

			case step.workerEnd: {
				const queue = this.running(vcpu);
				queue.workOn = -1;
				core.probe.emit(tracepoint.workEnded, thread.id, queue.id, 0);
				this.start(thread, vcpu);
				break;
			}

			default: {
				throw new Error(`kworker ${vcpu} has no step ${thread.step}`);
			}
		}
	}

	private running(vcpu: number): GpuQueue {
		const {queues} = this.core;
		return queues[0].workOn === vcpu ? queues[0] : queues[1];
	}

	private start(thread: Thread, vcpu: number): void {
		if (this.counts[vcpu] === 0) {
			this.core.sleep(thread, step.workerIdle);
			return;
		}

		const queue = this.core.queues[this.lists[2 * vcpu]];
		this.lists[2 * vcpu] = this.lists[2 * vcpu + 1];
		this.counts[vcpu]--;
		queue.workPending = false;
		queue.workOn = vcpu;
		queue.reapedCount = 0;
		queue.reapedNext = 0;
		this.core.probe.emit(tracepoint.workStarted, thread.id, queue.id, 0);
		this.core.lock(thread, queue, lockRole.worker, step.workerLocked);
	}

	/** virtqueue_get_buf until there is none; the time is charged for the lot. */
	private reap(thread: Thread, queue: GpuQueue, fixed: number): void {
		const {core} = this;
		let count = 0;
		for (let command = queue.ring.getBuf(); command >= 0; command = queue.ring.getBuf()) {
			queue.reaped[queue.reapedCount++] = command;
			count++;
			core.probe.emit(tracepoint.reaped, thread.id, command, queue.ring.numFree);
		}

		core.work(thread, fixed + core.costs.getBuf.drawSum(count), step.workerReaped);
	}

	private reapedAll(thread: Thread, queue: GpuQueue): void {
		const {core} = this;
		if (queue.ring.moreUsed()) {
			this.reap(thread, queue, 0);
			return;
		}

		if (!queue.ring.enableCallback()) {
			queue.ring.disableCallback();
			this.reap(thread, queue, 0);
			return;
		}

		core.probe.emit(tracepoint.workDrained, thread.id, queue.id, queue.reapedCount);
		core.unlock(thread, queue);
		if (queue.id === 1) {
			// Cursor commands have no response: the driver only frees them.
			for (let i = 0; i < queue.reapedCount; i++) {
				this.rounds.responded(queue.reaped[i], thread.id);
			}

			queue.reapedNext = queue.reapedCount;
		}

		this.respond(thread, queue);
	}

	private respond(thread: Thread, queue: GpuQueue): void {
		const {core} = this;
		if (queue.reapedNext < queue.reapedCount) {
			const command = queue.reaped[queue.reapedNext];
			core.work(thread, core.costs.response[core.pool.type[command]].sample(core.pool.responseRank[command]), step.workerResponded);
			return;
		}

		// One wake_up after all responses: slots have been free for a while by now.
		core.lockWaitQueue(thread, queue, step.workerWake);
	}

	/** One sleeper after the other, with the list's lock held: also while the interrupt to its vCPU is sent. */
	private wakeNext(thread: Thread, queue: GpuQueue): void {
		const {core} = this;
		if (queue.sleeping === 0) {
			core.unlockWaitQueue(thread, queue);
			core.work(thread, 0, step.workerEnd);
			return;
		}

		const sent = this.submission.wakeSleeper(queue, thread.id);
		core.work(thread, 0, step.workerWake);
		if (sent) {
			core.platform.ipi(thread.cpu);
		}
	}
}

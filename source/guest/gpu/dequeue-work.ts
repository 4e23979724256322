import {type VcpuId} from '../../cpu/ids.js';
import {type Thread, threadState} from '../../cpu/thread.js';
import {commandIndex} from '../../devices/gpu/commands.js';
import {lockRole, mightSleepSite, tracepoint} from '../../tracepoints/tracepoints.js';
import {type DriverQueue} from '../driver-queue.js';
import {type DriverParts} from '../driver.js';
import {type GuestPart} from '../guest-part.js';
import {type GuestCore} from '../guest-core.js';
import {type LockId} from '../lock-id.js';
import {type DeferredFree} from '../rcu/deferred-free.js';
import {type Responses} from '../responses.js';
import {type Submitter} from '../submitter.js';
import {step} from './step.js';
import {type AckQueue} from './ack-queue.js';
import {virtio_gpu_fence_event_process} from './fences.js';
import {free_vbuf} from './vbuf.js';

const unref = commandIndex('RESOURCE_UNREF');
const getEdid = commandIndex('GET_EDID');

/**
The kworkers and what they run: virtio_gpu_dequeue_ctrl_func and
virtio_gpu_dequeue_cursor_func (virtgpu_vq.c). The works are queued on the per-CPU system
workqueue, so each runs on the vCPU that took the interrupt, one at a time.
*/
export class DequeueWork implements GuestPart {
	private readonly core: GuestCore;
	private readonly responses: Responses;
	private readonly submitters: readonly Submitter[];
	private readonly ackQueue: AckQueue;
	private readonly frees: DeferredFree;
	/**
	By vCPU: the queues whose work its kworker has to run, oldest first, and how
	many; the queue whose work it runs.
	*/
	private readonly lists: readonly Int32Array[];
	private readonly counts: Int32Array;
	private readonly runs: Int32Array;
	private readonly displayInfoLock: LockId;

	constructor({core, responses, submitters, frees}: DriverParts, ackQueue: AckQueue) {
		this.core = core;
		this.responses = responses;
		this.submitters = submitters;
		this.frees = frees;
		this.ackQueue = ackQueue;
		this.lists = core.cpus.cpus.map(() => new Int32Array(core.queues.length));
		this.counts = new Int32Array(core.cpus.cpus.length);
		this.runs = new Int32Array(core.cpus.cpus.length);
		this.displayInfoLock = core.addLock('place/lock/display_info_lock');
		for (const vcpu of core.roles.allVcpus) {
			core.cpus.threads[core.roles.kworker(vcpu)].step = step.process_one_work;
		}
	}

	/** From the interrupt handler on this vCPU. */
	schedule_work(queue: DriverQueue, vcpu: VcpuId): void {
		this.core.probe.emit(tracepoint.workQueued, vcpu, queue.id, queue.workPending ? 1 : 0);
		if (queue.workPending) {
			return;
		}

		queue.workPending = true;
		// A work that runs is queued again where it runs: it never runs twice at once.
		const on = queue.workOn >= 0 ? (queue.workOn as VcpuId) : vcpu;
		this.lists[on][this.counts[on]++] = queue.id;
		const worker = this.core.cpus.threads[this.core.roles.kworker(on)];
		if (worker.state === threadState.sleeping) {
			this.core.wake(worker, this.core.costs.workerWake.draw(), -1);
		}
	}

	/** True while a work is queued or running. */
	isBusy(queue: DriverQueue): boolean {
		return queue.workPending || queue.workOn >= 0;
	}

	step(thread: Thread): void {
		const {core} = this;
		const vcpu = thread.cpu;
		switch (thread.step) {
			case step.process_one_work: {
				this.process_one_work(thread, vcpu);
				break;
			}

			case step.virtio_gpu_dequeue_func: {
				const queue = this.running(vcpu);
				queue.ring.disableCallback();
				this.reclaim_vbufs(thread, queue, core.costs.drain.draw());
				break;
			}

			case step.reclaim_vbufs: {
				this.reclaimed(thread, this.running(vcpu));
				break;
			}

			case step.virtio_gpu_cmd_get_edid_cb_locked: {
				this.updateEdid(thread, this.running(vcpu));
				break;
			}

			case step.virtio_gpu_cmd_get_edid_cb_updated: {
				core.giveUp(thread, this.displayInfoLock);
				core.work(thread, 0, step.resp_cb);
				break;
			}

			case step.resp_cb: {
				this.respond(thread, vcpu, this.running(vcpu));
				break;
			}

			case step.wake_up_ack_queue: {
				this.wake_up(thread, this.running(vcpu));
				break;
			}

			default: {
				const queue = this.running(vcpu);
				queue.workOn = -1;
				core.probe.emit(tracepoint.workEnded, thread.id, queue.id, 0);
				this.process_one_work(thread, vcpu);
			}
		}
	}

	private running(vcpu: VcpuId): DriverQueue {
		return this.core.queues[this.runs[vcpu]];
	}

	private process_one_work(thread: Thread, vcpu: VcpuId): void {
		if (this.counts[vcpu] === 0) {
			this.core.sleep(thread, step.process_one_work);
			return;
		}

		const list = this.lists[vcpu];
		const queue = this.core.queues[list[0]];
		this.counts[vcpu]--;
		for (let i = 0; i < this.counts[vcpu]; i++) {
			list[i] = list[i + 1];
		}

		this.runs[vcpu] = queue.id;
		queue.workPending = false;
		queue.workOn = vcpu;
		queue.reapedCount = 0;
		queue.reapedNext = 0;
		this.core.probe.emit(tracepoint.workStarted, thread.id, queue.id, 0);
		this.core.lock(thread, queue, lockRole.worker, step.virtio_gpu_dequeue_func);
	}

	/** virtqueue_get_buf until there is none; the time is charged for the lot. */
	private reclaim_vbufs(thread: Thread, queue: DriverQueue, fixed: number): void {
		const {core} = this;
		let count = 0;
		for (let command = queue.ring.getBuf(); command >= 0; command = queue.ring.getBuf()) {
			queue.reaped[queue.reapedCount++] = command;
			count++;
			core.probe.emit(tracepoint.reaped, thread.id, command, queue.ring.numFree);
		}

		core.work(thread, fixed + core.costs.getBuf.drawSum(count), step.reclaim_vbufs);
	}

	private reclaimed(thread: Thread, queue: DriverQueue): void {
		const {core} = this;
		if (queue.ring.moreUsed()) {
			this.reclaim_vbufs(thread, queue, 0);
			return;
		}

		if (!queue.ring.enableCallback()) {
			queue.ring.disableCallback();
			this.reclaim_vbufs(thread, queue, 0);
			return;
		}

		core.probe.emit(tracepoint.workDrained, thread.id, queue.id, queue.reapedCount);
		core.unlock(thread, queue);
		if (queue.responds) {
			this.virtio_gpu_dequeue_ctrl_func(thread, queue);
		} else {
			this.virtio_gpu_dequeue_cursor_func(thread, queue);
		}
	}

	/**
	After the unlock: a response callback for each buffer, then wake_up once, when
	slots have been free for a while.
	*/
	private virtio_gpu_dequeue_ctrl_func(thread: Thread, queue: DriverQueue): void {
		const {core} = this;
		if (queue.reapedNext < queue.reapedCount) {
			const command = queue.reaped[queue.reapedNext];
			if (core.pool.type[command] === getEdid) {
				this.virtio_gpu_cmd_get_edid_cb(thread, queue);
			} else {
				core.work(thread, this.responseTime(command), step.resp_cb);
			}
		} else {
			core.lockWaitQueue(thread, queue, step.wake_up_ack_queue);
		}
	}

	/** What the callback of a response takes, ns. */
	private responseTime(command: number): number {
		const {costs, pool} = this.core;
		return costs.response[pool.type[command]].sample(pool.responseRank[command]);
	}

	/**
	Up to Linux 5.1 the connector's property is updated with display_info_lock held, from
	41de4be6f6ef on before it is taken.
	*/
	private virtio_gpu_cmd_get_edid_cb(thread: Thread, queue: DriverQueue): void {
		const {core} = this;
		if (core.driver.edidUnderLock) {
			core.take(thread, this.displayInfoLock, step.virtio_gpu_cmd_get_edid_cb_locked);
		} else {
			core.probe.emit(tracepoint.mightSleep, thread.id, mightSleepSite.updateEdid, 0);
			core.work(thread, this.responseTime(queue.reaped[queue.reapedNext]), step.resp_cb);
		}
	}

	/** drm_connector_update_edid_property takes a mutex and allocates: it may sleep. */
	private updateEdid(thread: Thread, queue: DriverQueue): void {
		this.core.probe.emit(tracepoint.mightSleep, thread.id, mightSleepSite.updateEdid, 0);
		this.core.work(
			thread,
			this.responseTime(queue.reaped[queue.reapedNext]),
			step.virtio_gpu_cmd_get_edid_cb_updated,
		);
	}

	/** Cursor commands have no response: the driver only frees them. */
	private virtio_gpu_dequeue_cursor_func(thread: Thread, queue: DriverQueue): void {
		for (let i = 0; i < queue.reapedCount; i++) {
			this.responses.responded(queue.reaped[i], thread.id);
			free_vbuf(this.core, queue.reaped[i]);
		}

		queue.reapedNext = queue.reapedCount;
		this.core.lockWaitQueue(thread, queue, step.wake_up_ack_queue);
	}

	/** A response callback has returned. */
	private respond(thread: Thread, vcpu: VcpuId, queue: DriverQueue): void {
		const {core} = this;
		const {pool} = core;
		const command = queue.reaped[queue.reapedNext++];
		if (pool.type[command] === unref) {
			this.frees.add(vcpu, core.costs.free.draw());
		}

		if (pool.fenced[command] === 1) {
			virtio_gpu_fence_event_process(this.submitters[pool.thread[command]]);
		}

		this.responses.responded(command, thread.id);
		free_vbuf(core, command);
		this.virtio_gpu_dequeue_ctrl_func(thread, queue);
	}

	/**
	One sleeper after the other, with the list's lock held: also while the
	interrupt to its vCPU is sent.
	*/
	private wake_up(thread: Thread, queue: DriverQueue): void {
		const {core} = this;
		if (queue.sleeping === 0) {
			core.unlockWaitQueue(thread, queue);
			core.work(thread, 0, step.virtio_gpu_dequeue_func_end);
			return;
		}

		const sent = this.ackQueue.wakeSleeper(queue, thread.id);
		core.work(thread, 0, step.wake_up_ack_queue);
		if (sent) {
			core.platform.ipi(thread.cpu);
		}
	}
}

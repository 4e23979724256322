import {nobody, type ThreadId} from '../../cpu/ids.js';
import {type Thread, threadState} from '../../cpu/thread.js';
import {type QueueId} from '../../devices/profile.js';
import {type PmemCosts, type PmemSettings} from '../../devices/pmem/pmem-parameters.js';
import {tracepoint} from '../../tracepoints/tracepoints.js';
import {type LoopDevice} from '../backends/loop-device.js';
import {type VirtioGpu} from '../backends/virtio-gpu.js';
import {type HostCore} from '../host-core.js';
import {step} from '../step.js';
import {Disk} from './disk.js';

/** Most threads of QEMU's pool (util/thread-pool.c). */
export const poolThreads = 64;

/**
virtio-pmem in QEMU (hw/virtio/virtio-pmem.c). A kick pops one request on the vCPU's thread, under
the BQL, and hands it to the thread pool; a thread of the pool does the fsync (worker_cb); a bottom
half of the main loop answers all that are done, one after another (thread_pool_completion_bh,
done_cb: virtqueue_push, virtio_notify).
*/
export class VirtioPmem implements LoopDevice {
	readonly disk: Disk;
	/** A kick found no request (virtio_error): the device takes none any more. */
	isBroken = false;
	private readonly core: HostCore;
	private readonly device: VirtioGpu;
	private readonly settings: PmemSettings;
	private readonly costs: PmemCosts;
	/** Wakes the main loop. */
	private readonly schedule: (waker: ThreadId) => void;
	/** By pool thread: the request in hand, or -1. */
	private readonly inHand = new Int32Array(poolThreads).fill(-1);
	/**
	Requests that wait for a thread of the pool, and answers that wait for the main loop, in order.
	*/
	private readonly requests = new Int32Array(256);
	private requestCount = 0;
	private readonly answers = new Int32Array(256);
	private answerCount = 0;
	private current = -1;

	constructor(options: {
		readonly device: VirtioGpu;
		readonly settings: PmemSettings;
		readonly costs: PmemCosts;
		readonly timerKind: number;
		readonly schedule: (waker: ThreadId) => void;
	}) {
		const {device, settings, costs} = options;
		this.core = device.core;
		this.device = device;
		this.settings = settings;
		this.costs = costs;
		this.schedule = options.schedule;
		this.disk = new Disk(this.core.loop, options.timerKind, poolThreads, requests => {
			const time =
				costs.flush.draw() +
				(requests - 1) * settings.perShare +
				(device.guest.takeDirtyPages() - requests) * settings.perPage;
			return time > 0 ? Math.floor(time + 0.5) : 0;
		});
	}

	get isReady(): boolean {
		return this.answerCount > 0;
	}

	get isIdle(): boolean {
		return (
			this.current < 0 &&
			this.answerCount === 0 &&
			this.requestCount === 0 &&
			this.inHand.every(command => command < 0)
		);
	}

	/** virtio_pmem_flush: one request a kick. */
	kick(queue: QueueId, waker: ThreadId): boolean {
		if (!this.device.hasWork(queue)) {
			this.isBroken = true;
			return true;
		}

		this.core.probe.emit(tracepoint.passStarted, 0, queue, 0);
		this.requests[this.requestCount++] = this.device.pop(queue);
		const idle = this.inHand.findIndex(
			(command, index) => command < 0 && this.threadOf(index).state === threadState.sleeping,
		);
		if (idle !== -1) {
			this.core.wake(this.threadOf(idle), this.costs.poolWake.draw(), waker);
		}

		return true;
	}

	handle(): void {
		throw new Error('virtio-pmem has no bottom half for a kick');
	}

	blockRenderer(): boolean {
		return false;
	}

	dispatch(thread: Thread): boolean {
		if (this.answerCount === 0) {
			return false;
		}

		this.answerNext(thread);
		return true;
	}

	/** The main loop's steps in done_cb. */
	step(thread: Thread): void {
		const {core, device} = this;
		const queue = device.pool.queueOf(this.current);
		switch (thread.step) {
			case step.used: {
				device.publish(this.current);
				if (device.shouldNotify(queue)) {
					core.work(thread, core.costs.msi.draw(), step.notified);
				} else {
					this.goOn(thread);
				}

				break;
			}

			case step.notified: {
				device.sendMsi(queue, thread.id);
				this.goOn(thread);
				break;
			}

			default: {
				throw new Error(`main loop has no step ${thread.step}`);
			}
		}
	}

	/** A thread of the pool: worker_thread and worker_cb. */
	poolStep(thread: Thread): void {
		const {core, costs} = this;
		const index = core.roles.poolIndex(thread.id);
		switch (thread.step) {
			case step.workerCb: {
				if (this.inHand[index] < 0 && !this.takeRequest(index)) {
					core.sleep(thread, step.workerCb);
					return;
				}

				core.probe.emit(tracepoint.serviceStarted, 0, this.inHand[index], 0);
				const {onDisk} = this.settings;
				core.work(
					thread,
					onDisk ? costs.fsyncSubmit.draw() : costs.tmpfs.draw(),
					onDisk ? step.fsyncSubmitted : step.fsyncDone,
				);
				break;
			}

			case step.fsyncSubmitted: {
				this.disk.submit(index);
				core.sleep(thread, step.fsyncWritten);
				break;
			}

			case step.fsyncWritten: {
				core.work(thread, costs.fsyncFinish.draw(), step.fsyncDone);
				break;
			}

			default: {
				const command = this.inHand[index];
				this.inHand[index] = -1;
				this.answers[this.answerCount++] = command;
				this.schedule(thread.id);
				core.work(thread, costs.poolRest.draw(), step.workerCb);
			}
		}
	}

	/** The disk has written a batch. */
	written(): void {
		for (let index = this.disk.takeDone(); index >= 0; index = this.disk.takeDone()) {
			this.core.wake(this.threadOf(index), this.costs.poolWake.draw(), nobody);
		}
	}

	start(): void {
		for (let i = 0; i < poolThreads; i++) {
			this.threadOf(i).step = step.workerCb;
		}
	}

	private threadOf(index: number): Thread {
		return this.core.cpus.threads[this.core.roles.pool(index)];
	}

	private takeRequest(index: number): boolean {
		if (this.requestCount === 0) {
			return false;
		}

		this.inHand[index] = this.requests[0];
		this.requestCount--;
		this.requests.copyWithin(0, 1);
		return true;
	}

	private answerNext(thread: Thread): void {
		this.current = this.answers[0];
		this.answerCount--;
		this.answers.copyWithin(0, 1);
		this.core.work(thread, this.core.costs.push.draw(), step.used);
	}

	private goOn(thread: Thread): void {
		this.current = -1;
		if (this.answerCount > 0) {
			this.answerNext(thread);
		} else {
			this.core.work(thread, 0, step.dispatch);
		}
	}
}

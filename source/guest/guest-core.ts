import {
	CpuSet, type CpuTimers, type Program,
} from '../cpu/cpu-set.js';
import {type SchedulerSettings} from '../cpu/scheduler-settings.js';
import {type Thread, threadState} from '../cpu/thread.js';
import {type EventLoop} from '../engine/event-loop.js';
import {type Probe} from '../engine/probe.js';
import {type CommandPool} from '../protocol/command-pool.js';
import {tracepoint} from '../tracepoints/tracepoints.js';
import {type DriverSettings} from './driver-settings.js';
import {type GpuQueue} from './gpu-queue.js';
import {type GuestCosts} from './guest-costs.js';
import {type Platform} from './platform.js';

/** What the parts of the guest share: its vCPUs, the queues, the costs, and the moves that all of them make. */
export class GuestCore {
	readonly loop: EventLoop;
	readonly probe: Probe;
	readonly cpus: CpuSet;
	readonly queues: GpuQueue[] = [];
	readonly pool: CommandPool;
	readonly costs: GuestCosts;
	readonly driver: DriverSettings;
	readonly platform: Platform;
	/** Threads below this number are clients, the rest kworkers. */
	readonly clientThreads: number;
	/** By thread: the queue whose lock it holds or waits for. */
	readonly lockQueue: Int32Array;
	/** By thread: why (`lockRole`). */
	readonly lockRole: Int32Array;
	/** By thread: halted in kvm_wait. */
	readonly lockHalted: Uint8Array;
	/** By thread: ns that its next segment takes longer (wake-ups it has sent). */
	readonly debt: Float64Array;

	constructor(options: {
		readonly loop: EventLoop;
		readonly probe: Probe;
		readonly pool: CommandPool;
		readonly costs: GuestCosts;
		readonly driver: DriverSettings;
		readonly platform: Platform;
		readonly program: Program;
		readonly vcpus: number;
		readonly threads: Thread[];
		readonly clientThreads: number;
		readonly timers: CpuTimers;
		readonly scheduler: SchedulerSettings;
	}) {
		this.loop = options.loop;
		this.probe = options.probe;
		this.pool = options.pool;
		this.costs = options.costs;
		this.driver = options.driver;
		this.platform = options.platform;
		this.clientThreads = options.clientThreads;
		const count = options.threads.length;
		this.lockQueue = new Int32Array(count);
		this.lockRole = new Int32Array(count);
		this.lockHalted = new Uint8Array(count);
		this.debt = new Float64Array(count);
		this.cpus = new CpuSet(options.loop, options.program, {
			count: options.vcpus,
			threads: options.threads,
			timers: options.timers,
			frozen: true,
			settings: options.scheduler,
		});
	}

	/** The thread computes for `duration` ns, then takes `step`. */
	work(thread: Thread, duration: number, step: number): void {
		thread.step = step;
		this.cpus.run(thread, duration + this.debt[thread.id]);
		this.debt[thread.id] = 0;
	}

	/** The thread sleeps and takes `step` once woken. */
	sleep(thread: Thread, step: number): void {
		thread.step = step;
		this.cpus.sleep(thread);
	}

	/**
	Wakes a sleeping thread, which then needs `latency` ns of its CPU to get going. `waker` is
	the thread that wakes it and pays for that, or -1 (a timer).
	*/
	wake(thread: Thread, latency: number, waker: number): void {
		if (thread.state !== threadState.sleeping) {
			return;
		}

		thread.remaining = latency;
		if (waker >= 0) {
			this.debt[waker] += this.costs.taskWake.draw();
			this.cpus.wake(thread, this.cpus.threads[waker].cpu);
		} else {
			this.cpus.wake(thread, -1);
		}
	}

	/** spin_lock(qlock): the thread goes on at `step` with the lock held, now or when it is its turn. */
	lock(thread: Thread, queue: GpuQueue, role: number, step: number): void {
		const {id} = thread;
		this.probe.emit(tracepoint.lockCalled, id, queue.id, role);
		this.lockQueue[id] = queue.id;
		this.lockRole[id] = role;
		thread.preemptCount++;
		if (queue.lock.tryLock(id)) {
			this.probe.emit(tracepoint.lockAcquired, id, queue.id, role);
			this.work(thread, 0, step);
			return;
		}

		this.probe.emit(tracepoint.lockContended, id, queue.id, role);
		queue.lock.enqueue(id);
		thread.spinning = true;
		this.work(thread, queue.lock.kind === 'pv-qspinlock' ? this.costs.spinLimit : Infinity, step);
		this.platform.activityChanged(thread.cpu);
	}

	/** spin_unlock: a waiter that sees it has the lock from now on; a paravirtual one that sleeps is kicked. */
	unlock(thread: Thread, queue: GpuQueue): void {
		const {lock} = queue;
		const heir = lock.release(thread.cpu);
		this.probe.emit(tracepoint.lockReleased, thread.id, queue.id, 0);
		if (heir >= 0) {
			this.grant(this.cpus.threads[heir], queue);
		} else if (lock.first >= 0 && this.lockHalted[lock.first] === 1) {
			// __pv_queued_spin_unlock_slowpath: the unlocker pays for the hypercall.
			this.debt[thread.id] += this.costs.pvKick.draw();
			this.platform.wakeVcpu(this.cpus.threads[lock.first].cpu, thread.cpu);
		}

		this.cpus.allowPreemption(thread);
	}

	/** A spinning thread executes again: it may find the lock free. */
	lookAgain(thread: Thread): void {
		const queue = this.queues[this.lockQueue[thread.id]];
		if (this.lockHalted[thread.id] === 1) {
			this.lockHalted[thread.id] = 0;
			this.probe.emit(tracepoint.lockResumed, thread.id, queue.id, 0);
			this.cpus.run(thread, this.costs.spinLimit);
		}

		if (queue.lock.retry(thread.id)) {
			this.grant(thread, queue);
		}
	}

	/** A paravirtual waiter has spun for long enough: kvm_wait halts its vCPU. */
	haltWaiter(thread: Thread): void {
		this.lockHalted[thread.id] = 1;
		this.probe.emit(tracepoint.lockHalted, thread.id, this.lockQueue[thread.id], 0);
		thread.remaining = this.costs.spinLimit;
		this.platform.halt(thread.cpu);
	}

	private grant(thread: Thread, queue: GpuQueue): void {
		thread.spinning = false;
		this.probe.emit(tracepoint.lockAcquired, thread.id, queue.id, this.lockRole[thread.id]);
		this.work(thread, this.costs.lockTransfer.draw(), thread.step);
		this.platform.activityChanged(thread.cpu);
	}
}

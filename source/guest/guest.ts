import {type Cpu} from '../cpu/cpu.js';
import {type CpuTimers} from '../cpu/cpu-set.js';
import {type SchedulerSettings} from '../cpu/scheduler-settings.js';
import {Spinlock, type SpinlockKind} from '../cpu/spinlock.js';
import {Thread} from '../cpu/thread.js';
import {type EventLoop} from '../engine/event-loop.js';
import {type Probe} from '../engine/probe.js';
import {RandomStream} from '../engine/random.js';
import {type ClientSpec} from '../parameters/configuration.js';
import {type CommandPool} from '../devices/command-pool.js';
import {tracepoint} from '../tracepoints/tracepoints.js';
import {type Virtqueue} from '../virtqueue/virtqueue.js';
import {DequeueWork} from './gpu/dequeue-work.js';
import {DeferredFree} from './rcu/deferred-free.js';
import {type DriverSettings} from './driver-settings.js';
import {GpuQueue} from './driver-queue.js';
import {GracePeriods} from './rcu/grace-periods.js';
import {GuestCore} from './guest-core.js';
import {type GuestCosts} from './guest-costs.js';
import {type Platform} from './platform.js';
import {Rounds} from './rounds.js';
import {step} from './step.js';
import {Submission} from './gpu/submission.js';
import {Submitter} from './submitter.js';

/** What an interrupt handler is about: the queues by number, the tick, the programming of the next one, a softirq, or nothing used. */
const handled = {
	control: 0, cursor: 1, tick: 2, program: 3, softirq: 4, nothing: 5,
} as const;

type GuestOptions = {
	readonly loop: EventLoop;
	readonly probe: Probe;
	readonly pool: CommandPool;
	readonly costs: GuestCosts;
	readonly driver: DriverSettings;
	readonly platform: Platform;
	readonly vcpus: number;
	readonly clients: readonly ClientSpec[];
	readonly spinlock: SpinlockKind;
	readonly rings: readonly [Virtqueue, Virtqueue];
	readonly seed: number;
	readonly scheduler: SchedulerSettings;
	/** Period of the RCU grace periods, ns. */
	readonly freePeriod: number;
	readonly timers: CpuTimers & {readonly pause: number; readonly arrival: number; readonly free: number};
};

/**
The Linux guest: clients and kworkers on vCPUs, the virtio-gpu driver's two queues, and
the interrupts. It is the program of its CPU set; the machine below is a `Platform`.
*/
export class Guest {
	readonly core: GuestCore;
	readonly submitters: readonly Submitter[];
	readonly submission: Submission;
	readonly work: DequeueWork;
	readonly frees: DeferredFree;
	readonly gracePeriods: GracePeriods;
	private readonly rounds: Rounds;
	/** By vCPU: interrupts that wait (a bit each: control, cursor, tick), and what the handler at work is about. */
	private readonly pendingIrqs: Int32Array;
	private readonly handledIrq: Int32Array;
	/** By vCPU: register accesses that its interrupt handler has still to do. */
	private readonly accessesLeft: Int32Array;

	constructor(options: GuestOptions) {
		const {clients, vcpus, loop} = options;
		const threads: Thread[] = [];
		const submitters: Submitter[] = [];
		// The guest's scheduler spreads what is always runnable; a paced client takes what is left.
		let busy = 0;
		let paced = clients.reduce((sum, spec) => sum + (spec.kind === 'paced' ? 0 : spec.threads), 0);
		for (const [client, spec] of clients.entries()) {
			for (let i = 0; i < spec.threads; i++) {
				const id = threads.length;
				const pinned = spec.vcpu === 'any' ? -1 : spec.vcpu;
				const rank = spec.kind === 'paced' ? paced++ : busy++;
				threads.push(new Thread(id, pinned < 0 ? rank % vcpus : pinned, pinned));
				submitters.push(new Submitter({
					client,
					spec,
					thread: i,
					seed: options.seed,
					pauseTimer: loop.addTimer(options.timers.pause, id),
					arrivalTimer: loop.addTimer(options.timers.arrival, id),
				}));
			}
		}

		for (let vcpu = 0; vcpu < vcpus; vcpu++) {
			const worker = new Thread(threads.length, vcpu, vcpu);
			worker.step = step.workerIdle;
			threads.push(worker);
		}

		for (let vcpu = 0; vcpu < vcpus; vcpu++) {
			const softirq = new Thread(threads.length, vcpu, vcpu);
			softirq.step = step.freeStart;
			threads.push(softirq);
		}

		const graceThread = new Thread(threads.length, options.driver.irqVcpu[0], options.driver.irqVcpu[0]);
		graceThread.step = step.graceWake;
		threads.push(graceThread);
		this.submitters = submitters;
		this.core = new GuestCore({
			...options, program: this, threads, clientThreads: submitters.length,
		});
		const view = {isExecuting: (id: number): boolean => this.core.cpus.isActive(threads[id])};
		for (const [id, ring] of options.rings.entries()) {
			const luck = new RandomStream(options.seed, `place/lock/${id}`);
			const lock = new Spinlock(options.spinlock, threads.length, view, luck);
			this.core.locks.push(lock);
			this.core.queues.push(new GpuQueue(id, ring, lock, threads.length));
		}

		for (const {id} of this.core.queues) {
			this.core.locks.push(new Spinlock(options.spinlock, threads.length, view, new RandomStream(options.seed, `place/lock/ack_queue/${id}`)));
		}

		this.core.locks.push(new Spinlock(options.spinlock, threads.length, view, new RandomStream(options.seed, 'place/lock/rcu')));
		this.gracePeriods = new GracePeriods(this.core, {lockIndex: this.core.locks.length - 1, kthread: graceThread.id});
		this.rounds = new Rounds(this.core, submitters);
		this.submission = new Submission(this.core, submitters);
		this.frees = new DeferredFree(this.core, this.gracePeriods, options.timers.free, options.freePeriod);
		this.work = new DequeueWork(this.core, this.rounds, this.submission, this.frees);
		this.pendingIrqs = new Int32Array(vcpus);
		this.handledIrq = new Int32Array(vcpus).fill(-1);
		this.accessesLeft = new Int32Array(vcpus);
	}

	/** Starts all clients at time 0. */
	start(): void {
		for (let id = 0; id < this.core.clientThreads; id++) {
			this.rounds.start(this.core.cpus.threads[id]);
		}
	}

	/** Keys of clients have changed. */
	clientsChanged(clients: readonly ClientSpec[]): void {
		this.rounds.clientsChanged(clients);
	}

	pauseEnded(id: number): void {
		this.rounds.pauseEnded(id);
	}

	arrived(id: number): void {
		this.rounds.arrived(id);
	}

	/** Notes an interrupt for this vCPU; false when one of that queue waits there already (they merge). */
	raise(vcpu: number, queue: number): boolean {
		const bit = 1 << queue;
		if ((this.pendingIrqs[vcpu] & bit) !== 0) {
			return false;
		}

		this.pendingIrqs[vcpu] |= bit;
		return true;
	}

	hasInterrupts(vcpu: number): boolean {
		return this.pendingIrqs[vcpu] !== 0;
	}

	/** Some interrupt of this queue waits on some vCPU, or its handler runs. */
	isInterrupting(queue: number): boolean {
		for (let vcpu = 0; vcpu < this.pendingIrqs.length; vcpu++) {
			if ((this.pendingIrqs[vcpu] & (1 << queue)) !== 0 || this.handledIrq[vcpu] === queue) {
				return true;
			}
		}

		return false;
	}

	/** The vCPU executes and takes its next interrupt, if it is not in a handler. */
	takeInterrupt(vcpu: number): void {
		const cpu = this.core.cpus.cpus[vcpu];
		const pending = this.pendingIrqs[vcpu];
		if (pending === 0 || cpu.frozen || cpu.interruptRemaining >= 0) {
			return;
		}

		const id = (pending & 1) === 0 ? ((pending & 2) === 0 ? handled.tick : handled.cursor) : handled.control;
		this.pendingIrqs[vcpu] &= ~(1 << id);
		if (id === handled.tick) {
			this.enterHandler(cpu, id, this.core.costs.irqEntry.draw() + this.core.costs.tick.draw());
			return;
		}

		const found = this.core.queues[id].ring.interrupt();
		this.core.probe.emit(tracepoint.irqEntered, vcpu, id, found ? 1 : 0);
		this.accessesLeft[vcpu] = this.core.platform.interruptAccesses;
		// vring_interrupt calls back only when there is something used.
		this.enterHandler(cpu, found ? id : handled.nothing, this.core.costs.irqEntry.draw());
	}

	/** True while the vCPU's current thread spins on a lock (and no handler runs on top of it). */
	isSpinning(vcpu: number): boolean {
		const cpu = this.core.cpus.cpus[vcpu];
		return cpu.current >= 0 && cpu.interruptRemaining < 0 && this.core.cpus.threads[cpu.current].spinning;
	}

	step(thread: Thread): void {
		if (this.core.lockOnItsWay[thread.id] === 1) {
			this.core.arrive(thread);
		}

		if (thread.spinning) {
			this.core.haltWaiter(thread);
		} else if (thread.step >= step.graceWake) {
			this.gracePeriods.step(thread);
		} else if (thread.step >= step.freeStart) {
			this.frees.step(thread);
		} else if (thread.id >= this.core.clientThreads) {
			this.work.step(thread);
		} else if (thread.step >= step.submit && thread.step <= step.waitLocked) {
			this.submission.step(thread);
		} else {
			this.rounds.step(thread);
		}
	}

	interruptEnded(cpu: Cpu): void {
		if (this.accessesLeft[cpu.id] > 0) {
			// vm_interrupt goes on once the vCPU is back from the VMM.
			this.accessesLeft[cpu.id]--;
			this.core.cpus.interrupt(cpu, 0);
			this.core.platform.accessRegister(cpu.id);
			return;
		}

		const was = this.handledIrq[cpu.id];
		this.handledIrq[cpu.id] = -1;
		switch (was) {
			case handled.tick: {
				this.core.cpus.tick(cpu);
				// The handler goes on where it programs the next tick once the vCPU is back from there.
				this.enterHandler(cpu, handled.program, 0);
				this.core.platform.programTick(cpu.id, this.core.cpus.nextTick());
				return;
			}

			case handled.program: {
				if (this.reportToRcu(cpu)) {
					return;
				}

				break;
			}

			case handled.softirq: {
				this.gracePeriods.release(cpu);
				break;
			}

			case handled.nothing: {
				break;
			}

			default: {
				this.work.queueWork(this.core.queues[was], cpu.id);
			}
		}

		this.takeInterrupt(cpu.id);
		this.core.platform.activityChanged(cpu.id);
	}

	/** The vCPU's tick is due. It is handled when the vCPU executes; those that fall due until then are lost. */
	tickDue(vcpu: number): void {
		this.core.cpus.cpus[vcpu].tickPending = true;
		this.core.platform.tick(vcpu);
	}

	/** The vCPU's timer is set: its next tick comes at `time`. */
	tickSet(vcpu: number, time: number): void {
		this.core.cpus.restartTick(this.core.cpus.cpus[vcpu], time);
	}

	/** When the vCPU's tick will come, ns; Infinity: it has none. */
	tickAt(vcpu: number): number {
		return this.core.cpus.tickAt(this.core.cpus.cpus[vcpu]);
	}

	switched(cpu: Cpu): void {
		if (cpu.current < 0) {
			this.core.platform.halt(cpu.id);
		} else {
			this.core.platform.activityChanged(cpu.id);
		}
	}

	resumed(cpu: Cpu, thread: Thread): void {
		if (thread.spinning) {
			this.core.lookAgain(thread);
		}
	}

	wantsCpu(cpu: Cpu): void {
		this.core.platform.wakeVcpu(cpu.id, -1);
	}

	stateChanged(): void {
		// Nobody watches the guest's threads; its vCPUs halt and go on by `switched`.
	}

	/** The softirq behind a tick that reports to RCU. False when there is nothing to report. */
	private reportToRcu(cpu: Cpu): boolean {
		if (!this.gracePeriods.wantsReport(cpu)) {
			return false;
		}

		this.enterHandler(cpu, handled.softirq, this.core.costs.irqEntry.draw());
		if (!this.gracePeriods.report(cpu)) {
			this.handledIrq[cpu.id] = handled.nothing;
		}

		return true;
	}

	private enterHandler(cpu: Cpu, what: number, duration: number): void {
		this.handledIrq[cpu.id] = what;
		this.core.cpus.interrupt(cpu, duration);
		this.core.platform.activityChanged(cpu.id);
	}
}

import {type ThreadId} from '../cpu/ids.js';
import {CpuSet, type CpuTimers, type Program} from '../cpu/cpu-set.js';
import {Mutex} from '../cpu/mutex.js';
import {type SchedulerSettings} from '../cpu/scheduler-settings.js';
import {type Thread, threadState} from '../cpu/thread.js';
import {type EventLoop} from '../engine/event-loop.js';
import {RandomStream} from '../engine/random.js';
import {type Probe} from '../engine/probe.js';
import {bqlHolder, tracepoint} from '../tracepoints/tracepoints.js';
import {type HostCosts, type HostSettings} from './host-settings.js';
import {type HostRoles} from './roles.js';
import {PausesUnderBql} from './vcpu/pauses-under-bql.js';
import {step} from './step.js';

/** What the BQL asks of those who run into it. */
type BqlProgram = {
	bqlTaken(owner: ThreadId): void;
	/** TCG: a vCPU other than this thread that spins right now, or -1. */
	spinner(except: ThreadId): number;
};

/**
What the parts of the host share: its CPUs, the costs, and the BQL (bql_lock of QEMU's
system/cpus.c), which the main loop and every vCPU in QEMU's code must have.
Which thread is which is in `roles`.
*/
export class HostCore {
	readonly loop: EventLoop;
	readonly probe: Probe;
	readonly costs: HostCosts;
	readonly cpus: CpuSet;
	readonly roles: HostRoles;
	/** TCG: what spinners do to the BQL. */
	readonly pauses: PausesUnderBql;
	private readonly bql: Mutex;
	/** By thread: ns that its next segment takes longer (interrupts it has sent to idle CPUs). */
	private readonly overhead: Float64Array;
	/** By thread: the step to take with the BQL held. */
	private readonly afterLock: Int32Array;
	private readonly program: BqlProgram;
	/** Rank of the latest wake-up of the thread that serves the device, 0 (at once) to 1 (late). */
	serverWakeRank = 0.5;

	constructor(options: {
		readonly loop: EventLoop;
		readonly probe: Probe;
		readonly costs: HostCosts;
		readonly settings: HostSettings;
		readonly program: Program & BqlProgram;
		readonly cpus: number;
		readonly roles: HostRoles;
		readonly threads: Thread[];
		readonly timers: CpuTimers;
		readonly scheduler: SchedulerSettings;
		readonly seed: number;
	}) {
		this.loop = options.loop;
		this.probe = options.probe;
		this.costs = options.costs;
		this.roles = options.roles;
		this.pauses = new PausesUnderBql(options.costs, options.settings, options.seed);
		this.program = options.program;
		this.bql = new Mutex(options.threads.length);
		this.afterLock = new Int32Array(options.threads.length);
		this.overhead = new Float64Array(options.threads.length);
		this.cpus = new CpuSet(options.loop, options.program, {
			count: options.cpus,
			threads: options.threads,
			timers: options.timers,
			frozen: false,
			tickInterrupts: false,
			settings: options.scheduler,
			chance: new RandomStream(options.seed, 'place/host.newidle'),
		});
	}

	/** The thread that serves the device. */
	get server(): Thread {
		return this.cpus.threads[this.roles.server];
	}

	/** The thread computes for `duration` ns, then takes `next`. */
	work(thread: Thread, duration: number, next: number): void {
		thread.step = next;
		this.cpus.run(thread, duration + this.overhead[thread.id]);
		this.overhead[thread.id] = 0;
	}

	/** The thread sleeps and takes `next` once woken. */
	sleep(thread: Thread, next: number): void {
		thread.step = next;
		this.cpus.sleep(thread);
	}

	/**
	Wakes a sleeping thread, which first spends `latency` ns on getting
	going; `waker` is a thread or -1.
	*/
	wake(thread: Thread, latency: number, waker: ThreadId): void {
		if (thread.state === threadState.sleeping) {
			thread.remaining = latency;
			const sent = this.cpus.wake(thread, waker >= 0 ? this.cpus.threads[waker].cpu : -1);
			if (sent && waker >= 0) {
				this.overhead[waker] += this.costs.wakeIpi.draw();
			}
		}
	}

	/** Wakes the thread that serves the device, which waits for the device's next event. */
	wakeServer(waker: ThreadId): void {
		const {loopWake} = this.costs;
		this.serverWakeRank = loopWake.drawRank();
		this.wake(this.server, loopWake.at(this.serverWakeRank), waker);
	}

	/** bql_lock: goes on at `next` with the BQL held, now or after a sleep. */
	lockBql(thread: Thread, next: number): void {
		if (!this.isPaused(thread) && this.bql.tryLock(thread.id)) {
			this.taken(thread, 0);
			this.work(thread, 0, next);
			return;
		}

		this.probe.emit(tracepoint.bqlContended, thread.id, 0, 0);
		this.afterLock[thread.id] = next;
		this.waitForBql(thread);
	}

	/** A woken thread tries again; somebody else may have been faster. */
	retryBql(thread: Thread): void {
		if (!this.isPaused(thread) && this.bql.tryLock(thread.id)) {
			this.taken(thread, 1);
			this.work(thread, 0, this.afterLock[thread.id]);
		} else {
			this.waitForBql(thread);
		}
	}

	unlockBql(thread: Thread): void {
		this.probe.emit(tracepoint.bqlReleased, thread.id, this.holderKind(thread), 0);
		const sleeper = this.bql.unlock();
		if (sleeper >= 0) {
			this.wake(this.cpus.threads[sleeper], this.costs.lockHandoff.draw(), thread.id);
		}
	}

	get bqlOwner(): ThreadId {
		return this.bql.owner as ThreadId;
	}

	/** TCG: somebody spins, and this try falls into a PAUSE of his, which has the BQL. */
	private isPaused(thread: Thread): boolean {
		return this.bql.owner < 0 && this.program.spinner(thread.id) >= 0 && this.pauses.meet();
	}

	private waitForBql(thread: Thread): void {
		const spinner = this.bql.owner < 0 ? this.program.spinner(thread.id) : -1;
		if (spinner < 0) {
			this.bql.enqueue(thread.id);
		}

		this.sleep(thread, step.bqlRetry);
		if (spinner >= 0) {
			// The PAUSE is over before the thread sleeps: its unlock wakes it at once.
			this.wake(thread, this.costs.lockHandoff.draw(), spinner as ThreadId);
		}
	}

	private taken(thread: Thread, contended: number): void {
		this.probe.emit(tracepoint.bqlAcquired, thread.id, this.holderKind(thread), contended);
		this.program.bqlTaken(thread.id);
	}

	private holderKind(thread: Thread): number {
		if (this.roles.isVcpu(thread.id)) {
			return bqlHolder.vcpu;
		}

		return thread.id === this.roles.server ? bqlHolder.mainLoop : bqlHolder.other;
	}
}

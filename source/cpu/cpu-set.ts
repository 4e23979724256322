import {type EventLoop} from '../engine/event-loop.js';
import {Cpu} from './cpu.js';
import {CpuClock} from './cpu-clock.js';
import {Balancer} from './balancer.js';
import {CpuSwitch} from './cpu-switch.js';
import {CpuTicks} from './cpu-ticks.js';
import {accrueCpu, accrueThread, moveLoad} from './load-average.js';
import {Placement} from './placement.js';
import {type CpuSetOptions, type Program} from './program.js';
import {type SchedulerSettings} from './scheduler-settings.js';
import {keepLag, placeThread, requeueDelayed} from './eevdf.js';
import {type Thread, threadState} from './thread.js';

export {type CpuTimers, type Program} from './program.js';

/**
CPUs that run threads under EEVDF: the host's CPUs with the VMM's threads, or the guest's
vCPUs with its clients and kworkers.

Threads stay where they are unless another CPU is idle (`Placement`, `Balancer`). A thread that
sleeps with negative lag stays queued until it is eligible (delayed dequeue, Linux 6.12).
Preemption waits until the event at hand has been dealt with (`reschedule`) and until the
running thread holds no spinlock.
*/
export class CpuSet {
	readonly cpus: Cpu[];
	readonly threads: Thread[];
	readonly settings: SchedulerSettings;
	readonly ticks: CpuTicks;
	private readonly loop: EventLoop;
	private readonly clock: CpuClock;
	private readonly program: Program;
	private readonly placement: Placement;
	private readonly switch: CpuSwitch;
	/** The CPU whose thread takes a step right now, or -1. */
	private stepping = -1;

	constructor(loop: EventLoop, program: Program, options: CpuSetOptions) {
		this.loop = loop;
		this.program = program;
		this.threads = options.threads;
		this.settings = options.settings;
		this.clock = new CpuClock(loop, options.threads, options.settings, options.tickInterrupts);
		this.cpus = Array.from(
			{length: options.count},
			(_, id) =>
				new Cpu(
					id,
					loop.addTimer(options.timers.segment, id),
					loop.addTimer(options.timers.tick, id),
					options.threads.length,
					options.frozen,
				),
		);
		this.placement = new Placement(this.cpus, this.settings);
		const {clock, cpus, threads, settings} = this;
		const parts = {
			loop,
			clock,
			cpus,
			threads,
			settings,
		};
		const balancer = new Balancer({...parts, chance: options.chance});
		this.switch = new CpuSwitch({...parts, program, balancer});
		this.ticks = new CpuTicks({...parts, balancer, switch: this.switch});
	}

	/**
	True while the thread is on a CPU that executes it (not frozen, not in an interrupt handler).
	*/
	isActive(thread: Thread): boolean {
		if (thread.state !== threadState.running) {
			return false;
		}

		const cpu = this.cpus[thread.cpu];
		return !cpu.frozen && cpu.interruptRemaining < 0;
	}

	/**
	The running or waking thread's next segment: `duration` ns of CPU time,
	Infinity until told otherwise.
	*/
	run(thread: Thread, duration: number): void {
		if (this.stepping === thread.cpu || thread.state !== threadState.running) {
			thread.remaining = duration;
		} else {
			this.runAnew(thread, duration);
		}
	}

	/** The running thread goes to sleep. */
	sleep(thread: Thread): void {
		const cpu = this.cpus[thread.cpu];
		this.clock.account(cpu);
		accrueThread(thread, this.loop.now);
		thread.state = threadState.sleeping;
		this.switch.leave(cpu, thread);
		keepLag(cpu, this.threads, thread, this.settings.timeslice);
		// One with negative lag goes on competing, so that it cannot lose it by sleeping
		// (DELAY_DEQUEUE).
		if (thread.lag < 0 && cpu.queued > 0) {
			thread.delayed = true;
			cpu.enqueue(thread.id);
		} else {
			accrueCpu(cpu, this.loop.now);
			cpu.runnable--;
		}

		cpu.current = -1;
		cpu.needResched = true;
		this.switch.pending.add(cpu.id);
		this.program.stateChanged(thread);
	}

	/**
	Makes a sleeping thread runnable; `waker` is the CPU of who wakes it, or -1 (a timer). Does
	nothing if it is awake. True when another CPU has to be told by an interrupt: one that is idle,
	or is to leave its thread for this one.
	*/
	wake(thread: Thread, waker: number): boolean {
		if (thread.state !== threadState.sleeping) {
			return false;
		}

		const {now} = this.loop;
		let cpu = this.cpus[thread.cpu];
		if (thread.delayed) {
			accrueThread(thread, now);
			thread.delayed = false;
			this.clock.account(cpu);
			requeueDelayed(cpu, this.threads, thread, this.settings.timeslice);
		} else {
			const chosen = this.cpus[this.placement.choose(thread, waker, now)];
			if (chosen !== cpu) {
				moveLoad(thread, cpu, chosen, now);
				cpu = chosen;
				thread.cpu = cpu.id;
			}

			this.clock.account(cpu);
			placeThread(cpu, this.threads, thread, this.settings.timeslice);
			cpu.enqueue(thread.id);
			accrueThread(thread, now);
			accrueCpu(cpu, now);
			cpu.runnable++;
		}

		thread.state = threadState.queued;
		thread.waitingSince = now;
		this.program.stateChanged(thread);
		this.switch.newcomer(cpu, thread);
		return cpu.id !== waker && cpu.needResched && !cpu.waking;
	}

	/** From now on the thread only spins or polls, or does so no longer. */
	setQuiet(thread: Thread, quiet: boolean): void {
		if (thread.quiet !== quiet) {
			if (thread.state === threadState.running) {
				this.clock.account(this.cpus[thread.cpu]);
			}

			thread.quiet = quiet;
		}
	}

	/**
	What others have worked on the thread's CPU since it left it, ns; Infinity: it was elsewhere.
	*/
	workedSince(thread: Thread): number {
		const cpu = this.cpus[thread.cpu];
		return thread.leftCpu === cpu.id ? cpu.worked - thread.leftWorked : Infinity;
	}

	/** Brings the thread's CPU time up to date. update_curr. */
	account(thread: Thread): void {
		this.clock.account(this.cpus[thread.cpu]);
	}

	/** The CPU's caches have lost the share `lost` of what takes `full` ns to fill again. */
	evict(cpu: Cpu, full: number, lost: number): void {
		this.clock.evict(cpu, full, lost);
	}

	/**
	An interrupt handler of `duration` ns runs on this CPU on top of its thread. The CPU must
	not be frozen or in a handler.
	*/
	interrupt(cpu: Cpu, duration: number): void {
		this.clock.account(cpu);
		cpu.interruptRemaining = duration;
		this.clock.armSegment(cpu);
	}

	/** The CPU stands still: its thread's segment stops where it is. */
	freeze(cpu: Cpu): void {
		if (!cpu.frozen) {
			this.clock.account(cpu);
			cpu.frozen = true;
			this.loop.cancel(cpu.segmentTimer);
			this.clock.armTick(cpu);
		}
	}

	/** The CPU goes on. */
	thaw(cpu: Cpu): void {
		if (cpu.frozen) {
			cpu.frozen = false;
			cpu.needResched ||= cpu.current < 0;
			this.switch.pending.add(cpu.id);
			this.switch.goOn(cpu);
		}
	}

	/** The thread may be preempted again; does what had to wait. */
	allowPreemption(thread: Thread): void {
		thread.preemptCount--;
		const cpu = this.cpus[thread.cpu];
		if (thread.preemptCount === 0 && cpu.needResched) {
			this.switch.pending.add(cpu.id);
		}
	}

	/** The CPU chooses again after this event. */
	chooseAnew(cpu: Cpu): void {
		cpu.needResched = true;
		this.switch.pending.add(cpu.id);
	}

	/** A timer of this set fired. */
	segmentFired(id: number): void {
		const cpu = this.cpus[id];
		this.clock.account(cpu);
		if (cpu.frozen || cpu.waking || cpu.interruptRemaining >= 0) {
			this.otherFired(cpu);
			return;
		}

		const thread = this.threads[cpu.current];
		this.stepping = id;
		// Steps that take no time follow one another within the event.
		do {
			this.program.step(thread);
		} while (
			cpu.current === thread.id &&
			thread.remaining === 0 &&
			!cpu.frozen &&
			cpu.interruptRemaining < 0 &&
			!this.loop.choices.stepsApart
		);

		this.stepping = -1;
		if (cpu.current === thread.id && !cpu.frozen) {
			this.clock.armSegment(cpu);
		}
	}

	/** The segment that ended was no thread's: the CPU left its idle state, or a handler ended. */
	private otherFired(cpu: Cpu): void {
		if (cpu.frozen) {
			throw new Error(`a segment ends on CPU ${cpu.id}, which is frozen`);
		}

		if (cpu.waking) {
			cpu.waking = false;
			cpu.idle = false;
		} else {
			cpu.interruptRemaining = -1;
			this.program.interruptEnded(cpu);
			if (!cpu.frozen && cpu.interruptRemaining < 0) {
				this.switch.goOn(cpu);
			}

			cpu.needResched ||= cpu.current < 0;
		}

		this.switch.pending.add(cpu.id);
	}

	/** A segment that is set from outside of the thread's steps. */
	private runAnew(thread: Thread, duration: number): void {
		const cpu = this.cpus[thread.cpu];
		this.clock.account(cpu);
		thread.remaining = duration;
		// On a frozen CPU nothing moves: the segment begins when it thaws.
		if (!cpu.frozen) {
			this.clock.armSegment(cpu);
		}
	}

	/** Called after every event: lets the CPUs choose that were asked to. */
	reschedule(): void {
		this.switch.reschedule();
	}

	get hasPending(): boolean {
		return this.switch.pending.count > 0;
	}
}

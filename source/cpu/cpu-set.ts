import {type EventLoop} from '../engine/event-loop.js';
import {Cpu} from './cpu.js';
import {CpuClock} from './cpu-clock.js';
import {Balancer} from './balancer.js';
import {chooseCpu} from './choose-cpu.js';
import {CpuList} from './cpu-list.js';
import {idleExit} from './idle-exit.js';
import {accrueCpu, accrueThread, moveLoad} from './load-average.js';
import {type CpuSetOptions, type Program} from './program.js';
import {type SchedulerSettings} from './scheduler-settings.js';
import {
	keepLag, pickNext, pickThread, placeThread, renewDeadline, requeueDelayed,
} from './eevdf.js';
import {type Thread, threadState} from './thread.js';

export {type CpuTimers, type Program} from './program.js';

/**
CPUs that run threads under EEVDF: the host's CPUs with the VMM's threads, or the guest's
vCPUs with its clients and kworkers.

Threads stay where they are (`chooseCpu`, `Balancer`). A thread that sleeps while it owes time
stays queued until it is eligible (delayed dequeue, Linux 6.12). Preemption waits until the event
at hand has been dealt with (`reschedule`) and until the running thread holds no spinlock.
*/
export class CpuSet {
	readonly cpus: Cpu[];
	readonly threads: Thread[];
	readonly settings: SchedulerSettings;
	private readonly loop: EventLoop;
	private readonly clock: CpuClock;
	private readonly program: Program;
	private readonly balancer: Balancer;
	/** CPUs that need a look once the event has been dealt with. */
	private readonly pending: CpuList;
	/** The CPU whose thread takes a step right now, or -1. */
	private stepping = -1;

	constructor(loop: EventLoop, program: Program, options: CpuSetOptions) {
		this.loop = loop;
		this.program = program;
		this.threads = options.threads;
		this.settings = options.settings;
		this.clock = new CpuClock(loop, options.threads, options.settings);
		this.pending = new CpuList(options.count);
		this.cpus = Array.from({length: options.count}, (_, id) => new Cpu(
			id,
			loop.addTimer(options.timers.segment, id),
			loop.addTimer(options.timers.tick, id),
			options.threads.length,
			options.frozen,
		));
		this.balancer = new Balancer({
			loop, clock: this.clock, cpus: this.cpus, threads: this.threads, settings: this.settings, chance: options.chance,
		});
	}

	/** True while the thread is on a CPU that executes it (not frozen, not in an interrupt handler). */
	isActive(thread: Thread): boolean {
		if (thread.state !== threadState.running) {
			return false;
		}

		const cpu = this.cpus[thread.cpu];
		return !cpu.frozen && cpu.interruptRemaining < 0;
	}

	/** The running or waking thread's next segment: `duration` ns of CPU time, Infinity until told otherwise. */
	run(thread: Thread, duration: number): void {
		if (thread.state === threadState.running) {
			const cpu = this.cpus[thread.cpu];
			if (this.stepping !== cpu.id) {
				this.clock.account(cpu);
				thread.remaining = duration;
				this.clock.armSegment(cpu);
				return;
			}
		}

		thread.remaining = duration;
	}

	/** The running thread goes to sleep. */
	sleep(thread: Thread): void {
		const cpu = this.cpus[thread.cpu];
		this.clock.account(cpu);
		accrueThread(thread, this.loop.now);
		thread.state = threadState.sleeping;
		thread.offSince = this.loop.now;
		keepLag(cpu, this.threads, thread, this.settings.timeslice);
		// A sleeper that owes time goes on competing, so that it cannot shed its debt by sleeping.
		if (thread.lag < 0 && cpu.queued > 0) {
			thread.delayed = true;
			cpu.enqueue(thread.id);
		} else {
			accrueCpu(cpu, this.loop.now);
			cpu.runnable--;
		}

		cpu.current = -1;
		cpu.needResched = true;
		this.pending.add(cpu.id);
	}

	/**
	Makes a sleeping thread runnable; `waker` is the CPU of who wakes it, or -1 (a timer). Does nothing
	if it is awake. True when another CPU has to be told by an interrupt: one that is idle, or is to leave its thread for this one.
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
			const chosen = this.cpus[chooseCpu(this.cpus, thread, waker, now)];
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
		this.newcomer(cpu, thread);
		return cpu.id !== waker && cpu.needResched && !cpu.waking;
	}

	/** The CPU's caches have lost the share `lost` of what takes `full` ns to fill again. */
	chill(cpu: Cpu, full: number, lost: number): void {
		this.clock.chill(cpu, full, lost);
	}

	/** An interrupt handler of `duration` ns runs on this CPU on top of its thread. The CPU must not be frozen or in a handler. */
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
			this.loop.cancel(cpu.tickTimer);
		}
	}

	/** The CPU goes on. */
	thaw(cpu: Cpu): void {
		if (cpu.frozen) {
			cpu.frozen = false;
			cpu.needResched ||= cpu.current < 0;
			this.pending.add(cpu.id);
			this.goOn(cpu);
		}
	}

	/** The thread may be preempted again; does what had to wait. */
	allowPreemption(thread: Thread): void {
		thread.preemptCount--;
		const cpu = this.cpus[thread.cpu];
		if (thread.preemptCount === 0 && cpu.needResched) {
			this.pending.add(cpu.id);
		}
	}

	/** The CPU chooses again after this event. */
	chooseAnew(cpu: Cpu): void {
		cpu.needResched = true;
		this.pending.add(cpu.id);
	}

	/** A timer of this set fired. */
	segmentFired(id: number): void {
		const cpu = this.cpus[id];
		this.clock.account(cpu);
		if (cpu.waking) {
			cpu.waking = false;
			cpu.idle = false;
			this.pending.add(cpu.id);
			return;
		}

		if (cpu.interruptRemaining >= 0) {
			cpu.interruptRemaining = -1;
			this.program.interruptEnded(cpu);
			if (!cpu.frozen && cpu.interruptRemaining < 0) {
				this.goOn(cpu);
			}

			cpu.needResched ||= cpu.current < 0;
			this.pending.add(cpu.id);
			return;
		}

		const thread = this.threads[cpu.current];
		this.stepping = id;
		// Steps that take no time follow one another within the event.
		do {
			this.program.step(thread);
		} while (cpu.current === thread.id && thread.remaining === 0 && !cpu.frozen);

		this.stepping = -1;
		if (cpu.current === thread.id && !cpu.frozen) {
			this.clock.armSegment(cpu);
		}
	}

	tickFired(id: number): void {
		const cpu = this.cpus[id];
		this.clock.account(cpu);
		if (cpu.current >= 0 && renewDeadline(this.threads[cpu.current], this.settings.timeslice)) {
			cpu.needResched = true;
			this.pending.add(cpu.id);
		}

		const moved = this.balancer.pushFrom(cpu);
		if (moved >= 0) {
			this.newcomer(this.cpus[this.threads[moved].cpu], this.threads[moved]);
		}

		this.clock.armTick(cpu);
	}

	/** Called after every event: lets the CPUs choose that were asked to. */
	reschedule(): void {
		while (this.pending.count > 0) {
			this.choose(this.cpus[this.pending.take()]);
		}
	}

	get hasPending(): boolean {
		return this.pending.count > 0;
	}

	private choose(cpu: Cpu): void {
		if (!cpu.needResched) {
			return;
		}

		if (cpu.frozen) {
			if (cpu.current < 0 && cpu.queued > 0) {
				this.program.wantsCpu(cpu);
			}

			return;
		}

		if (cpu.waking || cpu.interruptRemaining >= 0) {
			return;
		}

		const previous = cpu.current;
		if (previous >= 0 && this.threads[previous].preemptCount > 0) {
			return;
		}

		if (cpu.idle && idleExit(cpu, this.settings, this.loop.now) > 0) {
			this.leaveIdle(cpu);
			return;
		}

		cpu.needResched = false;
		this.clock.account(cpu);
		let next = pickNext(cpu, this.threads, this.settings, this.loop.now);
		if (next < 0 && !cpu.idle) {
			cpu.idleSince = this.loop.now;
			next = this.balancer.pullInto(cpu);
		}

		cpu.idle = next < 0;
		if (next >= 0 && next !== cpu.last && this.settings.contextSwitch > 0) {
			this.beginSwitch(cpu, next);
			return;
		}

		if (next === previous && next >= 0) {
			return;
		}

		if (next === previous) {
			this.program.switched(cpu, -1);
			return;
		}

		this.putBack(cpu);
		cpu.current = next;
		if (next < 0) {
			this.loop.cancel(cpu.segmentTimer);
			this.loop.cancel(cpu.tickTimer);
		} else {
			cpu.dequeue(next);
			this.threads[next].state = threadState.running;
			this.threads[next].deadlineAtPick = this.threads[next].deadline;
		}

		this.program.switched(cpu, previous);
		if (!cpu.frozen && cpu.current >= 0) {
			this.goOn(cpu);
		}

		this.clock.armTick(cpu);
	}

	/** The running thread goes back to the queue. */
	private putBack(cpu: Cpu): void {
		if (cpu.current >= 0) {
			const thread = this.threads[cpu.current];
			thread.state = threadState.queued;
			thread.offSince = this.loop.now;
			cpu.enqueue(thread.id);
			cpu.current = -1;
		}
	}

	/** context_switch takes its time; who runs then is chosen at its end. */
	private beginSwitch(cpu: Cpu, next: number): void {
		const previous = cpu.current;
		this.putBack(cpu);
		cpu.last = next;
		cpu.waking = true;
		cpu.needResched = true;
		this.loop.cancel(cpu.tickTimer);
		if (previous >= 0) {
			this.program.switched(cpu, previous);
		}

		this.loop.after(cpu.segmentTimer, this.settings.contextSwitch);
	}

	/** An idle CPU that somebody wants needs its time to come back. */
	private leaveIdle(cpu: Cpu): void {
		if (cpu.queued > 0) {
			cpu.waking = true;
			this.loop.after(cpu.segmentTimer, idleExit(cpu, this.settings, this.loop.now));
		}
	}

	private newcomer(cpu: Cpu, thread: Thread): void {
		if (cpu.current < 0) {
			cpu.needResched = true;
		} else {
			cpu.needResched ||= renewDeadline(this.threads[cpu.current], this.settings.timeslice);
			if (this.settings.wakeupPreemption && pickThread(cpu, this.threads, this.settings.runToParity) === thread.id) {
				cpu.needResched = true;
			}
		}

		if (cpu.needResched) {
			this.pending.add(cpu.id);
		}

		if (!cpu.frozen && !this.loop.queue.isArmed(cpu.tickTimer)) {
			this.clock.armTick(cpu);
		}
	}

	/** The CPU executes again what it had: a handler, or its thread. */
	private goOn(cpu: Cpu): void {
		cpu.accounted = this.loop.now;
		if (cpu.interruptRemaining < 0 && cpu.current >= 0) {
			this.program.resumed(cpu, this.threads[cpu.current]);
		}

		if (!cpu.frozen) {
			this.clock.armSegment(cpu);
			this.clock.armTick(cpu);
		}
	}
}

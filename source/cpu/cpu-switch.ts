import {type EventLoop} from '../engine/event-loop.js';
import {type Balancer} from './balancer.js';
import {type Cpu} from './cpu.js';
import {type CpuClock} from './cpu-clock.js';
import {CpuList} from './cpu-list.js';
import {pickNext, pickWithBuddy, renewDeadline} from './eevdf.js';
import {idleExit} from './idle-exit.js';
import {type Program} from './program.js';
import {type SchedulerSettings} from './scheduler-settings.js';
import {type Thread, threadState} from './thread.js';

/**
How the CPUs of a set get from one thread to another: who asks for a choice, when it is made, and
what the switch takes. (kernel/sched/core.c __schedule)
*/
export class CpuSwitch {
	/** CPUs that need a look once the event has been dealt with. */
	readonly pending: CpuList;
	private readonly loop: EventLoop;
	private readonly clock: CpuClock;
	private readonly cpus: readonly Cpu[];
	private readonly threads: readonly Thread[];
	private readonly settings: SchedulerSettings;
	private readonly program: Program;
	private readonly balancer: Balancer;

	constructor(options: {
		readonly loop: EventLoop;
		readonly clock: CpuClock;
		readonly cpus: readonly Cpu[];
		readonly threads: readonly Thread[];
		readonly settings: SchedulerSettings;
		readonly program: Program;
		readonly balancer: Balancer;
	}) {
		this.loop = options.loop;
		this.clock = options.clock;
		this.cpus = options.cpus;
		this.threads = options.threads;
		this.settings = options.settings;
		this.program = options.program;
		this.balancer = options.balancer;
		this.pending = new CpuList(options.cpus.length);
	}

	/** Lets the CPUs choose that were asked to. */
	reschedule(): void {
		while (this.pending.count > 0) {
			this.choose(this.cpus[this.pending.take()]);
		}
	}

	/** A thread has joined the queue of this CPU. check_preempt_wakeup_fair. */
	newcomer(cpu: Cpu, thread: Thread): void {
		if (this.settings.nextBuddy) {
			cpu.buddy = thread.id;
		}

		if (cpu.current < 0) {
			cpu.needResched = true;
		} else {
			cpu.needResched ||= renewDeadline(this.threads[cpu.current], this.settings.timeslice);
			if (
				this.settings.wakeupPreemption &&
				pickWithBuddy(cpu, this.threads, this.settings.runToParity) === thread.id
			) {
				cpu.needResched = true;
			}
		}

		if (cpu.needResched) {
			this.pending.add(cpu.id);
		}

		if (!this.loop.queue.isArmed(cpu.tickTimer)) {
			this.clock.armTick(cpu);
		}
	}

	/** The CPU executes again what it had: a handler, or its thread. */
	goOn(cpu: Cpu): void {
		cpu.accounted = this.loop.now;
		if (cpu.interruptRemaining < 0 && cpu.current >= 0) {
			this.program.resumed(cpu, this.threads[cpu.current]);
		}

		if (!cpu.frozen) {
			this.clock.armSegment(cpu);
			this.clock.armTick(cpu);
		}
	}

	/** The thread's time on this CPU is over for now. */
	leave(cpu: Cpu, thread: Thread): void {
		thread.offSince = this.loop.now;
		thread.leftCpu = cpu.id;
		thread.leftWorked = cpu.worked;
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
			const thread = this.threads[next];
			cpu.dequeue(next);
			thread.state = threadState.running;
			thread.deadlineAtPick = thread.deadline;
			cpu.buddy = cpu.buddy === next ? -1 : cpu.buddy;
			this.program.stateChanged(thread);
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
			thread.waitingSince = this.loop.now;
			this.leave(cpu, thread);
			cpu.enqueue(thread.id);
			cpu.current = -1;
			this.program.stateChanged(thread);
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
}

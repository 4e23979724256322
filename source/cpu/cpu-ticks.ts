import {type EventLoop} from '../engine/event-loop.js';
import {type Balancer} from './balancer.js';
import {type Cpu} from './cpu.js';
import {type CpuClock} from './cpu-clock.js';
import {type CpuSwitch} from './cpu-switch.js';
import {renewDeadline} from './eevdf.js';
import {type SchedulerSettings} from './scheduler-settings.js';
import {type Thread} from './thread.js';

/** The scheduler's ticks on the CPUs of a set. */
export class CpuTicks {
	private readonly loop: EventLoop;
	private readonly clock: CpuClock;
	private readonly cpus: readonly Cpu[];
	private readonly threads: readonly Thread[];
	private readonly settings: SchedulerSettings;
	private readonly balancer: Balancer;
	private readonly switch: CpuSwitch;

	constructor(options: {
		readonly loop: EventLoop;
		readonly clock: CpuClock;
		readonly cpus: readonly Cpu[];
		readonly threads: readonly Thread[];
		readonly settings: SchedulerSettings;
		readonly balancer: Balancer;
		readonly switch: CpuSwitch;
	}) {
		this.loop = options.loop;
		this.clock = options.clock;
		this.cpus = options.cpus;
		this.threads = options.threads;
		this.settings = options.settings;
		this.balancer = options.balancer;
		this.switch = options.switch;
	}

	/** The tick of this CPU fired. */
	fired(id: number): void {
		const cpu = this.cpus[id];
		this.tick(cpu);
		this.clock.armTick(cpu);
	}

	/** What the scheduler does at a tick. sched_tick. */
	tick(cpu: Cpu): void {
		this.clock.account(cpu);
		if (cpu.current >= 0 && renewDeadline(this.threads[cpu.current], this.settings.timeslice)) {
			cpu.needResched = true;
			this.switch.pending.add(cpu.id);
		}

		const moved = this.balancer.pushFrom(cpu);
		if (moved >= 0) {
			this.switch.newcomer(this.cpus[this.threads[moved].cpu], this.threads[moved]);
		}
	}

	/** When the next tick of any CPU is due, ns. */
	next(): number {
		return this.clock.nextTick();
	}

	/** The next tick is programmed, for `time` (ns) or later than that. */
	restart(cpu: Cpu, time: number): void {
		cpu.tickPending = false;
		this.clock.armTick(cpu, time > this.loop.now ? time : this.loop.now);
	}

	/** When the CPU's tick will fire, ns; Infinity: it has none. */
	at(cpu: Cpu): number {
		return this.loop.queue.isArmed(cpu.tickTimer) ? cpu.tickAt : Infinity;
	}
}

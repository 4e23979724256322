import {type EventLoop} from '../engine/event-loop.js';
import {type Cpu} from './cpu.js';
import {type SchedulerSettings} from './scheduler-settings.js';
import {type Thread} from './thread.js';

/** The tick of a CPU that is nohz_full while several threads want it: CONFIG_HZ=250, ns. */
const fullTick = 4_000_000;

/**
How time passes on a set of CPUs: what a segment has left, when it
ends, and when the scheduler ticks.
*/
export class CpuClock {
	/** A tick is an interrupt (`CpuSetOptions`). */
	private readonly tickInterrupts: boolean;
	private readonly loop: EventLoop;
	private readonly threads: readonly Thread[];
	private readonly settings: SchedulerSettings;

	constructor(loop: EventLoop, threads: readonly Thread[], settings: SchedulerSettings, tickInterrupts: boolean) {
		this.loop = loop;
		this.threads = threads;
		this.settings = settings;
		this.tickInterrupts = tickInterrupts;
	}

	/**
	What has passed since the last call is taken off the current segment; a
	cold CPU gets half of it done.
	*/
	account(cpu: Cpu): void {
		if (cpu.frozen) {
			return;
		}

		const {now} = this.loop;
		const passed = now - cpu.accounted;
		if (passed > 0) {
			cpu.accounted = now;
			this.charge(cpu, cpu.cold > 0 ? passed - warm(cpu, passed) : passed);
		}
	}

	/** Sets the timer for the end of the current segment. */
	armSegment(cpu: Cpu): void {
		const remaining =
			cpu.interruptRemaining >= 0
				? cpu.interruptRemaining
				: cpu.current >= 0
					? this.threads[cpu.current].remaining
					: Infinity;
		if (remaining === Infinity) {
			this.loop.cancel(cpu.segmentTimer);
		} else {
			this.loop.after(cpu.segmentTimer, remaining + (cpu.cold < remaining ? cpu.cold : remaining));
		}
	}

	/** Ticks fall on multiples of the period, on all CPUs together: the next one. */
	nextTick(): number {
		const {tick} = this.settings;
		const period = tick > 0 ? tick : fullTick;
		const {now} = this.loop;
		return now - (now % period) + period;
	}

	/**
	The tick at `time`, unless one is armed already; none on an idle CPU (tick_nohz_idle_stop_tick).
	*/
	armTick(cpu: Cpu, time?: number): void {
		if (!this.wantsTick(cpu)) {
			this.loop.cancel(cpu.tickTimer);
		} else if (!this.loop.queue.isArmed(cpu.tickTimer)) {
			cpu.tickAt = time ?? this.nextTick();
			this.loop.queue.arm(cpu.tickTimer, cpu.tickAt);
		}
	}

	private wantsTick(cpu: Cpu): boolean {
		if (cpu.current < 0) {
			return false;
		}

		return this.tickInterrupts
			? !cpu.tickPending && (cpu.queued > 0 || this.settings.tick > 0)
			: !cpu.frozen && cpu.queued > 0;
	}

	/** Takes what the CPU got done off its handler, or off its thread's segment. */
	private charge(cpu: Cpu, done: number): void {
		// Halves are rounded, so the last ns may have passed twice.
		if (cpu.interruptRemaining >= 0) {
			cpu.interruptRemaining = cpu.interruptRemaining > done ? cpu.interruptRemaining - done : 0;
		} else if (cpu.current >= 0) {
			const thread = this.threads[cpu.current];
			cpu.worked += thread.quiet ? 0 : done;
			thread.remaining = thread.remaining > done ? thread.remaining - done : 0;
			thread.vruntime += done;
		}
	}

	/**
	The CPU's caches have lost their contents to the share `lost`: what is to come runs at half
	speed until `full` ns of a full loss are made good.
	*/
	evict(cpu: Cpu, full: number, lost: number): void {
		this.account(cpu);
		if (full > cpu.cold) {
			cpu.cold += Math.floor((full - cpu.cold) * lost + 0.5);
		}

		if (!cpu.frozen) {
			this.armSegment(cpu);
		}
	}
}

/** Of what has passed on a cold CPU what was lost on filling its caches again, ns: half at most. */
function warm(cpu: Cpu, passed: number): number {
	const half = Math.floor(passed / 2);
	const lost = cpu.cold < half ? cpu.cold : half;
	cpu.cold -= lost;
	return lost;
}

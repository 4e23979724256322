import {type Cpu} from './cpu.js';
import {accrueCpu, accrueThread} from './load-average.js';
import {type SchedulerSettings} from './scheduler-settings.js';
import {type Thread} from './thread.js';

/**
WA_BIAS: how much more load the waker's CPU may have and still be taken,
half of what imbalance_pct allows.
*/
const bias = 1.08;

/** imbalance_pct of a domain above cores, as a factor. */
const imbalance = 1.17;

/**
Where a waking thread goes (kernel/sched/fair.c select_task_rq_fair): first its
previous CPU or its waker's (wake_affine), then an idle CPU if there is one to be found
from there (select_idle_sibling). All CPUs share their last-level cache. Left out:
wake_wide, which needs threads that wake more others than there are CPUs; cores of
several threads; capacities; sync wake-ups.
*/
export class Placement {
	private readonly cpus: readonly Cpu[];
	private readonly settings: SchedulerSettings;
	/** How many CPUs a search looks at (nr_idle_scan), as of `scanAt`, ns. */
	private scan = 0;
	private scanAt = -Infinity;

	constructor(cpus: readonly Cpu[], settings: SchedulerSettings) {
		this.cpus = cpus;
		this.settings = settings;
	}

	/** `waker`: the CPU of who wakes it, or -1: a timer of its own. Returns a CPU's number. */
	choose(thread: Thread, waker: number, now: number): number {
		if (thread.pinned >= 0) {
			return thread.pinned;
		}

		if (thread.moveTo >= 0) {
			const to = thread.moveTo;
			thread.moveTo = -1;
			return to;
		}

		const target = waker < 0 || waker === thread.cpu ? thread.cpu : this.wakeAffine(thread, waker, now);
		return this.idleSibling(thread, target, now);
	}

	/**
	wake_affine: the previous CPU if it is idle (wake_affine_idle), else that of the two on which
	less load has been of late (wake_affine_weight).
	*/
	private wakeAffine(thread: Thread, waker: number, now: number): number {
		const previous = this.cpus[thread.cpu];
		if (isIdle(previous)) {
			return thread.cpu;
		}

		const here = this.cpus[waker];
		if (isIdle(here)) {
			return waker;
		}

		accrueThread(thread, now);
		accrueCpu(previous, now);
		accrueCpu(here, now);
		return here.load + thread.load < bias * (previous.load - thread.load) ? waker : thread.cpu;
	}

	/**
	select_idle_sibling: the target, the previous or the recently used CPU, whichever is idle first;
	then as many others as are worth a look.
	*/
	private idleSibling(thread: Thread, target: number, now: number): number {
		const {cpus} = this;
		if (isIdle(cpus[target])) {
			return target;
		}

		const previous = thread.cpu;
		if (previous !== target && isIdle(cpus[previous])) {
			return previous;
		}

		const recent = thread.recentCpu;
		thread.recentCpu = previous;
		if (recent >= 0 && recent !== previous && recent !== target && isIdle(cpus[recent])) {
			return recent;
		}

		return this.searchFrom(target, now);
	}

	/** select_idle_cpu: goes round from behind the target; the target itself when none is idle. */
	private searchFrom(target: number, now: number): number {
		const {cpus} = this;
		const count = this.worthALook(now);
		for (let i = 1; i <= count; i++) {
			const id = (target + i) % cpus.length;
			if (isIdle(cpus[id])) {
				return id;
			}
		}

		return target;
	}

	/**
	SIS_UTIL: the busier the CPUs have been, the fewer a search looks at; none from 85 % on
	(update_idle_cpu_scan, which balancing calls about once a tick). A CPU's use is taken to
	be its load, one thread at most.
	*/
	private worthALook(now: number): number {
		if (now - this.scanAt >= this.settings.tick) {
			this.scanAt = now;
			let used = 0;
			for (const cpu of this.cpus) {
				accrueCpu(cpu, now);
				used += cpu.load < 1 ? cpu.load : 1;
			}

			const x = (used / this.cpus.length) * imbalance;
			this.scan = x >= 1 ? 0 : Math.floor((1 - x * x) * this.cpus.length);
		}

		return this.scan;
	}
}

/** available_idle_cpu: it runs nothing and nobody is on the way to it. */
function isIdle(cpu: Cpu): boolean {
	return cpu.demand === 0;
}

/** How a thread that yields is put behind the others, by the kernels that do so. */
export type YieldRule = 'linux-6.18' | 'linux-6.6';

/** How a set of CPUs is scheduled. Read at each use. */
export type SchedulerSettings = {
	/** EEVDF slice, ns. */
	timeslice: number;
	/** Whether a waking thread may take the CPU from the running one. */
	wakeupPreemption: boolean;
	/** Whether a running thread that is eligible keeps the CPU for its slice (RUN_TO_PARITY). */
	runToParity: boolean;
	/** Whether a waking thread that is eligible runs next, whatever its deadline (NEXT_BUDDY). */
	nextBuddy: boolean;
	/** What a directed yield does to the yielder. */
	yieldRule: YieldRule;
	/**
	Period of the scheduler's tick, ns; 0: a CPU that one thread has for itself has none
	(nohz_full), others one every `fullTick`.
	*/
	tick: number;
	/** Time of a switch from one thread to another, ns. Nobody's CPU time. */
	contextSwitch: number;
	/**
	From the wake-up of a thread on an idle CPU until that CPU chooses it, ns. Nobody's CPU time.
	*/
	idleExit: number;
	/**
	An idle CPU really halts after so many ns; from there `idleHalted`
	takes the place of `idleExit`.
	*/
	idlePoll: number;
	idleHalted: number;
	/**
	A thread that has run less than so many ns ago keeps its CPU for the sake of its caches
	(sysctl_sched_migration_cost).
	*/
	migrationCost: number;
	/**
	Of the chances that a CPU has to take a waiting thread when it becomes
	idle, the share that it takes.
	*/
	newidle: number;
};

/**
The settings of a guest's scheduler before its rows: what costs time on a host is at no cost there,
and migration is as Linux has it by default (sysctl_sched_migration_cost). All schedulers begin with
these fields in this order, so that the code that reads them meets objects of one shape.
*/
export function schedulerSettings(): SchedulerSettings {
	return {
		timeslice: 0,
		wakeupPreemption: true,
		runToParity: true,
		nextBuddy: false,
		yieldRule: 'linux-6.18',
		tick: 0,
		contextSwitch: 0,
		idleExit: 0,
		idlePoll: -1,
		idleHalted: 0,
		migrationCost: 500_000,
		newidle: 1,
	};
}

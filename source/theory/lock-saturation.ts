/** Threads on vCPUs of their own that do nothing but submit. Times in seconds. */
export type LockLoop = {
	readonly threads: number;
	/** Lock hold of a command without its doorbell. */
	readonly hold: number;
	/** Doorbell: exit, wait, entry. */
	readonly doorbell: number;
	/** All else that a thread does between two commands. */
	readonly outside: number;
};

/**
Commands a second of a saturated lock. Under the lock the doorbell is part of the hold, so the
threads ring one after another; outside it they ring at once and only the add is serial. For
constant times, one doorbell a command and a host that keeps up.
*/
export function lockThroughput(
	{threads, hold, doorbell, outside}: LockLoop,
	kick: 'under-lock' | 'after-unlock',
): number {
	const serial = kick === 'under-lock' ? hold + doorbell : hold;
	return Math.min(1 / serial, threads / (hold + doorbell + outside));
}

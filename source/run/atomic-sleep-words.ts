import {type Simulation} from '../simulation/simulation.js';
import {type AtomicSleep} from '../tracking/atomic-sleeps.js';
import {guestThreadNames} from '../tracking/run-names.js';

/** A sleep in atomic context in words. Times in s. */
export type AtomicSleepReport = {
	/** The function that may sleep. */
	readonly site: string;
	readonly lock: string;
	/** Who called it the first time, when, and since when it had held the lock. */
	readonly who: string;
	readonly at: number;
	readonly heldSince: number;
	/** The last time, and how often it was seen. */
	readonly last: number;
	readonly count: number;
	/** As the kernel says it (__might_resched, kernel/sched/core.c). */
	readonly text: string;
};

/** What was found in a run, as the kernel would report it. */
export function atomicSleepReports(
	simulation: Simulation,
	found: readonly AtomicSleep[],
): readonly AtomicSleepReport[] {
	const names = guestThreadNames(simulation);
	const {lockNames} = simulation.state.guest.core;
	return found.map(({site, lock, thread, at, heldSince, last, count}) => {
		const {comm, pid} = names[thread];
		const since = (heldSince / 1e9).toFixed(6);
		return {
			site,
			lock: lockNames[lock],
			who: comm,
			at: at / 1e9,
			heldSince: heldSince / 1e9,
			last: last / 1e9,
			count,
			text:
				`BUG: sleeping function called from invalid context at ${site}: in_atomic(): 1, pid: ${pid}, ` +
				`name: ${comm}, ` +
				`at ${(at / 1e9).toFixed(6)} s; it holds ${lockNames[lock]} since ${since} s; ${count} times`,
		};
	});
}

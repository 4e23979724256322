import {type Instrument, type Observer} from '../tracepoints/observer.js';
import {mightSleepNames, mightSleepSite} from '../tracepoints/tracepoints.js';
import {LockHolders} from './lock-holders.js';
import {type Sizes} from './sizes.js';

/** A step that may sleep, taken by a thread that held a spinlock. Times in ns. */
export type AtomicSleep = {
	/** The function that may sleep. */
	readonly site: (typeof mightSleepNames)[number];
	readonly lock: number;
	/** The first time: who, when, and since when it had held the lock. */
	readonly thread: number;
	readonly at: number;
	readonly heldSince: number;
	/** The last time, and how often it has been seen. */
	last: number;
	count: number;
};

/**
Finds what CONFIG_DEBUG_ATOMIC_SLEEP reports as "sleeping function called from invalid context"
(__might_sleep, kernel/sched/core.c): a step that may sleep, whether it does or not, while its
thread holds a spinlock. Attach it at time 0.
*/
export class AtomicSleeps implements Instrument {
	readonly observers: readonly Observer[];
	/** One for each function and lock, in the order in which they were seen first. */
	readonly found: AtomicSleep[] = [];
	private readonly locks: LockHolders;

	constructor(sizes: Sizes) {
		this.locks = new LockHolders(sizes);
		this.observers = [
			...this.locks.observers,
			{
				roomWait: (time, thread) => {
					this.look(time, thread, mightSleepSite.waitEvent);
				},
				mightSleep: (time, thread, site) => {
					this.look(time, thread, site);
				},
			},
		];
	}

	private look(time: number, thread: number, site: number): void {
		const {held, holders, since} = this.locks;
		if (held[thread] === 0) {
			return;
		}

		for (let lock = 0; lock < holders.length; lock++) {
			if (holders[lock] === thread) {
				this.add(time, thread, site, lock, since[lock]);
			}
		}
	}

	private add(at: number, thread: number, site: number, lock: number, heldSince: number): void {
		const name = mightSleepNames[site];
		const known = this.found.find(other => other.site === name && other.lock === lock);
		if (known === undefined) {
			this.found.push({
				site: name,
				lock,
				thread,
				at,
				heldSince,
				last: at,
				count: 1,
			});
		} else {
			known.last = at;
			known.count++;
		}
	}
}

import {fullSpeed, type Speed} from './speed.js';

/** What the pacer drives: events before `time`, at most `budget`; true when `time` was reached. */
export type Paced = {
	readonly now: number;
	runUntil(time: number, budget: number): boolean;
};

/** `behind`: there is more to simulate at once; come back as soon as keys were looked at. */
export type Pace = 'reached' | 'behind';

/** Wall time that a slice aims at, ms; the keyboard waits no longer than a few of them. */
const sliceTime = 8;
/** Simulated time that is owed is forgotten beyond so many ms of wall time. */
const forgiven = 250;
const smallestBudget = 500;
const largestBudget = 1_000_000;

/**
Turns wall time into simulated time, in slices with a budget of events that follows
the speed of the machine. Time that the machine cannot keep up with is dropped: a slow
machine shows a slower run, never a dead keyboard.
*/
export class Pacer {
	private readonly clock: () => number;
	/** Simulated time owed, ns. */
	private owed = 0;
	private budget = 5000;

	/** `clock`: wall time in ms, monotonic. */
	constructor(clock: () => number) {
		this.clock = clock;
	}

	/** Forgets what is owed: after a pause, a step, a change of speed. */
	reset(): void {
		this.owed = 0;
	}

	/**
	Runs one slice after `wallTime` ms have passed since the last call. The simulation
	stops at `limit` (ns) at the latest.
	*/
	advance(target: Paced, wallTime: number, speed: Speed, limit = Infinity): Pace {
		if (speed === fullSpeed) {
			this.slice(target, limit);
			return 'behind';
		}

		this.owed = Math.min(this.owed + wallTime * 1e6 * speed, forgiven * 1e6 * speed);
		const before = target.now;
		// Whole nanoseconds; what is left of one stays owed.
		const time = before + Math.floor(this.owed);
		const reached = this.slice(target, Math.min(time, limit));
		this.owed = Math.max(0, this.owed - (target.now - before));
		return reached ? 'reached' : 'behind';
	}

	private slice(target: Paced, time: number): boolean {
		const {budget} = this;
		const start = this.clock();
		const reached = target.runUntil(time, budget);
		const spent = this.clock() - start;
		if (spent > sliceTime * 1.5) {
			this.budget = Math.max(smallestBudget, Math.floor((budget * sliceTime) / spent));
		} else if (!reached && spent < sliceTime) {
			this.budget = Math.min(largestBudget, budget * 2);
		}

		return reached;
	}
}

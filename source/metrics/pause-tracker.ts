import {holdDoubles} from '../engine/double-fields.js';
import {type CounterLayout, sharedCounter} from './counters.js';
import {pauseNames, type PauseName} from './metric-names.js';

const {pauses, pauseTime, pauseAnswers} = sharedCounter;

/**
Pauses of a kind that are remembered. A command that outlives more of them has
waited for the last ones only.
*/
const remembered = 64;

/**
The longest pause of a kind: its start (ns of simulated time) and its length (ns); 0 for none.
*/
export type LongestPause = {readonly at: number; readonly length: number};

/** One kind of pause: how deep it is now, and the last ones that ended. */
class Kind {
	depth = 0;
	since = 0;
	longestAt = 0;
	longest = 0;
	ended = 0;
	readonly starts = new Float64Array(remembered);
	readonly ends = new Float64Array(remembered);
}

/**
Follows what stands still, and how long commands wait for it. A command has waited for a
pause that ended within its life: one that ended its life during the pause was not held up by it.
*/
export class PauseTracker {
	private readonly counters: Float64Array;
	private readonly base: number;
	private readonly kinds: readonly Kind[] = pauseNames.map(() => new Kind());
	private settled = 0;

	constructor(counters: Float64Array, layout: CounterLayout) {
		this.counters = counters;
		this.base = layout.shared;
		holdDoubles(this, 'settled');
	}

	settle(time: number): void {
		const passed = time - this.settled;
		this.settled = time;
		for (let kind = 0; kind < pauseNames.length; kind++) {
			if (this.kinds[kind].depth > 0) {
				this.counters[this.base + pauseTime + kind] += passed;
			}
		}
	}

	begin(time: number, kind: number): void {
		const pause = this.kinds[kind];
		if (pause.depth === 0) {
			this.settle(time);
			pause.since = time;
			this.counters[this.base + pauses + kind]++;
		}

		pause.depth++;
	}

	end(time: number, kind: number): void {
		const pause = this.kinds[kind];
		if (pause.depth === 0) {
			return;
		}

		this.settle(time);
		pause.depth--;
		if (pause.depth === 0) {
			const slot = pause.ended % remembered;
			pause.starts[slot] = pause.since;
			pause.ends[slot] = time;
			pause.ended++;
			if (time - pause.since > pause.longest) {
				pause.longest = time - pause.since;
				pause.longestAt = pause.since;
			}
		}
	}

	/** A command has its response. */
	answered(): void {
		for (let kind = 0; kind < pauseNames.length; kind++) {
			if (this.kinds[kind].depth > 0) {
				this.counters[this.base + pauseAnswers + kind]++;
			}
		}
	}

	/**
	ns for which a command that was due at `due` and ends now has waited for pauses of this kind.
	*/
	waited(kind: number, due: number): number {
		const {ended, starts, ends} = this.kinds[kind];
		const oldest = ended > remembered ? ended - remembered : 0;
		let sum = 0;
		for (let index = ended - 1; index >= oldest && ends[index % remembered] > due; index--) {
			const start = starts[index % remembered];
			sum += ends[index % remembered] - (start > due ? start : due);
		}

		return sum;
	}

	/** The longest since the last restart; one that lasts still counts up to `time`. */
	longest(name: PauseName, time: number): LongestPause {
		const {depth, since, longest, longestAt} = this.kinds[pauseNames.indexOf(name)];
		return depth > 0 && time - since > longest
			? {at: since, length: time - since}
			: {at: longestAt, length: longest};
	}

	/** The longest pauses start anew. */
	restart(): void {
		for (const kind of this.kinds) {
			kind.longest = 0;
			kind.longestAt = 0;
		}
	}
}

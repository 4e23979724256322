import {type Timeline} from '../../run/timeline.js';

/**
Simulated times after the change at which the two runs are compared, ns; the last one settles it.
*/
const looks = [20_000_000, 100_000_000];

/**
The run as it would have been without a change, for a while: whether the change made any difference
at all. It is advanced only when the run itself has come past the next look.
*/
export class ShadowRun {
	private timeline: Timeline | undefined;
	private look = 0;
	private same = false;

	/** `timeline`: a fork of the run from just before the change at `at` (ns). */
	constructor(
		timeline: Timeline,
		private readonly at: number,
	) {
		this.timeline = timeline;
	}

	/** All events up to the last look are the same. */
	get isSame(): boolean {
		return this.same;
	}

	/**
	Compares when it is time to. `run` has done all events before its present time and none after.
	*/
	compare(run: Timeline): void {
		const {timeline} = this;
		if (timeline === undefined || run.now < this.at + looks[this.look]) {
			return;
		}

		timeline.advance(run.now);
		this.look++;
		this.same = timeline.eventHash() === run.eventHash();
		if (!this.same || this.look === looks.length) {
			this.timeline = undefined;
		}
	}

	/** Its run has been taken back behind the change, or goes on otherwise. */
	drop(): void {
		this.timeline = undefined;
	}
}

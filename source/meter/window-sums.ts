import {columnCount, integralColumns} from './meter-columns.js';
import {unknownFree, WindowLevel} from './window-level.js';

/** Windows by their length (ns), and how many of each are kept: 13 s, 5 min and 4 h. */
const levels = [
	[100_000, 131_072],
	[10_000_000, 32_768],
	[1_000_000_000, 16_384],
] as const;

/** Events in a row from before all that is kept, after which the clock must have been set back. */
const setBackAfter = 32;

/**
Sums by windows of what is counted, and of what grows while time passes. Memory is fixed. Times (ns)
never go back: an event that is late counts as now.
*/
export abstract class WindowSums {
	readonly levels = levels.map(([window, capacity]) => new WindowLevel(window, capacity));
	/** Time of the first and the latest event; -1 before there is one. */
	start = -1;
	now = -1;
	/** Events that came later than one with a later time. */
	late = 0;
	/** The clock went back so often. */
	setBacks = 0;
	/** Sums so far, and what they grow by in a ns. */
	readonly sums = new Float64Array(columnCount);
	protected readonly slopes = new Float64Array(columnCount);
	protected readonly free = [unknownFree, unknownFree];
	private tooOld = 0;

	/** Time without an event goes on to `time`. */
	pass(time: number): void {
		if (this.now >= 0) {
			this.advance(Math.max(time, this.now));
		}
	}

	/** The level with the longest windows that divide these times (ns). */
	levelFor(...times: readonly number[]): WindowLevel {
		return this.levels.findLast(level => times.every(time => time % level.window === 0)) ?? this.levels[0];
	}

	/** Moves time on to an event; returns the event's time. */
	protected advance(at: number): number {
		if (this.now < 0) {
			this.begin(at);
		}

		if (at < this.now) {
			return this.old(at);
		}

		this.tooOld = 0;
		for (const level of this.levels) {
			level.advance(at, this.now, this.sums, this.slopes, this.free[0]);
		}

		const elapsed = at - this.now;
		if (elapsed > 0) {
			for (const i of integralColumns) {
				this.sums[i] += this.slopes[i] * elapsed;
			}

			this.now = at;
		}

		return at;
	}

	private begin(time: number): void {
		this.start = time;
		this.now = time;
		for (const level of this.levels) {
			level.begin(time);
		}
	}

	private old(at: number): number {
		this.late++;
		const [finest] = this.levels;
		this.tooOld = at < finest.first * finest.window ? this.tooOld + 1 : 0;
		if (this.tooOld >= setBackAfter) {
			this.setBacks++;
			this.tooOld = 0;
			this.sums.fill(0);
			this.wasSetBack();
			this.begin(at);
			return at;
		}

		return this.now;
	}

	protected count(column: number): void {
		this.sums[column]++;
	}

	/** The clock was set back: all that is known begins anew. */
	protected abstract wasSetBack(): void;
}

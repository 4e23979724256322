import {columnCount} from './meter-columns.js';

/** Nothing is known of num_free. */
export const unknownFree = -1;

/**
The last windows of one length, in fixed memory: what the sums stood at when each ended,
and the least num_free of the control queue in it. Windows are numbered by their time.
*/
export class WindowLevel {
	/** ns. */
	readonly window: number;
	/** Number of the first window that was ever closed, and of the one after the last. */
	start = 0;
	end = 0;
	/** Least num_free in the window that is open. */
	least = unknownFree;
	private readonly capacity: number;
	/**
	By column, from when it is first more than 0: a recording seldom has both queues and waits.
	*/
	private readonly columns: Array<Float64Array | null> = Array.from({length: columnCount}, () => null);
	private readonly leasts: Int32Array;

	constructor(window: number, capacity: number) {
		this.window = window;
		this.capacity = capacity;
		this.leasts = new Int32Array(capacity);
	}

	/** First window that is kept with the one before it. */
	get first(): number {
		return Math.max(this.start, this.end - this.capacity + 1);
	}

	/** Begins at a time; forgets all. */
	begin(time: number): void {
		this.start = Math.floor(time / this.window);
		this.end = this.start;
		this.least = unknownFree;
	}

	see(numFree: number): void {
		this.least = this.least === unknownFree ? numFree : Math.min(this.least, numFree);
	}

	/**
	Closes the windows that end at or before `time`. The sums stood at `sums` at `now` and have
	grown by `slopes` a ns since; `numFree` is what it is now.
	*/
	advance(time: number, now: number, sums: Float64Array, slopes: Float64Array, numFree: number): void {
		if (time < (this.end + 1) * this.window) {
			return;
		}

		const last = Math.floor(time / this.window);
		// After a long silence only the windows that will be kept are written.
		if (last - this.end > this.capacity) {
			this.end = last - this.capacity;
			this.least = numFree;
		}

		for (; this.end < last; this.end++) {
			const elapsed = (this.end + 1) * this.window - now;
			const slot = this.end % this.capacity;
			for (let i = 0; i < columnCount; i++) {
				const value = slopes[i] === 0 ? sums[i] : sums[i] + slopes[i] * elapsed;
				let column = this.columns[i];
				if (column === null && value !== 0) {
					column = new Float64Array(this.capacity);
					this.columns[i] = column;
				}

				if (column !== null) {
					column[slot] = value;
				}
			}

			this.leasts[slot] = this.least;
			this.least = numFree;
		}
	}

	/** What a sum stood at when the window before `index` ended; `current` beyond the last one. */
	before(index: number, column: number, current: Float64Array): number {
		if (index <= this.start) {
			return 0;
		}

		return index > this.end ? current[column] : (this.columns[column]?.[(index - 1) % this.capacity] ?? 0);
	}

	/**
	Least num_free over the windows [from, to); the open one counts when `to` lies beyond the last.
	*/
	leastOf(from: number, to: number): number {
		let least = to > this.end ? this.least : unknownFree;
		for (let i = Math.max(from, this.first); i < Math.min(to, this.end); i++) {
			const value = this.leasts[i % this.capacity];
			least = value === unknownFree ? least : least === unknownFree ? value : Math.min(least, value);
		}

		return least;
	}
}

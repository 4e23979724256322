import {assemble, evaluate} from './assemble.js';
import {History, type WrittenRows} from './history.js';
import {type Figure, type Metrics} from './metrics.js';
import {metricOf} from './metric-table.js';
import {type RunFacts} from './run-facts.js';
import {type Extremes, RunReading} from './run-reading.js';

const extremeFields = 6;

/**
The last complete windows of a run: what the counters stood at when each ended, in bounded
memory. A window holds the events of [start, end) and the parts of intervals that lie in it.
*/
export class WindowSeries {
	/** Length of a window, ns. */
	readonly window: number;
	private readonly facts: RunFacts;
	private readonly capacity: number;
	/**
	By window: what the counters stood at when it ended, then the extremes of the rings in it.
	*/
	private readonly rows: History;
	/** The row of the window that is being closed. */
	private readonly row: Float64Array;

	constructor(facts: RunFacts, window: number, capacity: number) {
		this.facts = facts;
		this.window = window;
		this.capacity = capacity;
		this.row = new Float64Array(facts.layout.length + extremeFields);
		this.rows = new History(this.row.length, capacity);
	}

	/** Number of the window after the last complete one; the first of the run is 0. */
	get end(): number {
		return this.rows.end;
	}

	/** Number of the oldest window kept (its predecessor's row is needed to tell what grew). */
	get first(): number {
		return this.rows.start === 0 && this.end < this.capacity ? 0 : this.rows.start + 1;
	}

	/** Bytes of memory. */
	get bytes(): number {
		return this.rows.bytes;
	}

	/** Start of a window, ns. */
	startOf(index: number): number {
		return index * this.window;
	}

	/** The window that holds this time. */
	indexAt(time: number): number {
		return Math.floor(time / this.window);
	}

	/** Closes the next window with what the counters stand at. */
	close(counters: Float64Array, control: Extremes, cursor: Extremes): void {
		const {row} = this;
		row.set(counters);
		const at = counters.length;
		row[at] = control.minFree;
		row[at + 1] = control.maxFree;
		row[at + 2] = control.maxInFlight;
		row[at + 3] = cursor.minFree;
		row[at + 4] = cursor.maxFree;
		row[at + 5] = cursor.maxInFlight;
		this.rows.append(row);
	}

	/** Takes back the windows from `end` on: the run goes on from there. */
	rewind(end: number): void {
		this.rows.rewind(end);
	}

	/** Takes over the windows of another run of the same plan, which both share from then on. */
	share(other: WindowSeries): void {
		this.rows.share(other.rows);
	}

	/** The windows that are kept, as plain data. */
	memory(): WrittenRows {
		return this.rows.written();
	}

	/** Has the windows of another run of the same plan. */
	recall(rows: WrittenRows): void {
		this.rows.recall(rows);
	}

	/** All metrics over the windows [from, to), which must be kept. Percentiles are null. */
	metrics(from: number, to: number): Metrics {
		return assemble(this.facts.plan, this.reading(from, to)) as Metrics;
	}

	/**
	The metric at a path over the windows [from, to), in JSON units;
	null where nothing was measured.

	@throws when no run has such a metric: a path is written by the program, not by a user.
	*/
	value(path: string, from: number, to: number): Figure {
		const planned = this.facts.plan.at(path);
		if (planned === undefined && metricOf(path) === undefined) {
			throw new Error(`there is no metric ${path}`);
		}

		return planned === undefined ? null : evaluate(planned, this.reading(from, to));
	}

	private reading(from: number, to: number): RunReading {
		return new RunReading({
			facts: this.facts,
			duration: (to - from) * this.window,
			grown: place => this.grown(place, from, to),
			extremes: queue => this.extremesOf(from, to, queue === 0 ? 0 : extremeFields / 2),
			distributions: null,
		});
	}

	private grown(counter: number, from: number, to: number): number {
		return this.rows.value(to - 1, counter) - (from === 0 ? 0 : this.rows.value(from - 1, counter));
	}

	private extremesOf(from: number, to: number, field: number): Extremes {
		let minFree = Infinity;
		let maxFree = 0;
		let maxInFlight = 0;
		const at = this.facts.layout.length + field;
		for (let i = from; i < to; i++) {
			minFree = Math.min(minFree, this.rows.value(i, at));
			maxFree = Math.max(maxFree, this.rows.value(i, at + 1));
			maxInFlight = Math.max(maxInFlight, this.rows.value(i, at + 2));
		}

		return {minFree, maxFree, maxInFlight};
	}
}

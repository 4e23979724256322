import {assembleMetrics, type Extremes} from './assemble.js';
import {queueCounter} from './counters.js';
import {type Metrics} from './metrics.js';
import {type RunFacts} from './run-facts.js';

const extremeFields = 6;

/**
The last complete windows of a run: what the counters stood at when each ended, in fixed
memory. A window holds the events of [start, end) and the parts of intervals that lie in it.
*/
export class WindowSeries {
	/** Length of a window, ns. */
	readonly window: number;
	/** Number of the window after the last complete one; the first of the run is 0. */
	end = 0;
	private readonly facts: RunFacts;
	private readonly capacity: number;
	private readonly rows: Float64Array;
	private readonly extremes: Float64Array;
	private readonly scratch: Float64Array;

	constructor(facts: RunFacts, window: number, capacity: number) {
		this.facts = facts;
		this.window = window;
		this.capacity = capacity;
		this.rows = new Float64Array(facts.layout.length * capacity);
		this.extremes = new Float64Array(extremeFields * capacity);
		this.scratch = new Float64Array(facts.layout.length);
	}

	/** Number of the oldest window kept (its predecessor's row is needed to tell what grew). */
	get first(): number {
		return this.end < this.capacity ? 0 : this.end - this.capacity + 1;
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
		const slot = this.end % this.capacity;
		this.rows.set(counters, slot * counters.length);
		const at = slot * extremeFields;
		this.extremes[at] = control.minFree;
		this.extremes[at + 1] = control.maxFree;
		this.extremes[at + 2] = control.maxInFlight;
		this.extremes[at + 3] = cursor.minFree;
		this.extremes[at + 4] = cursor.maxFree;
		this.extremes[at + 5] = cursor.maxInFlight;
		this.end++;
	}

	/** All metrics over the windows [from, to), which must be kept. Percentiles are null. */
	metrics(from: number, to: number): Metrics {
		const {length} = this.facts.layout;
		for (let i = 0; i < length; i++) {
			this.scratch[i] = this.grown(i, from, to);
		}

		return assembleMetrics(this.facts, this.scratch, (to - from) * this.window, [this.extremesOf(from, to, 0), this.extremesOf(from, to, 3)], null);
	}

	/** The metric at a path over the windows [from, to), in JSON units; null where nothing was measured. */
	value(path: string, from: number, to: number): number | null {
		const duration = (to - from) * this.window;
		switch (path) {
			case 'throughput.completed': {
				return this.grown(queueCounter.completed, from, to) * 1e9 / duration;
			}

			case 'lock.contentionShare': {
				return this.grown(queueCounter.contention, from, to) / duration;
			}

			case 'irqs.perSecond': {
				return this.grown(queueCounter.irqs, from, to) * 1e9 / duration;
			}

			case 'kicks.perSecond': {
				return this.grown(queueCounter.kicks, from, to) * 1e9 / duration;
			}

			case 'ring.numFree.mean': {
				return this.grown(queueCounter.freeIntegral, from, to) / duration;
			}

			case 'lock.spin.worker': {
				return this.grown(queueCounter.spinWorker, from, to) * 1000 / duration;
			}

			case 'lock.spin.submitter': {
				return this.grown(queueCounter.spinSubmitter, from, to) * 1000 / duration;
			}

			case 'latency.mean': {
				const count = this.grown(queueCounter.latencies, from, to);
				return count === 0 ? null : this.grown(queueCounter.latency, from, to) / count / 1000;
			}

			default: {
				throw new Error(`windows have no ${path}`);
			}
		}
	}

	private grown(counter: number, from: number, to: number): number {
		const {length} = this.facts.layout;
		const before = from === 0 ? 0 : this.rows[((from - 1) % this.capacity) * length + counter];
		return this.rows[((to - 1) % this.capacity) * length + counter] - before;
	}

	private extremesOf(from: number, to: number, field: number): Extremes {
		let minFree = Infinity;
		let maxFree = 0;
		let maxInFlight = 0;
		for (let i = from; i < to; i++) {
			const at = (i % this.capacity) * extremeFields + field;
			minFree = Math.min(minFree, this.extremes[at]);
			maxFree = Math.max(maxFree, this.extremes[at + 1]);
			maxInFlight = Math.max(maxInFlight, this.extremes[at + 2]);
		}

		return {minFree, maxFree, maxInFlight};
	}
}

import {bucketOf, bucketTop} from '../engine/histogram.js';
import {type Simulation} from '../simulation/simulation.js';
import {type Instrument, type Observer} from '../tracepoints/observer.js';
import {History, type WrittenRows} from './history.js';
import {type Recorder} from './recorder.js';

/** Length of a row, ns, and how many are kept. */
export const heatRow = 10_000_000;
const rowsKept = 1024;

/** A bin is a quarter of an octave: so many buckets of a histogram. The first ends at 1.28 us. */
const bucketsOfBin = 32;
const firstBin = 16;
const bins = 96;

type Image = {readonly rows: number; readonly counts: Float64Array};

/** The bin of a life, ns. */
function binOf(life: number): number {
	return Math.max(0, Math.min(bins - 1, Math.floor(bucketOf(life) / bucketsOfBin) - firstBin));
}

/** The longest life of a bin, ns. */
export function binTop(bin: number): number {
	return bucketTop((bin + firstBin + 1) * bucketsOfBin - 1);
}

/**
How many commands of the control queue took how long, by when they were answered, in bounded memory:
what the counts stood at when each 10 ms ended. Attach it behind the recorder, which cuts each life.
*/
export class LifeHeat implements Instrument {
	readonly observers: readonly Observer[];
	private readonly counts = new Float64Array(bins);
	private readonly rows = new History(bins, rowsKept);

	constructor({state: {pool}}: Simulation, {commands}: Recorder) {
		this.observers = [
			{
				responded: (time, _thread, command) => {
					if (pool.queue[command] === 0) {
						this.advance(time);
						this.counts[binOf(commands.lastLatency)]++;
					}
				},
			},
		];
	}

	/** Closes the rows that end at or before `time`, ns. */
	advance(time: number): void {
		while (time >= (this.rows.end + 1) * heatRow) {
			this.rows.append(this.counts);
		}
	}

	/**
	Commands by bin that were answered in the rows [from, to), which are numbered from the start
	of the run on; undefined where they are not kept.
	*/
	counted(from: number, to: number): Float64Array | undefined {
		const {rows} = this;
		const oldest = rows.start === 0 ? 0 : rows.start + 1;
		if (from < oldest || to > rows.end || to <= from) {
			return undefined;
		}

		return Float64Array.from(
			{length: bins},
			(_, bin) => rows.value(to - 1, bin) - (from === 0 ? 0 : rows.value(from - 1, bin)),
		);
	}

	image(): Image {
		return {rows: this.rows.end, counts: this.counts.slice()};
	}

	restore({rows, counts}: Image): void {
		this.counts.set(counts);
		this.rows.rewind(rows);
	}

	/** Its rows. */
	memory(): WrittenRows {
		return this.rows.written();
	}

	recall(rows: WrittenRows): void {
		this.rows.recall(rows);
	}

	share({rows}: LifeHeat): void {
		this.rows.share(rows);
	}
}

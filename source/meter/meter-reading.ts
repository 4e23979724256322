import {type Histogram} from '../engine/histogram.js';
import {type Readable} from '../metrics/assemble.js';
import {type Planned} from '../metrics/metric-plan.js';
import {type ExtremeName, type HistogramName, type Reading} from '../metrics/source.js';
import {columnOf, type LockColumn, type QueueColumn, queueColumn} from './meter-columns.js';
import {type RecordingMeter} from './recording-meter.js';
import {type Stretch} from './stretch.js';
import {unknownFree} from './window-level.js';

/** What a recording must show for a counter; those that are not named here need nothing. */
const shownBy: Readonly<Partial<Record<QueueColumn | LockColumn, keyof RecordingMeter['shows']>>> = {
	kicks: 'kicks',
	irqs: 'irqs',
	workerRuns: 'runs',
	freeIntegral: 'numFree',
	spinWorker: 'waits',
	spinSubmitter: 'waits',
	contention: 'waits',
	contended: 'waits',
	workerOnNotify: 'waits',
	workerOther: 'waits',
	submitterOnNotify: 'waits',
	submitterOther: 'waits',
};

const shown: ReadonlyMap<string, keyof RecordingMeter['shows']> = new Map(Object.entries(shownBy));

/**
A stretch of a recording as the metrics of a run read it; what was not recorded is null there.
*/
export class MeterReading implements Reading, Readable {
	readonly duration: number;
	readonly member: number = 0;
	readonly vcpus: number = 0;
	readonly unfinished: number = 0;
	private queue: 0 | 1 = 0;
	private readonly meter: RecordingMeter;
	private readonly stretch: Stretch;
	/** From publication to response, by queue; without them there is only a mean. */
	private readonly traced: readonly [Histogram, Histogram] | undefined;

	constructor(meter: RecordingMeter, stretch: Stretch, traced?: readonly [Histogram, Histogram]) {
		this.meter = meter;
		this.stretch = stretch;
		this.traced = traced;
		this.duration = stretch.duration;
	}

	of({queue}: Planned): Reading {
		this.queue = queue;
		return this;
	}

	shows({queue, row: {from}}: Planned): boolean {
		const needs = from.needs ?? [];
		return (
			from.counters.length + needs.length > 0 &&
			needs.every(
				need =>
					need === 'traced' || (need === 'minFree' && queue === 0 && this.stretch.least() !== unknownFree),
			) &&
			from.counters.every(({name}) => {
				const event = shown.get(name);
				return columnOf(name, queue) !== undefined && (event === undefined || this.meter.shows[event]);
			})
		);
	}

	grown(counter: string): number {
		const column = columnOf(counter, this.queue);
		return column === undefined ? 0 : this.stretch.grown(column);
	}

	/** num_free is not known before it is seen. Before there is any time, nothing is in flight. */
	span(counter: string): number {
		return counter === 'freeIntegral'
			? this.stretch.grown(queueColumn(this.queue, 'freeTime'))
			: Math.max(1, this.duration);
	}

	has(): boolean {
		return false;
	}

	histogram(_name: HistogramName): ReturnType<Reading['histogram']> {
		if (this.traced !== undefined) {
			return this.traced[this.queue];
		}

		const count = this.grown('completed');
		return {
			count,
			mean: count === 0 ? null : this.grown('traced') / count,
			max: null,
			quantile: () => null,
		};
	}

	extreme(_name: ExtremeName): number {
		return this.stretch.least();
	}

	tail(): null {
		return null;
	}

	longest(): ReturnType<Reading['longest']> {
		return {at: 0, length: 0};
	}
}

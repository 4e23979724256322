import {Histogram} from '../engine/histogram.js';
import {evaluate} from '../metrics/assemble.js';
import {type Figure} from '../metrics/figure.js';
import {MetricPlan} from '../metrics/metric-plan.js';
import {type MetricPath} from '../metrics/metric-table.js';
import {stageNames} from './command-ring.js';
import {queueColumn} from './meter-columns.js';
import {MeterReading} from './meter-reading.js';
import {type RecordingMeter} from './recording-meter.js';
import {Stretch} from './stretch.js';

/** The metrics that a recording may have: those of a run of any guest. */
const plan = new MetricPlan({vcpus: 0, paced: [], hasCursor: true});

export type LatencyFigures = {
	readonly count: number;
	/** us; percentiles nearest rank, at most 1 % too large. */
	readonly mean: number | null;
	readonly p50: number | null;
	readonly p90: number | null;
	readonly p99: number | null;
	readonly max: number | null;
};

/** What a stretch of a recording shows. */
export type RecordingFigures = {
	/** ns. */
	readonly from: number;
	readonly to: number;
	/**
	The metric at a path of a run's; null: the recording does not show it. Waits for
	the lock count those that halt.
	*/
	readonly at: (path: MetricPath) => Figure;
	/**
	Of each queue: the largest num_free that was seen (0: none), and commands a
	second after which no slot was free.
	*/
	readonly sizes: readonly [number, number];
	readonly filled: readonly [Figure, Figure];
	/** From publication to response, control queue; cursor when there is no other. */
	readonly latency: LatencyFigures;
	readonly histogram: Histogram;
	readonly stages: ReadonlyArray<{readonly name: string; readonly mean: number; readonly share: number}>;
	readonly groups: ReadonlyArray<LatencyFigures & {readonly type: number; readonly share: number}>;
};

/**
A column of which less than this share was recorded has no value: a rate over a moment says nothing.
*/
const leastCovered = 0.5;

/**
The metric at a path over [from, to) (ns), for a line; null where
nothing, or too little, was recorded.
*/
export function recordingValue(meter: RecordingMeter, path: string, from: number, to: number): Figure {
	const stretch = new Stretch(meter, from, to);
	const planned = plan.at(path);
	return planned === undefined || stretch.duration < leastCovered * (to - from)
		? null
		: evaluate(planned, new MeterReading(meter, stretch));
}

function latencyFigures(histogram: Histogram): LatencyFigures {
	const micros = (value: number | null): number | null => (value === null ? null : value / 1000);
	return {
		count: histogram.count,
		mean: micros(histogram.mean),
		p50: micros(histogram.quantile(0.5)),
		p90: micros(histogram.quantile(0.9)),
		p99: micros(histogram.quantile(0.99)),
		max: histogram.count === 0 ? null : micros(histogram.max),
	};
}

/**
All figures over [from, to) (ns), which are multiples of a level's
window or the ends of the recording.
*/
export function recordingFigures(meter: RecordingMeter, from: number, to: number): RecordingFigures {
	const stretch = new Stretch(meter, from, to);
	const {commands, shows} = meter;
	const histograms: readonly [Histogram, Histogram] = [new Histogram(), new Histogram()];
	const byType = new Map<number, Histogram>();
	const sums = stageNames.map(() => 0);
	const first = commands.indexAt(from);
	const end = to > meter.now ? commands.end : commands.indexAt(to);
	for (let i = first; i < end; i++) {
		histograms[commands.queue(i)].add(commands.latency(i));
	}

	const queue = histograms[0].count > 0 || histograms[1].count === 0 ? 0 : 1;
	const histogram = histograms[queue];
	for (let i = first; i < end; i++) {
		if (commands.queue(i) === queue) {
			const own = byType.get(commands.type(i)) ?? new Histogram();
			byType.set(commands.type(i), own);
			own.add(commands.latency(i));
			for (let stage = 0; stage < sums.length; stage++) {
				sums[stage] += commands.stage(i, stage);
			}
		}
	}

	const reading = new MeterReading(meter, stretch, histograms);
	const metrics = new Map(
		plan.entries
			.filter(planned => reading.shows(planned))
			.map(planned => [planned.path, evaluate(planned, reading)]),
	);
	const filled = (of: number): Figure => (shows.numFree ? stretch.rate(queueColumn(of, 'filled')) : null);
	return {
		from,
		to: Math.min(to, meter.now),
		at: path => metrics.get(path) ?? null,
		sizes: [meter.sizes[0], meter.sizes[1]],
		filled: [filled(0), filled(1)],
		latency: latencyFigures(histogram),
		histogram,
		stages: stageNames.map((name, index) => ({
			name,
			mean: histogram.count === 0 ? 0 : sums[index] / histogram.count / 1000,
			share: histogram.sum === 0 ? 0 : sums[index] / histogram.sum,
		})),
		groups: Array.from(byType, ([type, own]) => ({
			...latencyFigures(own),
			type,
			share: own.count / histogram.count,
		})).toSorted((a, b) => b.count - a.count || a.type - b.type),
	};
}

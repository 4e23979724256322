import {Histogram} from '../engine/histogram.js';
import {stageNames} from './command-ring.js';
import {
	queueColumn, type QueueColumn, sharedColumn, type SharedColumn,
} from './meter-columns.js';
import {type RecordingMeter} from './recording-meter.js';
import {unknownFree, type WindowLevel} from './window-level.js';

/** Lines of the charts. Rates per second, latency in us, waits in ms per second. */
export type RecordingColumn = 'queued' | 'responses' | 'doorbells' | 'irqs' | 'numFree' | 'inFlight' | 'latency' | 'waitWorker' | 'waitSubmitter' | 'waits';

export type QueueFigures = {
	/** Largest num_free that was seen; 0 when there is none. */
	readonly size: number;
	/** Time-weighted mean, over the time in which it is known. */
	readonly free: number | null;
	readonly inFlight: number;
	/** Per second. */
	readonly queued: number;
	readonly responded: number;
	readonly kicks: number | null;
	readonly irqs: number | null;
	readonly kicksPerCommand: number | null;
	readonly irqsPerCommand: number | null;
	/** Commands after which no slot was free, per second. */
	readonly full: number | null;
};

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
	readonly queues: readonly [QueueFigures, QueueFigures];
	/** Least num_free of the control queue; null when it is not known. */
	readonly leastFree: number | null;
	/** From publication to response, control queue; cursor when there is no other. */
	readonly latency: LatencyFigures;
	readonly histogram: Histogram;
	readonly stages: ReadonlyArray<{readonly name: string; readonly mean: number; readonly share: number}>;
	readonly groups: ReadonlyArray<LatencyFigures & {readonly type: number; readonly share: number}>;
	/** Null when the recording shows no waits. */
	readonly lock: {
		/** ms/s, waits a second, share of time in which someone waits. */
		readonly worker: number;
		readonly submitter: number;
		readonly waits: number;
		readonly onNotify: number;
		readonly share: number;
	} | null;
};

/** A stretch of a meter's time in whole windows of a level, cut to what was recorded. */
class Stretch {
	readonly fromIndex: number;
	readonly toIndex: number;
	/** ns that are covered. */
	readonly duration: number;
	private readonly meter: RecordingMeter;
	private readonly level: WindowLevel;

	/** `from` and `to` (ns) are multiples of a level's window, or lie outside of what was recorded. */
	constructor(meter: RecordingMeter, from: number, to: number) {
		const inside = [...(from > meter.start ? [from] : []), ...(to > meter.now ? [] : [to])];
		const level = meter.levelFor(...inside);
		this.meter = meter;
		this.level = level;
		this.fromIndex = Math.max(level.first, from > meter.start ? Math.round(from / level.window) : level.start);
		this.toIndex = Math.max(this.fromIndex, to > meter.now ? level.end + 1 : Math.round(to / level.window));
		const begin = Math.max(this.fromIndex * level.window, meter.start);
		this.duration = Math.max(0, Math.min(this.toIndex * level.window, meter.now) - begin);
	}

	grown(column: number): number {
		const {level, fromIndex, toIndex} = this;
		const {sums} = this.meter;
		return level.before(toIndex, column, sums) - level.before(fromIndex, column, sums);
	}

	rate(column: number): number {
		return this.duration === 0 ? 0 : this.grown(column) * 1e9 / this.duration;
	}

	/** Mean of an integral over the stretch. */
	mean(column: number): number {
		return this.duration === 0 ? 0 : this.grown(column) / this.duration;
	}

	least(): number {
		return this.level.leastOf(this.fromIndex, this.toIndex);
	}
}

function ratio(a: number, b: number): number | null {
	return b === 0 ? null : a / b;
}

/** A column of which less than this share was recorded has no value: a rate over a moment says nothing. */
const leastCovered = 0.5;

/** One line of a chart over [from, to) (ns); null where nothing, or too little, was recorded. */
export function recordingValue(meter: RecordingMeter, column: RecordingColumn, from: number, to: number): number | null {
	const stretch = new Stretch(meter, from, to);
	if (stretch.duration < leastCovered * (to - from)) {
		return null;
	}

	const ofQueue = (name: QueueColumn): number => queueColumn(0, name);
	const milliseconds = (name: SharedColumn): number | null => meter.shows.waits ? stretch.mean(sharedColumn(name)) * 1000 : null;
	switch (column) {
		case 'queued': {
			return stretch.rate(ofQueue('queued'));
		}

		case 'responses': {
			return stretch.rate(ofQueue('responded'));
		}

		case 'doorbells': {
			return meter.shows.kicks ? stretch.rate(ofQueue('kicks')) : null;
		}

		case 'irqs': {
			return meter.shows.irqs ? stretch.rate(ofQueue('irqs')) : null;
		}

		case 'numFree': {
			return ratio(stretch.grown(ofQueue('free')), stretch.grown(ofQueue('freeTime')));
		}

		case 'inFlight': {
			return stretch.mean(ofQueue('inFlight'));
		}

		case 'latency': {
			const mean = ratio(stretch.grown(ofQueue('latency')), stretch.grown(ofQueue('responded')));
			return mean === null ? null : mean / 1000;
		}

		case 'waitWorker': {
			return milliseconds('waitWorker');
		}

		case 'waitSubmitter': {
			return milliseconds('waitSubmitter');
		}

		case 'waits': {
			const worker = milliseconds('waitWorker');
			const submitter = milliseconds('waitSubmitter');
			return worker === null || submitter === null ? null : worker + submitter;
		}
	}
}

function queueFigures(meter: RecordingMeter, stretch: Stretch, queue: number): QueueFigures {
	const grown = (name: QueueColumn): number => stretch.grown(queueColumn(queue, name));
	const rate = (name: QueueColumn): number => stretch.rate(queueColumn(queue, name));
	const {shows, sizes} = meter;
	return {
		size: sizes[queue],
		free: ratio(grown('free'), grown('freeTime')),
		inFlight: stretch.mean(queueColumn(queue, 'inFlight')),
		queued: rate('queued'),
		responded: rate('responded'),
		kicks: shows.kicks ? rate('kicks') : null,
		irqs: shows.irqs ? rate('irqs') : null,
		kicksPerCommand: shows.kicks ? ratio(grown('kicks'), grown('queued')) : null,
		irqsPerCommand: shows.irqs ? ratio(grown('irqs'), grown('responded')) : null,
		full: shows.numFree ? rate('full') : null,
	};
}

function latencyFigures(histogram: Histogram): LatencyFigures {
	const micros = (value: number | null): number | null => value === null ? null : value / 1000;
	return {
		count: histogram.count,
		mean: micros(histogram.mean),
		p50: micros(histogram.quantile(0.5)),
		p90: micros(histogram.quantile(0.9)),
		p99: micros(histogram.quantile(0.99)),
		max: histogram.count === 0 ? null : micros(histogram.max),
	};
}

/** All figures over [from, to) (ns), which are multiples of a level's window or the ends of the recording. */
export function recordingFigures(meter: RecordingMeter, from: number, to: number): RecordingFigures {
	const stretch = new Stretch(meter, from, to);
	const {commands, shows} = meter;
	const histograms = [new Histogram(), new Histogram()];
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

	const least = stretch.least();
	const perMillisecond = (name: SharedColumn): number => stretch.mean(sharedColumn(name)) * 1000;
	return {
		from,
		to: Math.min(to, meter.now),
		queues: [queueFigures(meter, stretch, 0), queueFigures(meter, stretch, 1)],
		leastFree: least === unknownFree ? null : least,
		latency: latencyFigures(histogram),
		histogram,
		stages: stageNames.map((name, index) => ({
			name, mean: histogram.count === 0 ? 0 : sums[index] / histogram.count / 1000, share: histogram.sum === 0 ? 0 : sums[index] / histogram.sum,
		})),
		groups: Array.from(byType, ([type, own]) => ({...latencyFigures(own), type, share: own.count / histogram.count})).toSorted((a, b) => b.count - a.count || a.type - b.type),
		lock: shows.waits
			? {
				worker: perMillisecond('waitWorker'),
				submitter: perMillisecond('waitSubmitter'),
				waits: stretch.rate(sharedColumn('waits')),
				onNotify: stretch.rate(sharedColumn('waitsOnNotify')),
				share: stretch.mean(sharedColumn('waiting')),
			}
			: null,
	};
}

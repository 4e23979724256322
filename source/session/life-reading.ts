import {bucketOf, bucketTop, type Histogram} from '../engine/histogram.js';
import {type GroupAxis, groupAxes, type LifeGroup, type LifeGroups} from '../metrics/life-groups.js';
import {type Metrics} from '../metrics/metrics.js';
import {type Recorder} from '../metrics/recorder.js';
import {stages as stageTable} from '../metrics/stage-table.js';
import {sampleOf} from '../statistics/sample.js';

/** A histogram (ns) as it was at a moment, in as many buckets as it uses. */
export class KeptSpread {
	readonly count: number;
	readonly max: number;
	private readonly counts: Float64Array;

	constructor(histogram: Histogram) {
		this.count = histogram.count;
		this.max = histogram.max;
		this.counts = Float64Array.from({length: histogram.bucketEnd}, (_, bucket) => histogram.countOf(bucket));
	}

	get bucketEnd(): number {
		return this.counts.length;
	}

	countOf(bucket: number): number {
		return this.counts[bucket];
	}

	/** Nearest rank, ns, at most 1 % too large; null when it is empty. */
	quantile(q: number): number | null {
		let left = Math.max(1, Math.ceil(q * this.count));
		for (const [bucket, count] of this.counts.entries()) {
			left -= count;
			if (left <= 0) {
				return Math.min(this.max, bucketTop(bucket));
			}
		}

		return null;
	}

	/** Of single values, ns²; of buckets by their largest value. */
	get variance(): number {
		let [sum, squares] = [0, 0];
		for (const [bucket, count] of this.counts.entries()) {
			const value = bucketTop(bucket);
			sum += count * value;
			squares += count * value * value;
		}

		return this.count === 0 ? 0 : Math.max(0, squares / this.count - (sum / this.count) ** 2);
	}
}

/** A stage of a command's life: means in us. */
export type LifeStage = {
	readonly name: string;
	readonly mean: number;
	/** Over the slowest 1 %, and over the longest command. */
	readonly tail: number;
	readonly longest: number;
};

/**
Lives of the commands of the control queue since the last change. Times in us, rates a second.
*/
export type LifeReading = {
	readonly spread: KeptSpread;
	/**
	So many independent commands say as much: those that follow each
	other are alike. 0: not known yet.
	*/
	readonly independent: number;
	readonly mean: number | null;
	readonly p50: number | null;
	readonly p90: number | null;
	readonly p99: number | null;
	readonly p999: number | null;
	readonly max: number | null;
	/** Commands without a response that the percentiles and `max` count with their ages. */
	readonly unfinished: number;
	/** Of the commands that ended; `max` also counts the ages of those that have not. */
	readonly longest: number;
	/** From publication to response. */
	readonly traced: {readonly mean: number | null; readonly p50: number | null};
	readonly asked: number | null;
	readonly completed: number | null;
	readonly inFlight: number | null;
	readonly stages: readonly LifeStage[];
	/** By what can be told apart, of both queues: kinds with a command that was answered. */
	readonly groups: Readonly<Record<GroupAxis, readonly LifeGroup[]>>;
};

/** Values over equal slices that the number of independent commands needs. */
const leastSlices = 5;

/**
How many independent values a mean as steady as this would need: the variance of single values over
that of the means of `slices` (us), which is larger the more neighbours are alike.
*/
export function independentValues(spread: KeptSpread, slices: readonly number[]): number {
	if (slices.length < leastSlices) {
		return 0;
	}

	const ofMeans = sampleOf(slices).deviation ** 2 * 1e6;
	return ofMeans === 0 ? spread.count : Math.min(spread.count, (spread.variance * slices.length) / ofMeans);
}

/**
Lives as they are now. `since`: all metrics since the last cut; `slices`:
`latency.mean` over equal slices of it.
*/
export function lifeReading(
	recorder: Recorder,
	groups: LifeGroups,
	since: Metrics,
	slices: readonly number[],
): LifeReading {
	const {commands, duration} = recorder;
	const {latency, ring, throughput} = since;
	const spread = new KeptSpread(commands.atEnd(0, recorder.since + duration, duration).ages);
	const [ended] = commands.latency;
	const row = bucketOf(ended.max);
	const alike = Math.max(1, ended.countOf(row));
	return {
		spread,
		independent: independentValues(spread, slices),
		mean: latency.mean,
		p50: latency.p50,
		p90: latency.p90,
		p99: latency.p99,
		p999: latency.p999,
		max: latency.max,
		unfinished: latency.unfinished ?? 0,
		longest: ended.max / 1000,
		traced: {mean: latency.traced.mean, p50: latency.traced.p50},
		asked: throughput.asked,
		completed: throughput.completed,
		inFlight: ring.inFlight.mean,
		stages: stageTable.map(({name}, index) => ({
			name,
			mean: latency.stages[name].mean ?? 0,
			tail: latency.stages[name].tail ?? 0,
			longest: commands.stagesByBucket[0].sum(row, index) / alike / 1000,
		})),
		groups: Object.fromEntries(groupAxes.map(axis => [axis, groups.groups(axis)])) as LifeReading['groups'],
	};
}

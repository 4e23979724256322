import {binAt} from '../experiment/compare/margin.js';
import {metricPaths} from '../metrics/metric-path.js';
import {halfWidth} from '../statistics/interval.js';
import {sampleOf} from '../statistics/sample.js';
import {type RunReport, type WrittenValue} from './run-report.js';

/** A metric over runs that differ in their seed: mean and its 95 % interval (Student's t). */
export type Estimate = {readonly mean: number; readonly low: number; readonly high: number; readonly runs: number};

/** The headline metrics by path; null where no run has the metric. */
export type Summary = Readonly<Record<string, Estimate | null>>;

/** The stretch of a number in all runs that have it. Times in s. */
export type StretchSummary = {
	/** The earliest start and the latest end: a device reset takes another time in each run. */
	readonly from: number;
	readonly to: number;
	readonly set: Readonly<Record<string, WrittenValue>>;
	/** In some run it has too few commands to be judged. */
	readonly settling: boolean;
	readonly summary: Summary;
};

/** Several runs of one configuration. */
export type RunsReport = {
	readonly runs: readonly RunReport[];
	/** Over the whole measured time. */
	readonly summary: Summary;
	/** None without changes. */
	readonly stretches: readonly StretchSummary[];
};

/** The metrics that stand for a run where there is no room for all, in their order. */
export const headline = [
	'throughput.completed',
	'kicks.perCommand',
	'irqs.perCommand',
	'lock.spin.worker',
	'lock.spin.submitter',
	'lock.contentionShare',
	'ring.numFree.mean',
	'ring.fullWaits',
	'latency.mean',
	'latency.p50',
	'latency.p99',
	'cpu.vcpusBusy',
	'cpu.mainLoop',
] as const;

/**
Puts runs together. A metric that is null in a run counts over the others, and is null without any.
*/
export function summarize(runs: readonly RunReport[]): RunsReport {
	const longest = Math.max(0, ...runs.map(({stretches}) => stretches.length));
	return {
		runs,
		summary: summaryOf(runs.map(({metrics}) => metrics)),
		stretches: Array.from({length: longest}, (_, index) =>
			summarizeStretch(runs.flatMap(({stretches}) => stretches.slice(index, index + 1))),
		),
	};
}

/** One stretch of several runs; a run that ended before it is not counted. */
function summarizeStretch(stretches: RunReport['stretches']): StretchSummary {
	return {
		from: Math.min(...stretches.map(({from}) => from)),
		to: Math.max(...stretches.map(({to}) => to)),
		set: stretches[0].set,
		settling: stretches.some(({settling}) => settling),
		summary: summaryOf(stretches.map(({metrics}) => metrics)),
	};
}

function summaryOf(all: ReadonlyArray<RunReport['metrics']>): Summary {
	const paths = all.map(metrics => metricPaths(metrics));
	return Object.fromEntries(
		headline.map(path => [
			path,
			estimate(
				path,
				paths.map(run => run.get(path) ?? null).filter(value => value !== null),
			),
		]),
	);
}

/**
Mean and interval of the values of a metric in independent runs, in its JSON unit; a percentile's is
wider by half its histogram's bin. The interval of a single value is the value.
*/
export function estimate(path: string, values: readonly number[]): Estimate | null {
	const runs = values.length;
	if (runs === 0) {
		return null;
	}

	const sample = sampleOf(values);
	const {mean} = sample;
	const half = runs === 1 ? 0 : halfWidth(sample, 0.05, 'fixed') + binAt(path, mean) / 2;
	return {
		mean,
		low: mean - half,
		high: mean + half,
		runs,
	};
}

import {type Metrics} from '../metrics/metrics.js';
import {metricAt} from '../metrics/metric-path.js';
import {configurationOf, type Expectation, type MetricExpectation, type Preset} from '../presets/preset.js';
import {formatValue} from '../parameters/value.js';
import {runSimulation} from '../run/run.js';
import {parameter} from '../simulation/parameters/table.js';
import {type GivenParameters} from '../simulation/parameters/resolve.js';
import {judge} from './verdict.js';

const comparisons: Readonly<Record<MetricExpectation['op'], (got: number, value: number) => boolean>> = {
	'<': (got, value) => got < value,
	'<=': (got, value) => got <= value,
	'>': (got, value) => got > value,
	'>=': (got, value) => got >= value,
	'==': (got, value) => got === value,
};

/**
Simulated ns of a claim that does not say how long: a figure's, and the shorter ones of a verdict.
*/
const figureTimes = {warmup: 200e6, duration: 2e9} as const;
const verdictTimes = {warmup: 100e6, duration: 200e6} as const;

/** A claim of a preset, looked at. */
export type CheckedClaim = {
	readonly text: string;
	/** What came out: a figure, a ratio, or the id of a finding. */
	readonly got: number | string | null;
	readonly holds: boolean;
};

/** A claim in one line: `latency.p99 with queue.size=256 over as is < 0.9`. */
export function claimText(claim: Expectation): string {
	if ('verdict' in claim) {
		return `verdict ${claim.verdict}`;
	}

	const {metric, against, op, value} = claim;
	const changed = Object.entries(against ?? {}).map(([key, given]) => `${key}=${formatValue(parameter(key), given)}`);
	return `${metric}${changed.length === 0 ? '' : ` with ${changed.join(' ')} over as is`} ${op} ${value}`;
}

/** Runs that were made, so that claims about the same run share it. */
export class ClaimRuns {
	private readonly known = new Map<string, Metrics>();

	/**
	The metrics of a preset with settings. Throws `UserError` for settings that it cannot have.
	*/
	of(
		preset: Preset,
		{seed, duration, settings}: {seed: number; duration: number; settings: GivenParameters},
	): Metrics {
		const key = JSON.stringify([preset.name, settings, seed, duration]);
		const known = this.known.get(key);
		if (known !== undefined) {
			return known;
		}

		const configuration = configurationOf(preset, settings);
		const {metrics} = runSimulation({configuration, seed, warmup: figureTimes.warmup, duration, changes: []});
		this.known.set(key, metrics);
		return metrics;
	}
}

/** Median of the metric over the claim's runs; null where the metric is none. */
function measure(preset: Preset, claim: MetricExpectation, settings: GivenParameters, runs: ClaimRuns): number | null {
	const values = Array.from({length: claim.runs ?? 1}, (_, index) =>
		metricAt(
			runs.of(preset, {seed: (claim.seed ?? 1) + index, duration: claim.for ?? figureTimes.duration, settings}),
			claim.metric,
		),
	);
	return values.every(value => typeof value === 'number')
		? values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
		: null;
}

/** Whether what a preset claims of itself holds, by a run. */
export function checkClaim(preset: Preset, claim: Expectation, runs = new ClaimRuns()): CheckedClaim {
	const text = claimText(claim);
	if ('verdict' in claim) {
		const configuration = configurationOf(preset);
		const duration = claim.for ?? verdictTimes.duration;
		const run = runSimulation({configuration, seed: 1, warmup: verdictTimes.warmup, duration, changes: []});
		const {bottleneck} = judge(run.metrics, configuration, run.stall, run.sleeps);
		return {text, got: bottleneck, holds: bottleneck === claim.verdict};
	}

	const asIs = measure(preset, claim, {}, runs);
	const changed = claim.against === undefined ? null : measure(preset, claim, claim.against, runs);
	const got = claim.against === undefined || asIs === null ? asIs : changed === null ? null : changed / asIs;
	return {text, got, holds: got !== null && comparisons[claim.op](got, claim.value)};
}

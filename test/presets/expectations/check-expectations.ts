import {expect, test} from 'vitest';
import {runSimulation} from '../../../source/run/run.js';
import {type Metrics} from '../../../source/metrics/metrics.js';
import {type GivenParameters} from '../../../source/simulation/parameters/resolve.js';
import {listPresets} from '../../../source/presets/load-preset.js';
import {configurationOf, type MetricExpectation, type Preset} from '../../../source/presets/preset.js';
import {type Theme} from '../../../source/presets/themes.js';
import {metricAt} from '../../../source/metrics/metric-path.js';

const holds: Readonly<Record<MetricExpectation['op'], (got: number, value: number) => boolean>> = {
	'<': (got, value) => got < value,
	'<=': (got, value) => got <= value,
	'>': (got, value) => got > value,
	'>=': (got, value) => got >= value,
	'==': (got, value) => got === value,
};

/** Median of the metric over the expectation's runs. */
function measure(preset: Preset, expectation: MetricExpectation, settings: GivenParameters): number {
	const values = Array.from({length: expectation.runs ?? 1}, (_, index) =>
		figure(metricsOf(preset, expectation, settings, index), expectation.metric),
	);
	return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

const cache = new Map<string, Metrics>();

function metricsOf(preset: Preset, expectation: MetricExpectation, settings: GivenParameters, index: number): Metrics {
	const seed = (expectation.seed ?? 1) + index;
	const duration = expectation.for ?? 2e9;
	const key = JSON.stringify([preset.name, settings, seed, duration]);
	const known = cache.get(key);
	if (known !== undefined) {
		return known;
	}

	const {metrics} = runSimulation({
		configuration: configurationOf(preset, settings),
		seed,
		warmup: 200e6,
		duration,
		changes: [],
	});
	cache.set(key, metrics);
	return metrics;
}

function figure(metrics: Metrics, path: string): number {
	const value = metricAt(metrics, path);
	if (typeof value !== 'number') {
		throw new TypeError(`${path} is ${String(value)}`);
	}

	return value;
}

/** A test for each thing that the presets of these themes expect of themselves. */
export function checkExpectations(...themes: readonly Theme[]): void {
	const cases = listPresets()
		.filter(({theme}) => themes.includes(theme))
		.flatMap(preset =>
			preset.expect
				.filter(expectation => 'metric' in expectation)
				.map(expectation => ({
					preset,
					expectation,
					name: `${preset.name}: ${expectation.metric}${expectation.against === undefined ? '' : ` with ${JSON.stringify(expectation.against)} over as is`} ${expectation.op} ${expectation.value}`,
				})),
		);

	test.each(cases)('$name', ({preset, expectation}) => {
		const asIs = measure(preset, expectation, {});
		const got = expectation.against === undefined ? asIs : measure(preset, expectation, expectation.against) / asIs;
		expect(holds[expectation.op](got, expectation.value), `got ${got}`).toBe(true);
	});
}

import {metricOf} from './metric-table.js';

/** The unit of a metric in JSON, the same in all front ends. */
export type MetricUnit = 'us' | 'ms/s' | 'share' | '/s' | 'count';

/** The unit in which JSON and `--assert` give the metric at `path`. */
export function metricUnit(path: string): MetricUnit {
	const unit = metricOf(path)?.unit ?? '';
	if (unit.startsWith('share')) {
		return 'share';
	}

	return units.get(unit) ?? 'count';
}

/** The words of the table of metrics; all others count something: slots, commands, CPUs. */
const units: ReadonlyMap<string, MetricUnit> = new Map([
	['us', 'us'],
	['ms per second', 'ms/s'],
	['per second', '/s'],
]);

const suffixes: ReadonlyMap<string, readonly [MetricUnit, number]> = new Map<string, readonly [MetricUnit, number]>([
	['ns', ['us', 0.001]],
	['us', ['us', 1]],
	['ms', ['us', 1000]],
	['s', ['us', 1_000_000]],
	['%', ['share', 0.01]],
	['ms/s', ['ms/s', 1]],
	['/s', ['/s', 1]],
	['k/s', ['/s', 1000]],
	['M/s', ['/s', 1_000_000]],
]);

/** The suffixes that a value of this unit may have, for messages: `ns us ms s`. */
export function suffixesOf(unit: MetricUnit): string {
	return [...suffixes]
		.filter(([, [kind]]) => kind === unit)
		.map(([suffix]) => suffix)
		.join(' ');
}

/**
What a number with this suffix is multiplied by to be in `unit`; undefined when it can not be.
*/
export function suffixFactor(suffix: string, unit: MetricUnit): number | undefined {
	const known = suffixes.get(suffix);
	return known?.[0] === unit ? known[1] : undefined;
}

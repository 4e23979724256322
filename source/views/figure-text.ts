import {formatCount, formatDuration, formatPercent, formatPerSecond, formatSlots} from '../charts/format-number.js';
import {metricOf} from '../metrics/metric-table.js';
import {metricUnit, type MetricUnit} from '../metrics/metric-unit.js';
import {type Figure} from '../metrics/metrics.js';

/** A figure without its unit, as its metric is written. */
export function figureText(path: string, value: Figure): string {
	switch (metricUnit(path)) {
		case 'us': {
			return formatDuration(value === null ? null : value * 1000);
		}

		case 'ms/s': {
			return formatPerSecond(value);
		}

		case 'share': {
			return formatPercent(value);
		}

		case '/s':
		case 'count': {
			return metricOf(path)?.unit === 'slots' ? formatSlots(value) : formatCount(value);
		}
	}
}

/** What follows a figure of a unit. */
export const unitTexts: Readonly<Record<MetricUnit, string>> = {
	us: '',
	'ms/s': ' ms/s',
	share: ' of time',
	'/s': ' /s',
	count: '',
};

/** The values of a line as they are drawn: shares in percent. */
export function drawnValues(path: string, values: ReadonlyArray<number | null>): ReadonlyArray<number | null> {
	return metricUnit(path) === 'share' ? values.map(value => (value === null ? null : value * 100)) : values;
}

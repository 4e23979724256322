import {
	formatCount,
	formatDuration,
	formatGrouped,
	formatPercent,
	formatPerSecond,
	formatSlots,
} from '../charts/format-number.js';
import {metricOf} from '../metrics/metric-table.js';
import {metricUnit} from '../metrics/metric-unit.js';
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

/** A figure with what belongs to it, in a sentence. */
export function figureWords(path: string, value: Figure): string {
	const unit = metricUnit(path);
	return metricOf(path)?.unit === 'slots' && value !== null && Number.isInteger(value)
		? formatGrouped(value)
		: `${figureText(path, value)}${unit === 'ms/s' ? ' ms/s' : unit === '/s' ? '/s' : ''}`;
}

import {metricUnit, type MetricUnit} from '../metrics/metric-unit.js';

export {figureText} from '../session/figure-text.js';

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

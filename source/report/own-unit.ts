import {durationUnit, formatCount, formatDuration, formatPerSecond, formatShare} from '../charts/format-number.js';
import {metricUnit} from '../metrics/metric-unit.js';

/** A change of a figure with the ends of its interval, all in the unit of its metric in JSON. */
export type OwnChange = {
	readonly path: string;
	readonly value: number | null;
	readonly low: number | null;
	readonly high: number | null;
};

/**
Whether a change is said as a share of a. Where a is 0 there is none; where b is 0 it is -100 % in
each pair, with an interval of no width, however little is known of the difference.
*/
export function isShareOfA<Row extends {readonly ratio: number | null}>(
	row: Row,
): row is Row & {readonly ratio: number} {
	const {ratio} = row;
	return ratio !== null && ratio !== 0;
}

/** The signed change with its unit: `-82 ms/s`, `+1.6 pt`; the second form is without the unit. */
export function ownChange({path, value}: OwnChange): readonly [string, string] {
	if (value === null) {
		return ['-', '-'];
	}

	const {text, suffix} = scaleOf(path, value);
	const bare = `${value > 0 ? '+' : ''}${text(value)}`;
	return [`${bare}${suffix}`, bare];
}

/** `[-95, -70]`, in the unit of the change; `-` while nothing can be said. */
export function ownInterval({path, value, low, high}: OwnChange): string {
	if (value === null || low === null || high === null) {
		return '-';
	}

	const {text} = scaleOf(path, value);
	return `[${text(low)}, ${text(high)}]`;
}

type Scale = {readonly text: (value: number) => string; readonly suffix: string};

function scaleOf(path: string, size: number): Scale {
	switch (metricUnit(path)) {
		case 'us': {
			const unit = durationUnit(size * 1000);
			return {text: value => formatDuration(value * 1000, unit).replace(/ \w+$/v, ''), suffix: ` ${unit}`};
		}

		case 'ms/s': {
			return {text: value => wholeFrom10(value, formatPerSecond), suffix: ' ms/s'};
		}

		case 'share': {
			return {text: formatShare, suffix: ' pt'};
		}

		case '/s': {
			return {text: formatCount, suffix: ' /s'};
		}

		case 'count': {
			return {text: formatCount, suffix: ''};
		}
	}
}

/** What is sure of such a difference are two digits, and a table has room for no more. */
function wholeFrom10(value: number, format: (value: number) => string): string {
	const size = Math.abs(value);
	return size >= 9.95 && size < 999.5 ? value.toFixed(0) : format(value);
}

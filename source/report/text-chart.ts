import {fitAxis} from '../charts/axis.js';
import {formatCount} from '../charts/format-number.js';
import {toAscii} from '../charts/glyphs.js';
import {lineChart, plotRows, plotWidth} from '../charts/line-chart.js';
import {reportWidth} from './text-layout.js';

const height = 6;

/** A quantity over a run; a value a window, null where it is not defined. */
export type ReportSeries = {
	readonly title: string;
	readonly values: ReadonlyArray<number | null>;
	/** Length of a window, s. */
	readonly window: number;
};

/**
A small chart over the whole run, drawn without colour; no lines when there is nothing to draw.
*/
export function chartLines({title, values, window}: ReportSeries, ascii: boolean): string[] {
	const columns = plotWidth(reportWidth);
	const means = bucketMeans(values, columns + 1);
	const known = means.filter(value => value !== null);
	if (known.length < 2) {
		return [];
	}

	const axis = fitAxis(Math.max(...known), plotRows(height, false));
	const {lines} = lineChart([{values: means, role: 'value'}], {
		width: reportWidth,
		height,
		axis,
		column: window * 1e9,
	});
	const whole = formatCount(values.length * window);
	const text = [`${title}, over ${whole} s`, ...lines.map(line => line.trimEnd())];
	return ascii ? text.map(line => toAscii(line)) : text;
}

/** At most `count` means of neighbouring values; a bucket without any value is null. */
function bucketMeans(values: ReadonlyArray<number | null>, count: number): Array<number | null> {
	const size = Math.max(1, Math.ceil(values.length / count));
	const means: Array<number | null> = [];
	for (let start = 0; start < values.length; start += size) {
		let sum = 0;
		let known = 0;
		for (const value of values.slice(start, start + size)) {
			if (value !== null && Number.isFinite(value)) {
				sum += value;
				known++;
			}
		}

		means.push(known === 0 ? null : sum / known);
	}

	return means;
}

import {type Histogram, bucketTop} from '../engine/histogram.js';
import {type Block, type Line, makeBlock, piece} from './block.js';
import {cell} from './fit-text.js';
import {formatDuration, formatPercent} from './format-number.js';
import {putText} from './put-text.js';

/** Heights of a cell in eighths. */
const eighths = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** Cells at the left for the share. */
const labelWidth = 8;

/** Round numbers of a decade that the axis is marked at. */
const marks = [1, 2, 5];

export type HistogramOptions = {
	readonly width: number;
	readonly height: number;
	/** Marked under the axis, by name, ns. */
	readonly quantiles: ReadonlyArray<readonly [string, number | null]>;
};

/** Bins of equal width on a log scale, between round numbers around all values; shares of the whole. */
export function logBins(
	histogram: Histogram,
	count: number,
): {readonly low: number; readonly high: number; readonly shares: readonly number[]} {
	let least = Infinity;
	for (let bucket = 0; bucket < histogram.bucketEnd; bucket++) {
		if (histogram.countOf(bucket) > 0) {
			least = Math.max(1, bucketTop(bucket));
			break;
		}
	}

	if (least === Infinity) {
		return {low: 1, high: 10, shares: Array.from({length: count}, () => 0)};
	}

	const low = roundDown(least);
	const high = Math.max(2 * low, roundUp(histogram.max + 1));
	const shares = Array.from({length: count}, () => 0);
	const scale = count / Math.log(high / low);
	for (let bucket = 0; bucket < histogram.bucketEnd; bucket++) {
		const bin = Math.floor(Math.log(Math.max(1, bucketTop(bucket)) / low) * scale);
		shares[Math.max(0, Math.min(count - 1, bin))] += histogram.countOf(bucket) / histogram.count;
	}

	return {low, high, shares};
}

function roundDown(value: number): number {
	const decade = 10 ** Math.floor(Math.log10(value));
	return (marks.findLast(mark => mark * decade <= value) ?? 1) * decade;
}

function roundUp(value: number): number {
	const decade = 10 ** Math.floor(Math.log10(value));
	return (marks.find(mark => mark * decade >= value) ?? 10) * decade;
}

/** A histogram of times on a log scale: share of all per bin, round times, and where the quantiles lie. */
export function histogramChart(histogram: Histogram, {width, height, quantiles}: HistogramOptions): Block {
	const bins = Math.max(1, width - labelWidth - 1);
	const rows = Math.max(1, height - 2);
	const {low, high, shares} = logBins(histogram, bins);
	const top = Math.max(...shares, 1e-9);
	const lines: Line[] = [];
	for (let row = 0; row < rows; row++) {
		const base = rows - 1 - row;
		const cells = shares.map(share => {
			const filled = Math.round(((share / top) * rows - base) * 8);
			const least = base === 0 && share > 0 ? 1 : 0;
			return eighths[Math.max(least, Math.min(8, filled))];
		});
		const label = row % 2 === 0 && histogram.count > 0 ? formatPercent((top * (rows - row)) / rows) : '';
		lines.push([piece(`${cell(label, labelWidth - 1, 'right')} `, 'dim'), piece(cells.join(''), 'a')]);
	}

	const column = (value: number): number => Math.floor((Math.log(value / low) / Math.log(high / low)) * bins);
	const axis = Array.from<string>({length: bins}).fill(' ');
	for (let value = low, step = 0; value <= high * 1.001 && step < 100; step++) {
		putText(axis, Math.min(column(value), bins - 1), formatDuration(value).replace('.00', '').replace('.0', ''));
		value = roundUp(value * 1.5);
	}

	const pointers = Array.from<string>({length: bins}).fill(' ');
	for (const [name, value] of quantiles) {
		if (value !== null && value > 0) {
			putText(pointers, Math.max(0, Math.min(bins - 1, column(value))), `▲${name}`);
		}
	}

	lines.push(
		[piece(' '.repeat(labelWidth) + axis.join(''), 'dim')],
		[piece(' '.repeat(labelWidth) + pointers.join(''), 'value')],
	);
	return makeBlock(width, height, lines);
}

import {axisLabel, fitRange} from './axis.js';
import {formatCount} from './format-number.js';
import {toAscii} from './glyphs.js';
import {lineChart, plotRows, plotWidth} from './line-chart.js';
import {putText} from './put-text.js';

/** A point of a scatter; the ones that stand out are drawn over the others. */
export type ScatterPoint = {readonly x: number; readonly y: number; readonly isFront: boolean};

const height = 10;

/**
A value at each label, joined by lines: for an axis of numbers. No lines of text
when there is nothing to join.
*/
export function labelledLine(
	labels: readonly string[],
	values: ReadonlyArray<number | null>,
	width: number,
	ascii: boolean,
): string[] {
	const known = values.filter(value => value !== null);
	const columns = plotWidth(width);
	if (known.length < 2 || labels.length > columns) {
		return [];
	}

	const axis = fitRange(Math.min(...known), Math.max(...known), plotRows(height, false));
	const last = labels.length - 1;
	const stretched = Array.from({length: columns + 1}, (_, column) => between(values, (column * last) / columns));
	const {lines} = lineChart([{values: stretched, role: 'value'}], {
		width,
		height,
		axis,
		column: 1,
	});
	const left = width - columns;
	const ticks = Array.from({length: width}, () => ' ');
	for (const [place, label] of labels.entries()) {
		putText(ticks, left + Math.round((place * (columns - 1)) / last - label.length / 2), label);
	}

	const text = [...lines.map(line => line.trimEnd()), ticks.join('').trimEnd()];
	return ascii ? text.map(line => toAscii(line)) : text;
}

/**
A value on the straight line between two neighbours; a neighbour without a value leaves a gap.
*/
function between(values: ReadonlyArray<number | null>, place: number): number | null {
	const before = Math.floor(place);
	const [left, right] = [values[before], values[Math.min(values.length - 1, before + 1)]];
	const part = place - before;
	return left === null || right === null ? (part === 0 ? left : null) : left + (right - left) * part;
}

/** Points over two quantities: `●` stands out, `·` does not. */
export function scatterLines(points: readonly ScatterPoint[], width: number, ascii: boolean): string[] {
	if (points.length < 2) {
		return [];
	}

	const columns = plotWidth(width);
	const left = width - columns;
	const [xs, ys] = [points.map(({x}) => x), points.map(({y}) => y)];
	const axis = fitRange(Math.min(...ys), Math.max(...ys), height);
	const [low, high] = [Math.min(...xs), Math.max(...xs)];
	const rows = Array.from({length: height}, () => Array.from({length: columns}, () => ' '));
	for (const {x, y, isFront} of points.toSorted((a, b) => Number(a.isFront) - Number(b.isFront))) {
		const column = high > low ? Math.round(((x - low) / (high - low)) * (columns - 1)) : 0;
		const row = Math.round(((axis.high - y) / (axis.high - axis.low)) * (height - 1));
		rows[Math.max(0, Math.min(height - 1, row))][column] = isFront ? '●' : '·';
	}

	const ends = Array.from({length: width}, () => ' ');
	putText(ends, left, formatCount(low));
	putText(ends, width - formatCount(high).length, formatCount(high));
	const text = [
		...rows.map((row, index) => `${axisLabel(axis.high - axis.step * index, axis)}┤${row.join('')}`.trimEnd()),
		ends.join('').trimEnd(),
	];
	return ascii ? text.map(line => toAscii(line)) : text;
}

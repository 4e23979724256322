import {labelWidth, rowLabel} from './axis.js';
import {type Block, type Span} from './block.js';
import {drawLevel, drawLows, drawMarks} from './chart-marks.js';
import {cell} from './fit-text.js';
import {type ChartOptions, holdValues, mergeSpans, plotRows, plotWidth, type Series, timeLine} from './line-chart.js';

/** Dots of a braille cell, [row][column]: bit of the code point. */
const dots = [
	[0x01, 0x08],
	[0x02, 0x10],
	[0x04, 0x20],
	[0x40, 0x80],
] as const;

/**
A chart in braille dots, two points a column and four a row: same size, axis, marks and
time row as `lineChart`. `column` is still the length of a cell; the series has two
values a cell.
*/
export function denseChart(series: readonly Series[], options: ChartOptions): Block {
	const {width, height, axis, column, marks = [], timeRow = false, ends, lows = [], next} = options;
	const columns = plotWidth(width);
	const rows = plotRows(height, timeRow);
	const left = labelWidth + 1;
	const spans: Span[] = [];
	const cells = Array.from({length: rows}, () => Array.from<string>({length: columns}).fill(' '));
	for (const line of series) {
		const bits = drawDots(line, columns, rows, axis.low, axis.high);
		for (let row = 0; row < rows; row++) {
			for (let x = 0; x < columns; x++) {
				const bit = bits[row * columns + x];
				if (bit !== 0) {
					cells[row][x] = String.fromCodePoint(0x28_00 + bit);
					spans.push({
						row,
						from: left + x,
						to: left + x + 1,
						role: line.role,
					});
				}
			}
		}
	}

	drawLows(cells, spans, leastOfPairs(lows), axis);
	drawMarks(cells, spans, marks, columns);
	drawLevel(cells, spans, options.level, axis);
	const lines = cells.map((row, index) => `${rowLabel(index, rows, axis)}┤${row.join('')}`);
	for (let row = 0; row < rows; row++) {
		spans.push({
			row,
			from: 0,
			to: left,
			role: 'dim',
		});
	}

	if (timeRow) {
		lines.push(' '.repeat(left) + timeLine(columns, column, marks, ends, next).text);
		spans.push({
			row: rows,
			from: 0,
			to: width,
			role: 'dim',
		});
	}

	while (lines.length < height) {
		lines.push('');
	}

	return {
		width,
		height,
		lines: lines.slice(0, height).map(line => cell(line, width)),
		spans: mergeSpans(spans.filter(span => span.row < height)),
	};
}

/** The least of each two values; the newest pair is the last. */
function leastOfPairs(values: ReadonlyArray<number | null>): Array<number | null> {
	const pairs: Array<number | null> = [];
	for (let end = values.length; end > 0; end -= 2) {
		const known = values.slice(Math.max(0, end - 2), end).filter(value => value !== null);
		pairs.unshift(known.length === 0 ? null : Math.min(...known));
	}

	return pairs;
}

function drawDots(series: Series, columns: number, rows: number, low: number, high: number): Uint8Array {
	const bits = new Uint8Array(columns * rows);
	const {held, blank} = holdValues(series.values, columns * 2);
	const dotRows = rows * 4;
	let previous: number | undefined;
	for (const [index, value] of held.entries()) {
		// The centre of a label's row stands for its value, as in the line chart.
		const share = (((value - low) / (high - low)) * (rows - 1)) / rows + 0.5 / rows;
		const y = Math.min(dotRows - 1, Math.max(0, Math.round((1 - share) * dotRows - 0.5)));
		const x = blank + index;
		const from = previous === undefined ? y : Math.min(y, previous);
		const to = previous === undefined ? y : Math.max(y, previous);
		for (let dot = from; dot <= to; dot++) {
			bits[(dot >> 2) * columns + (x >> 1)] |= dots[dot & 3][x & 1];
		}

		previous = y;
	}

	return bits;
}

import asciichart from 'asciichart';
import {type Axis, labelWidth, rowLabel} from './axis.js';
import {type Block, type Span} from './block.js';
import {type ChartMark, drawLevel, drawLows, drawMarks, type Level} from './chart-marks.js';
import {formatGrouped, formatSeconds} from './format-number.js';
import {putText} from './put-text.js';
import {cell} from './fit-text.js';
import {type Role} from './role.js';

/** A line of a chart; `null` is a gap, over which the last value is held. */
export type Series = {
	/** Oldest first; the last value stands in the last column. */
	readonly values: ReadonlyArray<number | null>;
	readonly role: Role;
	/** Drawn with dashes, so that it is told from another without colour. */
	readonly dashed?: boolean;
};

/** Times of the first and the last column that is filled; `blank` cells at the left are not. */
export type TimeEnds = {readonly from: string; readonly to: string; readonly blank: number};

export type ChartOptions = {
	readonly width: number;
	readonly height: number;
	readonly axis: Axis;
	/** Simulated length of a column, ns. */
	readonly column: number;
	readonly marks?: readonly ChartMark[];
	/** Drawn as dots where nothing else is. */
	readonly level?: Level;
	/** The least value of each column, the newest last, drawn where the line is not. */
	readonly lows?: ReadonlyArray<number | null>;
	/** Draws the time row below the plot; it takes one of the rows. */
	readonly timeRow?: boolean;
	/** What stands at the ends of the time row instead of an age and `now`. */
	readonly ends?: TimeEnds;
	/** When something comes that is known now, ns: behind `now` in the time row. */
	readonly next?: number | undefined;
};

/** Columns that hold the line: the width without label and axis. */
export function plotWidth(width: number): number {
	return Math.max(1, width - labelWidth - 1);
}

/** Rows that hold the line. */
export function plotRows(height: number, timeRow: boolean): number {
	return Math.max(2, timeRow ? height - 1 : height);
}

/**
The newest `count` values with gaps filled by the last value before them. `blank` is the
number of columns at the left for which nothing is known yet.
*/
export function holdValues(values: ReadonlyArray<number | null>, count: number): {held: number[]; blank: number} {
	const recent = values.slice(-count);
	const blank = count - recent.length;
	const known = recent.findIndex(value => value !== null && Number.isFinite(value));
	if (known === -1) {
		return {held: [], blank: count};
	}

	let last = recent[known] ?? 0;
	const held: number[] = [];
	for (let i = known; i < recent.length; i++) {
		const value = recent[i];
		last = value !== null && Number.isFinite(value) ? value : last;
		held.push(last);
	}

	return {held, blank: blank + known};
}

/** One series as rows of `columns` characters, drawn by asciichart on a fixed grid. */
function drawSeries(series: Series, columns: number, rows: number, axis: Axis): string[] {
	const {held} = holdValues(series.values, columns + 1);
	if (held.length === 0) {
		return Array.from({length: rows}, () => ' '.repeat(columns));
	}

	// The library draws the steps between neighbours: n values take n - 1 columns. Its
	// rounding gives the asked number of rows only on a grid of whole numbers.
	const scale = (rows - 1) / (axis.high - axis.low);
	const grid = held.map(value => Math.min(rows - 1, Math.max(0, (value - axis.low) * scale)));
	const points = grid.length === 1 ? [grid[0], grid[0]] : grid;
	const plot = asciichart.plot(points, {
		min: 0,
		max: rows - 1,
		height: rows - 1,
		offset: 1,
		format: () => ' ',
	});
	return plot.split('\n').map(line => {
		const drawn = line.slice(1, points.length).padStart(columns);
		return series.dashed === true ? drawn.replaceAll('─', '┄') : drawn;
	});
}

/**
A line chart of exactly `width` x `height` cells: labels, axis, line, marks of changes
and, when asked, a row with simulated time. Series are drawn in order, later ones over
earlier ones.
*/
export function lineChart(series: readonly Series[], options: ChartOptions): Block {
	const {width, height, axis, column, marks = [], timeRow = false, ends, lows = [], next} = options;
	const columns = plotWidth(width);
	const rows = plotRows(height, timeRow);
	const left = labelWidth + 1;
	const cells = Array.from({length: rows}, () => Array.from<string>({length: columns}).fill(' '));
	const spans: Span[] = [];
	for (const line of series) {
		for (const [row, text] of drawSeries(line, columns, rows, axis).entries()) {
			for (let x = 0; x < columns; x++) {
				if (text[x] !== ' ' && text[x] !== undefined) {
					cells[row][x] = text[x];
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

	drawLows(cells, spans, lows, axis);
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
		const time = timeLine(columns, column, marks, ends, next);
		lines.push(' '.repeat(left) + time.text);
		spans.push(
			{
				row: rows,
				from: 0,
				to: width,
				role: 'dim',
			},
			...time.marks.map(x => ({
				row: rows,
				from: left + x,
				to: left + x + 1,
				role: 'mark' as const,
			})),
		);
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

/** Age of the first column with its unit, and of the middle one in the same unit. */
function columnAges(columns: number, column: number): readonly [first: string, middle: string] {
	const length = columns * column;
	const [size, unit] = length >= 1e10 ? [1e9, 's'] : length >= 1e7 ? [1e6, 'ms'] : [1e3, 'us'];
	return [`-${formatGrouped(length / size)} ${unit}`, `-${formatGrouped(length / 2 / size)}`];
}

/**
`-340 ms -170 now`, with `▲ 3.310` under the changes and `» 4.000` for the next; what has no room is
left out.
*/
export function timeLine(
	columns: number,
	column: number,
	marks: readonly ChartMark[],
	ends?: TimeEnds,
	next?: number,
): {text: string; marks: number[]} {
	const cells = Array.from<string>({length: columns}).fill(' ');
	if (ends !== undefined) {
		putText(cells, columns - ends.to.length, ends.to);
		putText(cells, ends.blank, ends.from);
		return {text: cells.join(''), marks: []};
	}

	const visible = marks.filter(mark => mark.age >= 0 && mark.age < columns);
	const drawn: number[] = [];
	for (const mark of visible) {
		const x = columns - 1 - mark.age;
		cells[x] = '▲';
		drawn.push(x);
	}

	const end = next === undefined ? 'now' : `now » ${formatSeconds(next)}`;
	putText(cells, columns - end.length, end);
	for (const mark of visible.toSorted((a, b) => a.age - b.age)) {
		const label = formatSeconds(mark.at);
		const x = columns + 1 - mark.age;
		if (x + label.length < columns) {
			putText(cells, x, label);
		}
	}

	if (visible.length === 0) {
		const [first, middle] = columnAges(columns, column);
		putText(cells, 0, first);
		putText(cells, Math.floor(columns / 2) - 2, middle);
	}

	return {text: cells.join(''), marks: drawn};
}

/** Joins neighbouring cells of one role, so that a screen has few spans. */
export function mergeSpans(spans: readonly Span[]): Span[] {
	const merged: Span[] = [];
	for (const span of spans) {
		const last = merged.at(-1);
		if (last?.row === span.row && last.to === span.from && last.role === span.role) {
			merged[merged.length - 1] = {...last, to: span.to};
		} else {
			merged.push(span);
		}
	}

	return merged;
}

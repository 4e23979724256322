import {type Axis, labelWidth} from './axis.js';
import {type Span} from './block.js';

/** A change of parameters, so many columns left of the newest (0 is the newest). */
export type ChartMark = {
	readonly age: number;
	/** Simulated time of the change, ns. */
	readonly at: number;
};

/** A value that lines are compared with, from so many columns of age on. */
export type Level = {readonly value: number; readonly age: number};

/** A dotted line through the blank cells of each change's column. */
export function drawMarks(cells: string[][], spans: Span[], marks: readonly ChartMark[], columns: number): void {
	for (const mark of marks) {
		const x = columns - 1 - mark.age;
		if (x < 0 || x >= columns) {
			continue;
		}

		for (const [row, line] of cells.entries()) {
			if (line[x] === ' ') {
				line[x] = '┆';
				spans.push({
					row,
					from: labelWidth + 1 + x,
					to: labelWidth + 2 + x,
					role: 'mark',
				});
			}
		}
	}
}

/** The row of a value, 0 at the top. */
function rowOf(value: number, rows: number, {low, high}: Axis): number {
	return Math.max(0, Math.min(rows - 1, Math.round(((high - value) / (high - low)) * (rows - 1))));
}

/** Dots at the height of a value, right of its column, where the plot is blank. */
export function drawLevel(cells: string[][], spans: Span[], level: Level | undefined, axis: Axis): void {
	if (level === undefined || !Number.isFinite(level.value)) {
		return;
	}

	const row = rowOf(level.value, cells.length, axis);
	for (let x = Math.max(0, cells[row].length - level.age); x < cells[row].length; x++) {
		if (cells[row][x] === ' ') {
			cells[row][x] = '·';
			spans.push({
				row,
				from: labelWidth + 1 + x,
				to: labelWidth + 2 + x,
				role: 'dim',
			});
		}
	}
}

/**
A low mark in each column at the row of its least value; where the line runs
there, only for the very least.
*/
export function drawLows(cells: string[][], spans: Span[], lows: ReadonlyArray<number | null>, axis: Axis): void {
	const columns = cells[0]?.length ?? 0;
	const shown = lows.slice(-columns);
	const least = Math.min(...shown.map(value => value ?? Infinity));
	for (const [index, value] of shown.entries()) {
		const x = columns - shown.length + index;
		if (value === null || !Number.isFinite(value)) {
			continue;
		}

		const row = rowOf(value, cells.length, axis);
		if (cells[row][x] === ' ' || value === least) {
			cells[row][x] = '▁';
			spans.push({
				row,
				from: labelWidth + 1 + x,
				to: labelWidth + 2 + x,
				role: 'a',
			});
		}
	}
}

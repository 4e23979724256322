import {cell} from './fit-text.js';
import {countFigure, formatGrouped} from './format-number.js';

/** Limits of a y axis: `low` at the bottom row, `step` from row to row. */
export type Axis = {
	readonly low: number;
	readonly high: number;
	readonly step: number;
	/** Labels stand at its ends only, and in the middle where there is a row; else at every row. */
	readonly endsOnly?: boolean;
	/** It counts things: no decimals. */
	readonly whole?: boolean;
};

/**
Where an axis ends: `zero` above the data, `share` (percent) at 10 or more, `{top}` at a
fixed value (the size of a ring).
*/
export type Anchor = 'zero' | 'share' | {readonly top: number};

const mantissas = [1, 2, 3, 4, 5];
/** Steps begin at 0.01: labels have two decimals. */
const decadesDown = 2;
const decades = 15;

function* roundSteps(): Generator<number> {
	for (let decade = 0; decade < decades; decade++) {
		for (const mantissa of mantissas) {
			// Dividing keeps 0.1, 0.2 ... exact where multiplying by 0.1 would not.
			yield decade < decadesDown
				? mantissa / 10 ** (decadesDown - decade)
				: mantissa * 10 ** (decade - decadesDown);
		}
	}
}

/**
The axis from 0 with the smallest round step that holds values up to `max` on `rows` rows, a label
each. `rows` is 2 or more; a value that is not finite counts as 0.
*/
export function fitAxis(max: number, rows: number): Axis {
	const intervals = Math.max(1, rows - 1);
	const most = Number.isFinite(max) ? max : 0;
	for (const step of most > 0 ? roundSteps() : []) {
		if (step * intervals >= most) {
			return {low: 0, high: Math.round(step * intervals * 100) / 100, step};
		}
	}

	return {low: 0, high: intervals, step: 1};
}

/**
The axis with the smallest round step that holds `min` to `max` on `rows` rows, from a round number
near the data: for points that are compared with each other. It spans a sixth of the data at least,
so that noise does not look like news.
*/
export function fitRange(min: number, max: number, rows: number): Axis {
	const intervals = Math.max(1, rows - 1);
	if (!(Number.isFinite(min) && Number.isFinite(max)) || max <= 0) {
		return {low: 0, high: intervals, step: 1};
	}

	for (const step of roundSteps()) {
		const low = Math.max(0, Math.floor(min / step) * step);
		const high = low + step * intervals;
		if (high >= max && step * intervals >= max / 6) {
			return {low: Math.round(low * 100) / 100, high: Math.round(high * 100) / 100, step};
		}
	}

	return {low: 0, high: max, step: max / intervals};
}

/** The least percentage that a share's axis goes to, so that next to nothing looks like it. */
const leastShare = 10;

function topOf(max: number, anchor: Anchor): number {
	if (typeof anchor === 'object') {
		return anchor.top;
	}

	if (anchor === 'share') {
		return [leastShare, 20, 50].find(top => max <= top) ?? 100;
	}

	const most = Number.isFinite(max) && max > 0 ? max : 1;
	for (const step of roundSteps()) {
		if (step >= most) {
			return step;
		}
	}

	return most;
}

/** An axis from 0 that grows at once and is held: it shrinks only where a new one is begun. */
export class HeldAxis {
	private top = 0;

	constructor(private readonly anchor: Anchor) {}

	/** The axis that holds a value (null: nothing is known), on so many rows (2 or more). */
	update(max: number | null, rows: number): Axis {
		this.top = max === null ? this.top : Math.max(this.top, topOf(max, this.anchor));
		const high = this.top === 0 ? topOf(0, this.anchor) : this.top;
		return {
			low: 0,
			high,
			step: high / Math.max(1, rows - 1),
			endsOnly: true,
			whole: typeof this.anchor === 'object',
		};
	}
}

const suffixes = ['', 'k', 'M', 'G'] as const;

/** Characters of a label, with the blank before it. */
export const labelWidth = 6;

/**
Label of a value on this axis, right aligned in `labelWidth` cells: all labels of an
axis have one suffix and one number of decimals.
*/
export function axisLabel(value: number, axis: Axis): string {
	if (axis.whole === true) {
		return cell([formatGrouped(value), ...countFigure(value)], labelWidth, 'right');
	}

	const largest = Math.max(Math.abs(axis.high), Math.abs(axis.low));
	const power = suffixes.findIndex((_, index) => index === suffixes.length - 1 || largest < 999.5 * 1000 ** index);
	const scale = 1000 ** power;
	const digits = Math.max(1, String(Math.floor(largest / scale)).length);
	const decimals = Math.max(
		0,
		(axis.endsOnly === true && largest >= 1 ? 2 : 3) - digits,
		isPart(axis, scale) ? 1 : 0,
	);
	// Nothing has no suffix.
	const text = value === 0 && power > 0 ? '0' : (value / scale).toFixed(decimals) + suffixes[power];
	return cell([text, ...countFigure(value)], labelWidth, 'right');
}

/** Labels of a large axis have a decimal, as have those of steps below 1. */
function isPart({step, high, endsOnly}: Axis, scale: number): boolean {
	return endsOnly === true ? high / scale < 100 : step / scale < 1;
}

/** The label of a row of the axis, blank where it has none. Row 0 is the top. */
export function rowLabel(row: number, rows: number, axis: Axis): string {
	const isMiddle = rows % 2 === 1 && row === (rows - 1) / 2;
	return axis.endsOnly !== true || row === 0 || row === rows - 1 || isMiddle
		? axisLabel(row === rows - 1 ? axis.low : axis.high - axis.step * row, axis)
		: ' '.repeat(labelWidth);
}

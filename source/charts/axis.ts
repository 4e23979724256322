import {cell} from './fit-text.js';
import {countFigure, formatGrouped} from './format-number.js';

/** Limits of a y axis: `low` at the bottom row, a label every `step`, one label a row. */
export type Axis = {
	readonly low: number;
	readonly high: number;
	readonly step: number;
};

/**
`zero`: the axis starts at 0 (shares, spinning). `free`: it starts at a round number
near the data and spans a sixth of it at least, so that noise does not look like news.
`{top}`: it hangs from a fixed value (the size of a ring).
*/
export type Anchor = 'zero' | 'free' | {readonly top: number};

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

/** Removes the last bits that adding steps leaves, so that labels are round. */
function clean(value: number, step: number): number {
	return Math.round(value / step) * step;
}

/**
The axis with the smallest round step that holds `min` to `max` on `rows` rows.
`rows` is 2 or more; values that are not finite count as 0.
*/
export function fitAxis(min: number, max: number, rows: number, anchor: Anchor): Axis {
	const intervals = Math.max(1, rows - 1);
	const least = Number.isFinite(min) ? min : 0;
	const most = Number.isFinite(max) ? Math.max(max, least) : least;
	if (typeof anchor === 'object') {
		const {top} = anchor;
		for (const step of roundSteps()) {
			if (step >= 1 && top - step * intervals <= least) {
				return top - step * intervals >= 0
					? {low: top - step * intervals, high: top, step}
					: {low: 0, high: top, step: top / intervals};
			}
		}
	}

	if (most <= 0) {
		return {low: 0, high: intervals, step: 1};
	}

	const span = anchor === 'free' ? Math.max(most - least, most / 6) : most;
	for (const step of roundSteps()) {
		if (step * intervals < span) {
			continue;
		}

		const middle = (most + least) / 2;
		const start = anchor === 'free' ? Math.max(0, Math.min(least, middle - span / 2)) : 0;
		const low = clean(Math.floor(start / step) * step, step);
		const high = clean(low + step * intervals, step);
		if (high >= most && high > low) {
			return {low, high, step};
		}
	}

	return {low: 0, high: intervals, step: 1};
}

/** How long a smaller axis must do before the axis shrinks, ms of wall time. */
const shrinkAfter = 5000;

/**
An axis that grows at once and shrinks only after five seconds without need.
The clock is the caller's: pass wall time in ms with each update.
*/
export class SteadyAxis {
	private readonly anchor: Anchor;
	private axis: Axis | undefined;
	private rows = 0;
	private looseSince: number | undefined;

	constructor(anchor: Anchor) {
		this.anchor = anchor;
	}

	update(min: number, max: number, rows: number, now: number): Axis {
		const fitted = fitAxis(min, max, rows, this.anchor);
		const {axis} = this;
		if (axis === undefined || this.rows !== rows || min < axis.low || max > axis.high) {
			return this.adopt(fitted, rows);
		}

		if (fitted.step >= axis.step) {
			this.looseSince = undefined;
			return axis;
		}

		this.looseSince ??= now;
		return now - this.looseSince >= shrinkAfter ? this.adopt(fitted, rows) : axis;
	}

	private adopt(axis: Axis, rows: number): Axis {
		this.axis = axis;
		this.rows = rows;
		this.looseSince = undefined;
		return axis;
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
	const largest = Math.max(Math.abs(axis.high), Math.abs(axis.low));
	const power = suffixes.findIndex((_, index) => index === suffixes.length - 1 || largest < 999.5 * 1000 ** index);
	const scale = 1000 ** power;
	const digits = Math.max(1, String(Math.floor(largest / scale)).length);
	const decimals = Math.max(0, 3 - digits, axis.step / scale < 1 ? 1 : 0);
	// A ring of 1,024 that is hardly used: 1.02k at every row would say nothing.
	const isFine = power > 0 && axis.step < (0.999 * scale) / 10 ** decimals && Number.isInteger(axis.step);
	// Nothing has no suffix.
	const text = value === 0 && power > 0 ? '0' : (value / scale).toFixed(decimals) + suffixes[power];
	return cell([...(isFine ? [formatGrouped(value)] : []), text, ...countFigure(value)], labelWidth, 'right');
}

import {type Direction} from '../../metrics/metric-row.js';
import {metricOf} from '../../metrics/metric-table.js';
import {metricUnit} from '../../metrics/metric-unit.js';
import {studentQuantile} from '../../statistics/student.js';

/**
What became of a figure from one stretch of a run to the next. `better` and `worse` need a
metric with a direction; `higher` and `lower` are of one without. `undecided`: the
interval reaches over the margin.
*/
export type DifferenceWord = 'same' | 'better' | 'worse' | 'higher' | 'lower' | 'undecided';

/** Values of a figure that a word needs on either side. */
const leastValues = 5;
/** Share of the value before that is no difference to a user. */
const marginShare = 0.05;

/**
The margin of a metric whose value was `before`, in its JSON unit: 5 %, 1 ms/s of
spin, half a point of a share.
*/
export function marginBetween(path: string, before: number): number {
	const unit = metricUnit(path);
	return Math.max(marginShare * Math.abs(before), unit === 'ms/s' ? 1 : unit === 'share' ? 0.005 : 0);
}

function meanAndVariance(values: readonly number[]): {readonly mean: number; readonly variance: number} {
	let sum = 0;
	for (const value of values) {
		sum += value;
	}

	const mean = sum / values.length;
	let squares = 0;
	for (const value of values) {
		squares += (value - mean) ** 2;
	}

	return {mean, variance: squares / (values.length - 1)};
}

/** The word of a difference that is wholly outside of the margin. */
export function directed(isHigher: boolean, better: Direction | null): DifferenceWord {
	if (better === null) {
		return isHigher ? 'higher' : 'lower';
	}

	return isHigher === (better === 'higher') ? 'better' : 'worse';
}

/**
The word for a metric from values over equal slices of two stretches of one run (unpaired): Welch's
interval of 95 % for the difference of the means against the margin.
*/
export function differenceWord(path: string, before: readonly number[], after: readonly number[]): DifferenceWord {
	if (before.length < leastValues || after.length < leastValues) {
		return 'undecided';
	}

	const a = meanAndVariance(before);
	const b = meanAndVariance(after);
	const [ofA, ofB] = [a.variance / before.length, b.variance / after.length];
	const error = Math.sqrt(ofA + ofB);
	const degrees =
		error === 0 ? 1 : (ofA + ofB) ** 2 / (ofA ** 2 / (before.length - 1) + ofB ** 2 / (after.length - 1));
	const half = error === 0 ? 0 : studentQuantile(0.025, Math.max(1, Math.floor(degrees))) * error;
	const difference = b.mean - a.mean;
	const margin = marginBetween(path, a.mean);
	if (Math.abs(difference) + half <= margin) {
		return 'same';
	}

	return Math.abs(difference) - half > margin
		? directed(difference > 0, metricOf(path)?.better ?? null)
		: 'undecided';
}

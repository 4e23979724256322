import {anytimeHalfWidth, anytimeP} from './confidence-sequence.js';
import {type Sample} from './sample.js';
import {studentQuantile, studentTail} from './student.js';

/** Both ends, in the unit of the values. */
export type Interval = {readonly low: number; readonly high: number};

/**
How an interval for a mean is made. It is valid under the stopping rule that it is made for:
`fixed` when the number of values was settled beforehand (Student's t), `anytime` when somebody
looked at the values to decide whether to go on (a confidence sequence).
*/
export type Rule = 'fixed' | 'anytime';

/**
Half the width of the interval for the mean that misses it with probability `alpha`;
Infinity when nothing can be said yet.
*/
export function halfWidth({n, deviation}: Pick<Sample, 'n' | 'deviation'>, alpha: number, rule: Rule): number {
	if (n < 2) {
		return Infinity;
	}

	if (deviation === 0) {
		return 0;
	}

	return rule === 'fixed'
		? (studentQuantile(alpha / 2, n - 1) * deviation) / Math.sqrt(n)
		: anytimeHalfWidth({n, deviation}, alpha);
}

/**
The p-value against "the mean is at most `bound`"; valid under the rule. 1 when the mean
of the sample is not above it.
*/
export function pAbove({n, mean, deviation}: Sample, bound: number, rule: Rule): number {
	if (n < 2 || mean <= bound) {
		return 1;
	}

	if (deviation === 0) {
		return 0;
	}

	const t = ((mean - bound) * Math.sqrt(n)) / deviation;
	return rule === 'fixed' ? studentTail(t, n - 1) : anytimeP(t, n);
}

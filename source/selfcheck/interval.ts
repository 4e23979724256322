/** Student's t at 99 % (two-sided) by degrees of freedom 1 to 15. */
const student = [63.657, 9.925, 5.841, 4.604, 4.032, 3.707, 3.499, 3.355, 3.25, 3.169, 3.106, 3.055, 3.012, 2.977, 2.947];

/** Mean of independent runs and half the width of its 99 % interval. */
export type Estimate = {
	readonly mean: number;
	/** Null for a single run. */
	readonly halfWidth: number | null;
};

/** Estimates a mean from one value a run; up to 16 runs are told apart. */
export function estimate(values: readonly number[]): Estimate {
	const count = values.length;
	let sum = 0;
	for (const value of values) {
		sum += value;
	}

	const mean = sum / count;
	if (count < 2) {
		return {mean, halfWidth: null};
	}

	let squares = 0;
	for (const value of values) {
		squares += (value - mean) * (value - mean);
	}

	const t = student[Math.min(count - 1, student.length) - 1];
	return {mean, halfWidth: t * Math.sqrt(squares / (count - 1) / count)};
}

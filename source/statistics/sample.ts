/** What is known of independent values of one kind. */
export type Sample = {
	/** How many there are. */
	readonly n: number;
	readonly mean: number;
	/** Standard deviation of the values, with n - 1; 0 for a single one. */
	readonly deviation: number;
};

/** Differences that rounding alone makes, relative to the size of the values. */
const rounding = 1e-12;

/** The sample of some values, at least one. Equal values have a deviation of exactly 0. */
export function sampleOf(values: readonly number[]): Sample {
	const n = values.length;
	let sum = 0;
	let least = Infinity;
	let most = -Infinity;
	for (const value of values) {
		sum += value;
		least = Math.min(least, value);
		most = Math.max(most, value);
	}

	if (least === most) {
		return {n, mean: least, deviation: 0};
	}

	const mean = sum / n;
	let squares = 0;
	for (const value of values) {
		squares += (value - mean) * (value - mean);
	}

	const deviation = Math.sqrt(squares / (n - 1));
	return {n, mean, deviation: deviation <= rounding * Math.max(Math.abs(least), Math.abs(most)) ? 0 : deviation};
}

/** Values of a batch (the 5 of MSER-5). */
const batch = 5;

/**
How many values at the start of a series are of its beginning and not of what it settles to:
the cut after which the standard error of the mean is least. Null when that is not in the first
half: the series has not settled.

Source: White, "An effective truncation heuristic for bias reduction in simulation output",
Simulation 69 (1997); batches of five by Spratt (1998), "MSER-5".
*/
export function settledAfter(values: readonly number[]): number | null {
	const batches = Math.floor(values.length / batch);
	const means: number[] = [];
	for (let index = 0; index < batches; index++) {
		let sum = 0;
		for (let offset = 0; offset < batch; offset++) {
			sum += values[index * batch + offset];
		}

		means.push(sum / batch);
	}

	// Sums from the end: the statistic of every cut in one pass.
	let sum = 0;
	let squares = 0;
	let best = 0;
	let least = Infinity;
	for (let cut = batches - 1; cut >= 0; cut--) {
		const kept = batches - cut;
		sum += means[cut];
		squares += means[cut] * means[cut];
		if (kept < batch) {
			continue;
		}

		const error = Math.max(0, squares - (sum * sum) / kept) / (kept * kept);
		if (error <= least) {
			least = error;
			best = cut;
		}
	}

	return best > batches / 2 ? null : best * batch;
}

/** Median of some values; of an even number the mean of the middle two. NaN of none. */
export function median(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	const middle = sorted.length >> 1;
	return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
Rank correlation of two lists of equal length, ties at their mean rank; null below three
values or when one list is constant.
*/
export function spearman(a: readonly number[], b: readonly number[]): number | null {
	if (a.length < 3) {
		return null;
	}

	return correlation(ranks(a), ranks(b));
}

function ranks(values: readonly number[]): number[] {
	const order = values.map((value, index) => ({value, index})).toSorted((a, b) => a.value - b.value);
	const result = Array.from({length: values.length}, () => 0);
	for (let from = 0; from < order.length;) {
		let to = from;
		while (to < order.length && order[to].value === order[from].value) {
			to++;
		}

		for (let i = from; i < to; i++) {
			result[order[i].index] = (from + to - 1) / 2;
		}

		from = to;
	}

	return result;
}

function correlation(a: readonly number[], b: readonly number[]): number | null {
	const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
	const [meanA, meanB] = [mean(a), mean(b)];
	let [both, onlyA, onlyB] = [0, 0, 0];
	for (const [index, value] of a.entries()) {
		both += (value - meanA) * (b[index] - meanB);
		onlyA += (value - meanA) ** 2;
		onlyB += (b[index] - meanB) ** 2;
	}

	return onlyA === 0 || onlyB === 0 ? null : both / Math.sqrt(onlyA * onlyB);
}

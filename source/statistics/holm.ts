/**
Which of several claims hold when at most a share `alpha` of whole families may hold a false one.

Source: Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of
Statistics 6 (1979). It needs nothing of how the claims depend on each other.
*/
export function holm(pValues: readonly number[], alpha: number): boolean[] {
	const order = pValues.map((_, index) => index).toSorted((a, b) => pValues[a] - pValues[b]);
	const holds = pValues.map(() => false);
	for (const [rank, index] of order.entries()) {
		if (pValues[index] > alpha / (pValues.length - rank)) {
			break;
		}

		holds[index] = true;
	}

	return holds;
}

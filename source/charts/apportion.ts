/**
Distributes `total` cells over shares by largest remainder, so that the parts sum to
`total` exactly. A share above 0 gets `minimum` cells at least, one of 0 (or not
finite) gets none; when the minimum does not fit the largest parts give way.
*/
export function apportion(shares: readonly number[], total: number, minimum = 0): number[] {
	const sizes = shares.map(share => (Number.isFinite(share) && share > 0 ? share : 0));
	let sum = 0;
	for (const size of sizes) {
		sum += size;
	}

	if (sum === 0 || total <= 0) {
		return sizes.map(() => 0);
	}

	const exact = sizes.map(size => (size / sum) * total);
	const cells = exact.map((value, index) => (sizes[index] > 0 ? Math.max(Math.floor(value), minimum) : 0));
	let left = total;
	for (const cell of cells) {
		left -= cell;
	}

	for (; left > 0; left--) {
		let best = -1;
		for (let i = 0; i < cells.length; i++) {
			if (sizes[i] > 0 && (best < 0 || exact[i] - cells[i] > exact[best] - cells[best])) {
				best = i;
			}
		}

		cells[best]++;
	}

	for (; left < 0; left++) {
		let largest = 0;
		for (let i = 1; i < cells.length; i++) {
			if (cells[i] > cells[largest]) {
				largest = i;
			}
		}

		cells[largest]--;
	}

	return cells;
}

/**
A screening design of Plackett and Burman (1946): rows are evaluations, columns constants, each
+1 or -1, any two columns orthogonal. All constants move at once, so that each evaluation says
something of each and the noise of one run counts an order-th part. By Paley's construction
the order is a prime p = 3 mod 4, plus 1: the least that has `columns` columns.
*/
export function screeningDesign(columns: number): number[][] {
	let prime = 3;
	while (prime < columns || prime % 4 !== 3 || !isPrime(prime)) {
		prime++;
	}

	const squares = new Set(Array.from({length: prime - 1}, (_, index) => (index + 1) ** 2 % prime));
	const cyclic = Array.from({length: prime}, (_, row) =>
		Array.from({length: columns}, (_column, column) => {
			const difference = (((column - row) % prime) + prime) % prime;
			return difference === 0 || !squares.has(difference) ? -1 : 1;
		}),
	);
	return [...cyclic, Array.from({length: columns}, () => 1)];
}

function isPrime(value: number): boolean {
	for (let divisor = 2; divisor * divisor <= value; divisor++) {
		if (value % divisor === 0) {
			return false;
		}
	}

	return value > 1;
}

/**
What a design says of the values that its rows gave: their middle, and how each changes with each
coordinate that was moved `by` to either side.
*/
export function effectsOf(
	design: ReadonlyArray<readonly number[]>,
	rows: ReadonlyArray<readonly number[]>,
	by: number,
): {readonly middle: number[]; readonly columns: number[][]} {
	const sums = (signOf: (row: number) => number): number[] =>
		rows[0].map((_, index) => {
			let sum = 0;
			for (const [at, row] of rows.entries()) {
				sum += signOf(at) * row[index];
			}

			return sum / design.length;
		});
	return {
		middle: sums(() => 1),
		columns: design[0].map((_, column) => sums(row => design[row][column] / by)),
	};
}

/**
Solves a system of linear equations by Gaussian elimination with pivoting; overwrites its arguments.
*/
export function solve(matrix: number[][], right: number[]): number[] {
	const count = right.length;
	for (let column = 0; column < count; column++) {
		let pivot = column;
		for (let row = column + 1; row < count; row++) {
			if (Math.abs(matrix[row][column]) > Math.abs(matrix[pivot][column])) {
				pivot = row;
			}
		}

		[matrix[column], matrix[pivot]] = [matrix[pivot], matrix[column]];
		[right[column], right[pivot]] = [right[pivot], right[column]];
		for (let row = column + 1; row < count; row++) {
			const factor = matrix[row][column] / matrix[column][column];
			for (let k = column; k < count; k++) {
				matrix[row][k] -= factor * matrix[column][k];
			}

			right[row] -= factor * right[column];
		}
	}

	const solution = Array.from({length: count}, () => 0);
	for (let row = count - 1; row >= 0; row--) {
		let rest = right[row];
		for (let k = row + 1; k < count; k++) {
			rest -= matrix[row][k] * solution[k];
		}

		solution[row] = rest / matrix[row][row];
	}

	return solution;
}

/** The diagonal of the inverse of a matrix. */
export function inverseDiagonal(matrix: readonly number[][]): number[] {
	return matrix.map(
		(_, index) =>
			solve(
				matrix.map(row => [...row]),
				matrix.map((_row, at) => (at === index ? 1 : 0)),
			)[index],
	);
}

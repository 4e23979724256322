import {weightOf} from './fit-loss.js';

/**
The damped Gauss-Newton step: minimises the weighted squares of the linearised residuals plus
`damping` times the mean curvature times the squared step. `columns[k][i]` is the derivative
of residual i by coordinate k.
*/
export function gaussNewtonStep(columns: readonly number[][], residuals: readonly number[], damping: number): number[] {
	const count = columns.length;
	const weights = residuals.map(residual => weightOf(residual));
	const dot = (a: readonly number[], b: readonly number[]): number => weights.reduce((sum, weight, index) => sum + (weight * a[index] * b[index]), 0);
	const matrix = columns.map(column => columns.map(other => dot(column, other)));
	const right = columns.map(column => -dot(column, residuals));
	const mean = matrix.reduce((sum, row, index) => sum + row[index], 0) / count;
	for (const [index, row] of matrix.entries()) {
		row[index] += damping * ((0.5 * mean) + (0.5 * row[index])) + 1e-9;
	}

	return solve(matrix, right);
}

/** Gaussian elimination with pivoting; overwrites its arguments. */
function solve(matrix: number[][], right: number[]): number[] {
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

/**
The step that lowers the sum of squares of residuals most, by Levenberg and Marquardt:
solves (JᵀJ + damping I) step = -Jᵀr. `jacobian[i][j]` is how residual i changes with coordinate j.
*/
export function dampedStep(
	jacobian: ReadonlyArray<readonly number[]>,
	residuals: readonly number[],
	damping: number,
): readonly number[] {
	const size = jacobian[0]?.length ?? 0;
	const rows = Array.from({length: size}, (_, i) => {
		const row = Array.from(
			{length: size},
			(_, j) => jacobian.reduce((sum, line) => sum + line[i] * line[j], 0) + (i === j ? damping : 0),
		);
		return [...row, -jacobian.reduce((sum, line, index) => sum + line[i] * residuals[index], 0)];
	});
	for (let column = 0; column < size; column++) {
		const pivot = rows[column];
		// The damping keeps the matrix positive definite, so no row needs to be exchanged.
		for (let below = column + 1; below < size; below++) {
			const factor = rows[below][column] / pivot[column];
			for (let k = column; k <= size; k++) {
				rows[below][k] -= factor * pivot[k];
			}
		}
	}

	const step = Array.from({length: size}, () => 0);
	for (let i = size - 1; i >= 0; i--) {
		let sum = rows[i][size];
		for (let j = i + 1; j < size; j++) {
			sum -= rows[i][j] * step[j];
		}

		step[i] = sum / rows[i][i];
	}

	return step;
}

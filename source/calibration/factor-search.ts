import {type Knob} from '../trace/recording/estimate.js';
import {dampedStep} from './least-squares.js';
import {type Factors, type Material} from './material.js';

/** How far the search is. */
export type FitStep = {
	readonly material: Material;
	readonly factors: Factors;
	readonly loss: number;
	readonly simulations: number;
};

/** Farther from what was measured than this nothing is scaled. */
const farthest = 8;

/** Logarithm of the factor by which a group is scaled to see what it does. */
const probeWidth = 0.3;

/** Longest step of one group, as a logarithm. */
const longestStep = 0.9;

/** From bold to careful. */
const dampings = [0.5, 4, 30];

/** The search ends once every figure is off by no more than this share of its limit. */
export const calm = 0.6;

/**
`worst`: how far the figure that is off most is off, as a share of its limit;
`worstDeciding`: the same without the tails.
*/
export type Attempt = FitStep & {
	readonly residuals: readonly number[];
	readonly worst: number;
	readonly worstDeciding: number;
};

/**
Damped least squares from `best`. The slopes are probed group by group and then corrected by what
each step showed (Broyden); when no step with them helps they are probed anew, once.
*/
export function* search(
	from: Attempt,
	free: readonly Knob[],
	attempt: (factors: Factors) => Attempt,
	most: number,
): Generator<FitStep, Attempt> {
	let best = from;
	let left = most;
	while (left > free.length && best.worst > calm) {
		const {residuals, factors, loss: before} = best;
		const columns: number[][] = [];
		let nearest = best;
		for (const knob of free) {
			// Towards the nearer end, so that the probe stays in range.
			const width = factors[knob] > 1 ? -probeWidth : probeWidth;
			const probe = attempt({...factors, [knob]: factors[knob] * Math.exp(width)});
			left--;
			yield best;
			columns.push(probe.residuals.map((residual, index) => (residual - residuals[index]) / width));
			nearest = probe.loss < nearest.loss ? probe : nearest;
		}

		const jacobian = residuals.map((_, index) => columns.map(column => column[index] ?? 0));
		let base: Attempt = best;
		let isHelpful = true;
		while (isHelpful && left > 0 && best.worst > calm) {
			isHelpful = false;
			const origin = base;
			for (const damping of dampings) {
				const step = dampedStep(jacobian, origin.residuals, damping);
				const tried = attempt(moved(origin.factors, free, step));
				left--;
				yield best;
				corrected(
					jacobian,
					free.map(knob => Math.log(tried.factors[knob] / origin.factors[knob])),
					tried.residuals.map((residual, index) => residual - origin.residuals[index]),
				);
				if (tried.loss < best.loss) {
					isHelpful = tried.loss < 0.98 * best.loss;
					best = tried;
					break;
				}
			}

			base = best;
		}

		if (nearest.loss < best.loss) {
			best = nearest;
		}

		if (best.loss >= 0.97 * before) {
			break;
		}
	}

	return best;
}

/**
Broyden's update: the least change of the slopes under which the step gives the
change of residuals that it gave.
*/
function corrected(jacobian: number[][], step: readonly number[], change: readonly number[]): void {
	const square = sumOfSquares(step);
	if (square < 1e-6) {
		return;
	}

	for (const [index, row] of jacobian.entries()) {
		const expected = row.reduce((sum, slope, at) => sum + slope * step[at], 0);
		const share = (change[index] - expected) / square;
		for (const [at, length] of step.entries()) {
			row[at] += share * length;
		}
	}
}

function moved(factors: Factors, free: readonly Knob[], step: readonly number[]): Factors {
	return {
		...factors,
		...Object.fromEntries(
			free.map((knob, index) => {
				const logarithm = Math.max(-longestStep, Math.min(longestStep, step[index]));
				return [knob, limited(factors[knob] * Math.exp(logarithm))];
			}),
		),
	};
}

export function sumOfSquares(values: readonly number[]): number {
	let sum = 0;
	for (const value of values) {
		sum += value * value;
	}

	return sum;
}

function limited(factor: number): number {
	return Math.max(1 / farthest, Math.min(farthest, factor));
}

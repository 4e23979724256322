import {familyOf} from '../../source/validation/cell.js';
import {type MedianCheck} from '../../source/validation/median-checks.js';
import {type Judgement} from '../../source/validation/validation.js';

/** How much a pair weighs beside a figure. */
const pairWeight = 0.8;

/** How much the median of a single time weighs, of which there are few. */
const medianWeight = 2;
/** Within this factor a median counts as reproduced. */
const medianBand = 1.6;

/**
A deviation in units of its band, below 1 is in band, and the family
whose measurement it deviates from.
*/
export type Residual = {readonly family: string; readonly value: number};

/** Deviations of all medians, figures and pairs, in this order. */
export function residualsOf(
	{figures, pairs}: Pick<Judgement, 'figures' | 'pairs'>,
	medians: readonly MedianCheck[],
): Residual[] {
	return [
		...medians.map(({cell, predicted, measured}) => ({
			family: familyOf(cell),
			value:
				(medianWeight * Math.log(Math.max(predicted ?? 0, measured * 0.02) / measured)) / Math.log(medianBand),
		})),
		...figures.map(figure => ({family: familyOf(figure.cell), value: figureDeviation(figure)})),
		...pairs.map(pair => ({family: familyOf(pair.after), value: pairDeviation(pair)})),
	];
}

function figureDeviation({
	zero,
	predicted,
	inBand,
	measured: {median, min, max},
	zeroLimit,
}: Judgement['figures'][number]): number {
	if (zero) {
		// Of what should be next to nothing only the excess counts.
		return inBand ? 0 : 1 + Math.log(Math.max(1, Math.min(1000, (predicted ?? 0) / zeroLimit)));
	}

	const value = Math.max(predicted ?? 0, median * 0.02);
	const low = Math.min(min / 1.1, median * 0.85);
	const high = Math.max(max * 1.1, median * 1.15);
	const deviation = Math.log(value / median);
	return deviation / Math.log(deviation > 0 ? high / median : median / low);
}

function pairDeviation({predicted, ratio, low, high, decided, inRange}: Judgement['pairs'][number]): number {
	if (ratio === 0) {
		return inRange ? 0 : pairWeight;
	}

	const slack = decided ? 1.25 : 1;
	const deviation = Math.log(Math.max(predicted ?? 0, ratio * 0.02) / ratio);
	return (
		(pairWeight * deviation) /
		Math.max(0.1, Math.log(deviation > 0 ? (high * slack) / ratio : (ratio * slack) / low))
	);
}

/**
What a residual far out of its band still weighs: the error factors count
it, the share in band does not.
*/
const tailWeight = 0.2;

/** Rises steeply at the edge of the band, slowly inside, and slowly again far outside. */
export function pointLoss(residual: number): number {
	const square = residual * residual;
	return 1 - Math.exp(-0.7 * square) + tailWeight * Math.log(1 + square);
}

/**
Half of the derivative of the loss by the residual, over the residual: the weight
that makes it a sum of squares.
*/
export function weightOf(residual: number): number {
	const square = residual * residual;
	return 0.7 * Math.exp(-0.7 * square) + tailWeight / (1 + square);
}

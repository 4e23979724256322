import {type Cell, type Pair, type Prediction} from './cell.js';
import {median} from './rank.js';

/** A pair with its predicted ratio and the verdict on it. */
export type JudgedPair = Pair & {
	/** Null when the metric of one of the two was not predicted or is 0 before. */
	readonly predicted: number | null;
	/** The measured range does not contain 1. */
	readonly decided: boolean;
	/** Above 1 when the measured ratio is, below when it is. Undecided pairs have no direction. */
	readonly right: boolean;
	/** Decided: in the range widened 1.25 times; undecided: in the range. */
	readonly inRange: boolean;
};

/**
Typical and large errors of predicted ratios as factors, 1 or more; null without decided pairs.
*/
export type RatioFactor = {readonly median: number; readonly p90: number};

export type PairScore = {
	readonly decided: number;
	readonly decidedRight: number;
	readonly decidedInRange: number;
	readonly undecided: number;
	readonly undecidedInRange: number;
	/** Over the decided pairs. */
	readonly ratioFactor: RatioFactor | null;
};

const widening = 1.25;

/** Errors are taken of ratios not below this, nor above its inverse. */
const leastRatio = 0.001;

/**
Judges the predicted ratios (docs/contract.md, section 7). Predictions
are in the order of the cells.
*/
export function judgePairs(
	pairs: readonly Pair[],
	cells: readonly Cell[],
	predictions: readonly Prediction[],
): JudgedPair[] {
	const byId = new Map(cells.map(({id}, index) => [id, predictions[index]]));
	return pairs.map((pair): JudgedPair => {
		const before = byId.get(pair.before)?.[pair.metric];
		const after = byId.get(pair.after)?.[pair.metric];
		const predicted = before === undefined || after === undefined || before === 0 ? null : after / before;
		const decided = pair.low > 1 || pair.high < 1;
		const slack = decided ? widening : 1;
		return {
			...pair,
			predicted,
			decided,
			right: decided && predicted !== null && (predicted - 1) * (pair.ratio - 1) > 0,
			inRange: predicted !== null && predicted >= pair.low / slack && predicted <= pair.high * slack,
		};
	});
}

export function scorePairs(pairs: readonly JudgedPair[]): PairScore {
	const decided = pairs.filter(pair => pair.decided);
	const undecided = pairs.filter(pair => !pair.decided);
	return {
		decided: decided.length,
		decidedRight: decided.filter(({right}) => right).length,
		decidedInRange: decided.filter(({inRange}) => inRange).length,
		undecided: undecided.length,
		undecidedInRange: undecided.filter(({inRange}) => inRange).length,
		ratioFactor: ratioFactorOf(decided),
	};
}

/**
The factor between predicted and measured ratio, exp |ln(predicted / measured)|: median and
90th percentile over the pairs.
*/
function ratioFactorOf(pairs: readonly JudgedPair[]): RatioFactor | null {
	if (pairs.length === 0) {
		return null;
	}

	const bounded = (ratio: number): number => Math.min(1 / leastRatio, Math.max(leastRatio, ratio));
	const factors = pairs
		// What is not predicted, or is 0 before, is as wrong as can be.
		.map(({predicted, ratio}) =>
			predicted === null ? 1 / leastRatio : Math.exp(Math.abs(Math.log(bounded(predicted) / bounded(ratio)))),
		)
		.toSorted((a, b) => a - b);
	return {median: median(factors), p90: factors[Math.ceil(0.9 * factors.length) - 1]};
}

import {type Pair, type Prediction, type Testbed} from './cell.js';
import {
	type JudgedPair, judgePairs, type PairScore, scorePairs,
} from './pair-score.js';
import {
	type Figure, figuresOf, largestMedians, type MetricScore, scoreMetric, shareRight,
} from './score.js';
import {tablePredictions} from './table-predictor.js';

/** A predictor's scores (contract section 7), beside those of the predictor without a model. */
export type Summary = {
	readonly inBand: number | null;
	readonly zerosRight: number | null;
	readonly byMetric: Readonly<Record<string, MetricScore & {readonly tableInBand: number | null; readonly tableFactor: number | null}>>;
	readonly pairs: PairScore;
	/** The scores of the predictor without a model. */
	readonly table: {readonly inBand: number | null; readonly zerosRight: number | null};
};

/** A model against measurements: figure by figure, pair by pair, and in sum. */
export type Validation = {
	readonly figures: readonly Figure[];
	readonly pairs: readonly JudgedPair[];
	readonly summary: Summary;
};

/** Scores predictions, one a cell in the order of the cells. Pairs of cells that are not here are left out. */
export function validate({cells, pairs}: Testbed, predictions: readonly Prediction[]): Validation {
	const figures = figuresOf(cells, predictions);
	const tableFigures = figuresOf(cells, tablePredictions(cells)).filter(({predicted}) => predicted !== null);
	const judged = judgePairs(pairsAmong(pairs, new Set(cells.map(({id}) => id))), cells, predictions);
	const byMetric: Record<string, Summary['byMetric'][string]> = {};
	for (const [metric, largest] of largestMedians(cells)) {
		const of = (list: readonly Figure[]): Figure[] => list.filter(figure => figure.metric === metric);
		const table = scoreMetric(of(tableFigures), largest);
		byMetric[metric] = {...scoreMetric(of(figures), largest), tableInBand: table.inBand, tableFactor: table.factor};
	}

	return {
		figures,
		pairs: judged,
		summary: {
			...sharesOf(figures), byMetric, pairs: scorePairs(judged), table: sharesOf(tableFigures),
		},
	};
}

function sharesOf(figures: readonly Figure[]): {inBand: number | null; zerosRight: number | null} {
	return {
		inBand: shareRight(figures.filter(({zero}) => !zero)),
		zerosRight: shareRight(figures.filter(({zero}) => zero)),
	};
}

function pairsAmong(pairs: readonly Pair[], ids: ReadonlySet<string>): Pair[] {
	return pairs.filter(({before, after}) => ids.has(before) && ids.has(after));
}

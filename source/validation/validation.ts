import {type Pair, type Prediction, type Testbed} from './cell.js';
import {type JudgedPair, judgePairs, type PairScore, scorePairs} from './pair-score.js';
import {type Figure, figuresOf, largestMedians, type MetricScore, scoreMetric, shareRight} from './score.js';
import {groupsOf} from './groups.js';
import {tablePredictions} from './table-predictor.js';

/** A predictor's scores (docs/contract.md, section 7). */
export type Scores = {
	readonly inBand: number | null;
	readonly zerosRight: number | null;
	readonly byMetric: Readonly<Record<string, MetricScore>>;
	readonly pairs: PairScore;
};

/** A predictor against measurements: figure by figure, pair by pair, and in sum. */
export type Judgement = {
	readonly figures: readonly Figure[];
	readonly pairs: readonly JudgedPair[];
	readonly scores: Scores;
};

/** A model's scores beside those of the predictor without a model. */
export type Summary = Scores & {
	readonly byMetric: Readonly<
		Record<string, MetricScore & {readonly tableInBand: number | null; readonly tableFactor: number | null}>
	>;
	/** The scores of the predictor without a model. */
	readonly table: {readonly inBand: number | null; readonly zerosRight: number | null};
};

/** A model against measurements. */
export type Validation = Omit<Judgement, 'scores'> & {readonly summary: Summary};

/**
Judges predictions, one a cell in the order of the cells. Pairs of cells
that are not here are left out.
*/
export function judge({cells, pairs}: Testbed, predictions: readonly Prediction[]): Judgement {
	const figures = figuresOf(cells, predictions);
	const judged = judgePairs(pairsAmong(pairs, new Set(cells.map(({id}) => id))), cells, predictions);
	return {
		figures,
		pairs: judged,
		scores: {
			...sharesOf(figures),
			byMetric: metricScores(figures, largestMedians(cells)),
			pairs: scorePairs(judged),
		},
	};
}

/** Judges a model's predictions, and the predictor without a model beside them. */
export function validate(testbed: Testbed, predictions: readonly Prediction[]): Validation {
	const {cells} = testbed;
	const {figures, pairs, scores} = judge(testbed, predictions);
	const tableFigures = figuresOf(cells, tablePredictions(cells)).filter(({predicted}) => predicted !== null);
	const table = metricScores(tableFigures, largestMedians(cells));
	const byMetric: Record<string, Summary['byMetric'][string]> = {};
	for (const [metric, score] of Object.entries(scores.byMetric)) {
		byMetric[metric] = {...score, tableInBand: table[metric].inBand, tableFactor: table[metric].factor};
	}

	return {figures, pairs, summary: {...scores, byMetric, table: sharesOf(tableFigures)}};
}

function metricScores(figures: readonly Figure[], largest: ReadonlyMap<string, number>): Record<string, MetricScore> {
	const groups = groupsOf(figures, ({metric}) => metric);
	return Object.fromEntries(
		[...largest].map(([metric, most]) => [metric, scoreMetric(groups.get(metric) ?? [], most)]),
	);
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

import {familiesOf, familyOf, type Prediction, type Testbed} from './cell.js';
import {type RatioFactor, scorePairs} from './pair-score.js';
import {largestMedians, scoreMetric, shareRight} from './score.js';
import {judge} from './validation.js';

/** The metric by whose error a family is judged beside its figures in band. */
export const throughputPath = 'throughput.completed';

/** How constants do on cells that they were not fitted to. */
export type LeftOutScore = {
	/** Share of figures in band, zeros apart. */
	readonly inBand: number | null;
	/** Error of the throughput as a factor. */
	readonly throughputFactor: number | null;
	readonly ratioFactor: RatioFactor | null;
	readonly decided: number;
	readonly decidedRight: number;
};

/** By family, and over all of them. */
export type LeftOutScores = {readonly families: Readonly<Record<string, LeftOutScore>>; readonly all: LeftOutScore};

/**
Scores predictions of which each was made with constants that had not seen the cell's family;
undefined where there are none. A pair belongs to the family of its second cell.
*/
export function scoreLeftOut(
	{cells, pairs}: Testbed,
	predictions: ReadonlyArray<Prediction | undefined>,
): LeftOutScores | null {
	const known = predictions.filter(prediction => prediction !== undefined);
	if (known.length === 0) {
		return null;
	}

	const tried = cells.filter((_, index) => predictions[index] !== undefined);
	const judgement = judge({cells: tried, pairs}, known);
	// Limits and floors are those of the whole file: what is next to nothing does not
	// depend on what is left out.
	const largest = largestMedians(cells).get(throughputPath) ?? 0;
	const scoreOf = (isOne: (family: string) => boolean): LeftOutScore => {
		const figures = judgement.figures.filter(({cell}) => isOne(familyOf(cell)));
		const {ratioFactor, decided, decidedRight} = scorePairs(
			judgement.pairs.filter(({after}) => isOne(familyOf(after))),
		);
		return {
			inBand: shareRight(figures.filter(({zero}) => !zero)),
			throughputFactor: scoreMetric(
				figures.filter(({metric}) => metric === throughputPath),
				largest,
			).factor,
			ratioFactor,
			decided,
			decidedRight,
		};
	};

	return {
		families: Object.fromEntries(familiesOf(tried).map(family => [family, scoreOf(one => one === family)])),
		all: scoreOf(() => true),
	};
}

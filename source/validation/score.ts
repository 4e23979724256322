import {type Cell, type Measured, type Prediction} from './cell.js';
import {median, spearman} from './rank.js';

/** A figure of a cell beside what was predicted for it. */
export type Figure = {
	readonly cell: string;
	readonly metric: string;
	readonly measured: Measured;
	/** Null: nothing was predicted, which counts as wrong. */
	readonly predicted: number | null;
	/** The measured figure is next to nothing for its metric (docs/contract.md, section 7). */
	readonly zero: boolean;
	/** Below this it is. */
	readonly zeroLimit: number;
	/** In band; of a zero: predicted next to nothing too. */
	readonly inBand: boolean;
};

/** How a predictor does on one metric, over its figures that are no zeros. */
export type MetricScore = {
	/** Share in band. */
	readonly inBand: number | null;
	/** Typical error as a factor, 1 or more: exp(mean |ln(predicted / median)|). */
	readonly factor: number | null;
	/** The same with its sign: above 1 the predictions are too high. */
	readonly bias: number | null;
	/** Rank correlation of predictions and medians. */
	readonly spearman: number | null;
};

/** Predicted figures may leave the measured range by this factor. */
const rangeSlack = 1.1;
/** Or the median by this share. */
const medianSlack = 0.15;
/** Below this share of the metric's largest median a figure is a zero. */
const zeroShare = 0.01;
/** Errors are taken of values not below this share of it. */
const floorShare = 0.001;

/** Whether a predicted figure fits the measured one (docs/contract.md, section 7). */
export function isInBand(predicted: number, {median, min, max}: Measured): boolean {
	return (
		(predicted >= min / rangeSlack && predicted <= max * rangeSlack) ||
		Math.abs(predicted - median) <= medianSlack * median
	);
}

/** By metric: the largest of the cells' medians. */
export function largestMedians(cells: readonly Cell[]): ReadonlyMap<string, number> {
	const largest = new Map<string, number>();
	for (const {measured} of cells) {
		for (const [metric, figure] of Object.entries(measured)) {
			largest.set(metric, Math.max(largest.get(metric) ?? 0, figure.median));
		}
	}

	return largest;
}

/** Compares the predictions, one a cell in the order of the cells, with what was measured. */
export function figuresOf(cells: readonly Cell[], predictions: readonly Prediction[]): Figure[] {
	const largest = largestMedians(cells);
	return cells.flatMap(({id, measured}, index) =>
		Object.entries(measured).map(([metric, figure]): Figure => {
			const predicted = predictions[index][metric] ?? null;
			const limit = zeroShare * (largest.get(metric) ?? 0);
			const zero = /^(?:lock|ring)\./v.test(metric) && figure.median < limit;
			const inBand = predicted !== null && (zero ? predicted < limit : isInBand(predicted, figure));
			return {
				cell: id,
				metric,
				measured: figure,
				predicted,
				zero,
				zeroLimit: limit,
				inBand,
			};
		}),
	);
}

/** Share of figures that are right; null when there are none. */
export function shareRight(figures: readonly Figure[]): number | null {
	return figures.length === 0 ? null : figures.filter(({inBand}) => inBand).length / figures.length;
}

/** Scores of one metric. `largest` is the largest median of it. */
export function scoreMetric(figures: readonly Figure[], largest: number): MetricScore {
	const counted = figures.filter(({zero, predicted}) => !zero && predicted !== null);
	const floor = floorShare * largest;
	const errors = counted.map(({predicted, measured}) =>
		Math.log(Math.max(predicted ?? 0, floor) / Math.max(measured.median, floor)),
	);
	const mean = (values: readonly number[]): number | null =>
		values.length === 0 ? null : Math.exp(values.reduce((sum, value) => sum + value, 0) / values.length);
	return {
		inBand: shareRight(figures.filter(({zero}) => !zero)),
		factor: mean(errors.map(error => Math.abs(error))),
		bias: mean(errors),
		spearman: spearman(
			counted.map(({predicted}) => predicted ?? 0),
			counted.map(({measured}) => measured.median),
		),
	};
}

/** The medians of a cell's figures: what a predictor says that knows them. */
export function mediansOf(measured: Cell['measured']): Prediction {
	return Object.fromEntries(Object.entries(measured).map(([path, {median: middle}]) => [path, middle]));
}

/** The median of several runs, metric by metric. */
export function medianPrediction(runs: readonly Prediction[]): Prediction {
	const paths = new Set(runs.flatMap(run => Object.keys(run)));
	return Object.fromEntries(
		[...paths].map(path => [path, median(runs.map(run => run[path]).filter(value => value !== undefined))]),
	);
}

import {normalQuantile} from '../engine/normal-quantile.js';
import {RandomStream} from '../engine/random.js';
import {type Cell, type Measured, type Pair, type Testbed} from './cell.js';
import {median} from './rank.js';
import {throughputPath} from './left-out.js';
import {mediansOf} from './score.js';
import {judge, type Scores} from './validation.js';

/**
What a predictor would reach that knows the true medians: the measurement's
own noise is all that it misses.
*/
export type NoiseCeiling = {
	readonly inBand: number;
	readonly zerosRight: number;
	readonly throughputFactor: number;
	readonly byMetric: Readonly<Record<string, {readonly inBand: number; readonly factor: number}>>;
	/** Shares, and the error of a ratio at the median and the 90th percentile. */
	readonly pairs: {
		readonly decidedRight: number;
		readonly decidedInRange: number;
		readonly undecidedInRange: number;
		readonly ratioFactor: {readonly median: number; readonly p90: number};
	};
};

/** How often the measurement is repeated. */
const repetitions = 40;

/**
The scores of such a predictor, by measuring again in the mind: the measured medians are taken
for the true ones; the runs of a figure scatter log-normally on either side of its median, as
wide as makes the expected extremes of as many runs the measured ones; from new runs come new
medians, ranges and pairs, against which the true medians are scored. Null when a cell does
not say how many runs it had.
*/
export function noiseCeiling({cells, pairs}: Testbed): NoiseCeiling | null {
	if (cells.length === 0 || cells.some(({runs}) => runs === undefined)) {
		return null;
	}

	const truth = cells.map(({measured}) => mediansOf(measured));
	const random = new RandomStream(1, 'noise ceiling');
	const all = Array.from({length: repetitions}, () => {
		const again = cells.map(cell => measuredAgain(cell, random));
		return judge({cells: again, pairs: pairsAgain(pairs, again)}, truth).scores;
	});
	const mean = (of: (scores: Scores) => number | null): number => {
		const values = all.map(scores => of(scores)).filter(value => value !== null);
		return values.length === 0 ? 1 : values.reduce((sum, value) => sum + value, 0) / values.length;
	};

	const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
	return {
		inBand: mean(({inBand}) => inBand),
		zerosRight: mean(({zerosRight}) => zerosRight),
		throughputFactor: mean(({byMetric}) => byMetric[throughputPath]?.factor ?? null),
		byMetric: Object.fromEntries(
			Object.keys(all[0].byMetric).map(path => [
				path,
				{
					inBand: mean(({byMetric}) => byMetric[path]?.inBand ?? null),
					factor: mean(({byMetric}) => byMetric[path]?.factor ?? null),
				},
			]),
		),
		pairs: {
			decidedRight: mean(({pairs: {decidedRight, decided}}) => share(decidedRight, decided)),
			decidedInRange: mean(({pairs: {decidedInRange, decided}}) => share(decidedInRange, decided)),
			undecidedInRange: mean(({pairs: {undecidedInRange, undecided}}) => share(undecidedInRange, undecided)),
			ratioFactor: {
				median: mean(({pairs: {ratioFactor}}) => ratioFactor?.median ?? null),
				p90: mean(({pairs: {ratioFactor}}) => ratioFactor?.p90 ?? null),
			},
		},
	};
}

function measuredAgain(cell: Cell, random: RandomStream): Cell {
	return {
		...cell,
		measured: Object.fromEntries(
			Object.entries(cell.measured).map(([path, figure]) => [path, drawn(figure, cell.runs ?? 1, random)]),
		),
	};
}

/** Median and range of as many new runs. */
function drawn({median: middle, min, max}: Measured, runs: number, random: RandomStream): Measured {
	const extreme = expectedExtreme(runs);
	if (middle === 0 || extreme === 0) {
		return {median: middle, min, max};
	}

	const up = Math.log(max / middle) / extreme;
	// A run of nothing has no logarithm: below the median it scatters as above it.
	const down = min > 0 ? Math.log(middle / min) / extreme : up;
	const values = Array.from({length: runs}, () => {
		const normal = normalQuantile(random.uniform());
		return middle * Math.exp(normal * (normal > 0 ? up : down));
	});
	return {median: median(values), min: Math.min(...values), max: Math.max(...values)};
}

/** About the expected largest of `count` standard normal values (Blom 1958). */
function expectedExtreme(count: number): number {
	return count < 2 ? 0 : normalQuantile((count - 0.375) / (count + 0.25));
}

/**
The ratios between the new medians, their ranges from the new extremes. Of a metric that one of the
two lacks, or that is 0 before, the pair stays as it is.
*/
function pairsAgain(pairs: readonly Pair[], cells: readonly Cell[]): Pair[] {
	const byId = new Map(cells.map(({id, measured}) => [id, measured]));
	return pairs.map(pair => {
		const before = byId.get(pair.before)?.[pair.metric];
		const after = byId.get(pair.after)?.[pair.metric];
		return before === undefined || after === undefined || before.min === 0
			? pair
			: {
					...pair,
					ratio: after.median / before.median,
					low: after.min / before.max,
					high: after.max / before.min,
				};
	});
}

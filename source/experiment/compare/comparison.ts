import {type Direction} from '../../metrics/metric-row.js';
import {metricOf} from '../../metrics/metric-table.js';
import {holm} from '../../statistics/holm.js';
import {halfWidth, pAbove, type Interval, type Rule} from '../../statistics/interval.js';
import {sampleOf} from '../../statistics/sample.js';
import {type Figures, runFigures} from './figures.js';
import {binAt, marginOf, type OwnMargins} from './margin.js';

export type CompareWord = 'better' | 'worse' | 'same' | 'different' | 'undecided';

/** A metric on both sides. All in its JSON unit but the ratios, which are b / a. */
export type CompareRow = {
	readonly path: string;
	/** Pairs in which both sides have it. */
	readonly n: number;
	/** Means; null where the side has no such metric. */
	readonly a: number | null;
	readonly b: number | null;
	/** b - a with its interval; null where one side is missing or nothing can be said yet. */
	readonly difference: number | null;
	readonly low: number | null;
	readonly high: number | null;
	readonly ratio: number | null;
	readonly ratioLow: number | null;
	readonly ratioHigh: number | null;
	readonly margin: number | null;
	readonly verdict: CompareWord;
	/** The interval does not hold 0. */
	readonly significant: boolean;
	/** The interval for b alone. */
	readonly ofB: Interval | null;
};

/** No verdict under so many pairs. */
export const fewestPairs = 5;

type Options = {
	readonly rule: Rule;
	/** 0.95: an interval misses with 0.05. */
	readonly confidence: number;
	/** Margins of the user's own, as shares of a, by path. */
	readonly margins?: OwnMargins;
};

const throughput = 'throughput.completed';
const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** Differences with what the words rest on. */
export type Judged = {
	readonly row: CompareRow;
	readonly direction: Direction | null;
	/** That b is above a by more than the margin, and below. */
	readonly above: number;
	readonly below: number;
};

/**
The rows of a comparison, in the order of the metrics: values at the same place of both
lists are a pair. *Better* and *worse* hold for the whole comparison together (Holm, over
the metrics with a direction).
*/
export function compareRows(a: readonly Figures[], b: readonly Figures[], options: Options): readonly CompareRow[] {
	const judged = pathsOf([...a, ...b]).map(path =>
		judge(
			path,
			a.map(figures => figures[path] ?? null),
			b.map(figures => figures[path] ?? null),
			options,
		),
	);
	return judgedTogether(judged, options.confidence);
}

/** Takes back what of *better* and *worse* the whole table together does not bear. */
export function judgedTogether(judged: readonly Judged[], confidence: number): readonly CompareRow[] {
	const sameThroughput = judged.some(({row}) => row.path === throughput && row.verdict === 'same');
	const hasDirection = ({direction}: Judged): boolean =>
		direction !== null && (direction !== 'lower at equal throughput' || sameThroughput);
	const family = judged.filter(entry => hasDirection(entry) && entry.row.n >= fewestPairs);
	const claims = holm(
		family.map(({above, below}) => Math.min(1, 2 * Math.min(above, below))),
		1 - confidence,
	);
	const claimed = new Set(family.filter((_, index) => claims[index]));
	return judged.map(entry => {
		const {row, direction, above, below} = entry;
		if (row.verdict !== 'different' || !hasDirection(entry)) {
			return row;
		}

		const isBetter = direction === 'higher' ? above < below : below < above;
		return {...row, verdict: claimed.has(entry) ? (isBetter ? 'better' : 'worse') : 'undecided'};
	});
}

/** Every metric that some run has, in their order; a branch that is null as a whole is none. */
function pathsOf(all: readonly Figures[]): readonly string[] {
	return [...new Set(all.flatMap(figures => Object.keys(figures)))].filter(
		path => metricOf(path) !== undefined || runFigures.has(path),
	);
}

/**
Takes *better* and *worse* back: runs that stand still are measured until then, over another time
than those that go on, so that their figures are no merits.
*/
export function withoutMerits(rows: readonly CompareRow[]): readonly CompareRow[] {
	return rows.map(row =>
		row.verdict === 'better' || row.verdict === 'worse' ? {...row, verdict: 'different'} : row,
	);
}

function judge(
	path: string,
	a: ReadonlyArray<number | null>,
	b: ReadonlyArray<number | null>,
	options: Options,
): Judged {
	const {rule, confidence, margins} = options;
	const alpha = 1 - confidence;
	const direction = metricOf(path)?.better ?? null;
	const pairs = a.flatMap((left, index): Array<readonly [number, number]> => {
		const right = b[index] ?? null;
		return left === null || right === null ? [] : [[left, right]];
	});
	const n = pairs.length;
	if (n === 0) {
		const [ofA, ofB] = [meanOf(a), meanOf(b)];
		// What neither side has is nothing that more runs could decide.
		const isNone = ofA === null && ofB === null && Math.min(a.length, b.length) >= fewestPairs;
		return {
			row: {
				...missing,
				path,
				a: ofA,
				b: ofB,
				verdict: isNone ? 'same' : 'undecided',
			},
			direction,
			above: 1,
			below: 1,
		};
	}

	const sideA = sampleOf(pairs.map(([left]) => left));
	const sideB = sampleOf(pairs.map(([, right]) => right));
	const differences = sampleOf(pairs.map(([left, right]) => right - left));
	// What a percentile's bin hides: half of it on each side.
	const [binA, binB] = [binAt(path, sideA.mean), binAt(path, sideB.mean)];
	const hidden = (binA + binB) / 2;
	const half = halfWidth(differences, alpha, rule) + hidden;
	const margin = marginOf(path, sideA.mean, margins);
	const [low, high] = [differences.mean - half, differences.mean + half];
	const ratio = sideA.mean === 0 ? null : sideB.mean / sideA.mean;
	// The ratio of means, linear around it: the mean of (b - ratio a) / a.
	const ratioHalf =
		ratio === null
			? Infinity
			: (halfWidth(sampleOf(pairs.map(([left, right]) => right - ratio * left)), alpha, rule) +
					(binB + Math.abs(ratio) * binA) / 2) /
				Math.abs(sideA.mean);
	const halfB = halfWidth(sideB, alpha, rule) + binB / 2;
	const bound = margin + hidden;
	return {
		row: {
			path,
			n,
			a: sideA.mean,
			b: sideB.mean,
			difference: differences.mean,
			low: finite(low),
			high: finite(high),
			ratio,
			ratioLow: ratio === null ? null : finite(ratio - ratioHalf),
			ratioHigh: ratio === null ? null : finite(ratio + ratioHalf),
			margin,
			verdict: n < fewestPairs ? 'undecided' : wordOf(low, high, margin),
			significant: n >= 2 && (low > 0 || high < 0),
			ofB: Number.isFinite(halfB) ? {low: sideB.mean - halfB, high: sideB.mean + halfB} : null,
		},
		direction,
		above: pAbove(differences, bound, rule),
		below: pAbove({...differences, mean: -differences.mean}, bound, rule),
	};
}

const missing = {
	n: 0,
	difference: null,
	low: null,
	high: null,
	ratio: null,
	ratioLow: null,
	ratioHigh: null,
	margin: null,
	significant: false,
	ofB: null,
} as const;

function meanOf(values: ReadonlyArray<number | null>): number | null {
	const known = values.filter(value => value !== null);
	return known.length === 0 ? null : sampleOf(known).mean;
}

/** Inside the margin, outside on one side, or neither. */
export function wordOf(low: number, high: number, margin: number): CompareWord {
	if (low >= -margin && high <= margin) {
		return 'same';
	}

	return low > margin || high < -margin ? 'different' : 'undecided';
}

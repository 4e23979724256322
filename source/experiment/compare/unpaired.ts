import {RandomStream} from '../../engine/random.js';
import {bucketTop} from '../../engine/histogram.js';
import {metricOf} from '../../metrics/metric-table.js';
import {studentQuantile} from '../../statistics/student.js';
import {type CompareRow, fewestPairs, type Judged, judgedTogether, wordOf} from './comparison.js';
import {type Figures} from './figures.js';
import {binAt, marginOf, type OwnMargins} from './margin.js';

/** A recording cut into blocks of equal time. */
export type Blocks = {
	/** Over all of them. */
	readonly whole: Figures;
	/** Of each. */
	readonly figures: readonly Figures[];
	/** Commands that were answered in each. */
	readonly commands: readonly number[];
	/**
	By path of a distribution (`latency.traced`), block and bucket of
	its histogram: how many; sparse.
	*/
	readonly counts: ReadonlyMap<string, ReadonlyArray<ReadonlyMap<number, number>>>;
};

type Options = {readonly confidence: number; readonly margins: OwnMargins};

/** Draws of the blocks of both sides. */
const resamples = 2000;

/** A figure of some blocks, each taken so often. */
type Statistic = (times: readonly number[]) => number | null;

/**
The rows of two recordings, which share no random numbers: block bootstrap. Blocks are drawn with
replacement on each side apart, by a stream of our own with a seed that is always the same; what the
differences of the draws spread is the interval, wider by Student's t for few blocks (Künsch, "The
jackknife and the bootstrap for general stationary observations", Annals of Statistics 17, 1989).
Blocks have to be longer than what one command does to the next ones.
*/
export function unpairedRows(a: Blocks, b: Blocks, options: Options): readonly CompareRow[] {
	const stream = new RandomStream(1, 'compare/bootstrap');
	const draws = Array.from(
		{length: resamples},
		() => [draw(stream, a.commands.length), draw(stream, b.commands.length)] as const,
	);
	const paths = [...new Set([...Object.keys(a.whole), ...Object.keys(b.whole)])];
	return judgedTogether(
		paths.map(path => judge(path, a, b, draws, options)),
		options.confidence,
	);
}

/** How often each of so many blocks is drawn. */
function draw(stream: RandomStream, blocks: number): readonly number[] {
	const times = Array.from({length: blocks}, () => 0);
	for (let count = 0; count < blocks; count++) {
		times[stream.below(blocks)]++;
	}

	return times;
}

const extreme = /\.(?:min|max)$/v;
const perCommand = /perCommand|latency|\.batch\./v;

function statisticOf(path: string, {figures, commands, counts}: Blocks): Statistic | null {
	if (extreme.test(path)) {
		return null;
	}

	const [, distribution, digits] = /^(.+)\.p(\d+)$/v.exec(path) ?? [];
	if (digits !== undefined) {
		const own = counts.get(distribution);
		return own === undefined ? null : quantileOf(own, Number(`0.${digits}`));
	}

	// What is said of a command is a mean over commands, what is said of time one over time.
	const values = figures.map(one => one[path] ?? null);
	const weights = values.map((value, block) => (value === null ? 0 : perCommand.test(path) ? commands[block] : 1));
	return times => {
		let sum = 0;
		let weight = 0;
		for (const [block, count] of times.entries()) {
			sum += count * weights[block] * (values[block] ?? 0);
			weight += count * weights[block];
		}

		return weight === 0 ? null : sum / weight;
	};
}

/** Nearest rank, us. */
function quantileOf(counts: ReadonlyArray<ReadonlyMap<number, number>>, share: number): Statistic {
	const buckets = [...new Set(counts.flatMap(block => [...block.keys()]))].toSorted((a, b) => a - b);
	const rows = buckets.map(bucket => counts.map(block => block.get(bucket) ?? 0));
	const sums = counts.map(block => [...block.values()].reduce((sum, count) => sum + count, 0));
	const sumOf = (row: readonly number[], times: readonly number[]): number => {
		let sum = 0;
		for (let block = 0; block < row.length; block++) {
			sum += row[block] * times[block];
		}

		return sum;
	};

	return times => {
		const rank = Math.ceil(share * sumOf(sums, times));
		let seen = 0;
		for (const [index, row] of rows.entries()) {
			seen += sumOf(row, times);
			if (seen >= rank && seen > 0) {
				return bucketTop(buckets[index]) / 1000;
			}
		}

		return null;
	};
}

function judge(
	path: string,
	a: Blocks,
	b: Blocks,
	draws: ReadonlyArray<readonly [readonly number[], readonly number[]]>,
	{confidence, margins}: Options,
): Judged {
	const [left, right] = [a.whole[path] ?? null, b.whole[path] ?? null];
	const direction = metricOf(path)?.better ?? null;
	const n = Math.min(a.commands.length, b.commands.length);
	const margin = left === null || right === null ? null : marginOf(path, left, margins);
	const bare: CompareRow = {
		path,
		n: margin === null ? 0 : n,
		a: left,
		b: right,
		difference: left === null || right === null ? null : right - left,
		low: null,
		high: null,
		ratio: left === null || right === null || left === 0 ? null : right / left,
		ratioLow: null,
		ratioHigh: null,
		margin,
		verdict: left === null && right === null && n >= fewestPairs ? 'same' : 'undecided',
		significant: false,
		ofB: null,
	};
	const [ofA, ofB] = [statisticOf(path, a), statisticOf(path, b)];
	if (left === null || right === null || margin === null || n < 2 || ofA === null || ofB === null) {
		return {row: bare, direction, above: 1, below: 1};
	}

	const known = draws.flatMap(([timesA, timesB]) => {
		const [valueA, valueB] = [ofA(timesA), ofB(timesB)];
		return valueA === null || valueB === null ? [] : [[valueA, valueB] as const];
	});
	const alpha = 1 - confidence;
	const wider = studentQuantile(alpha / 2, n - 1) / studentQuantile(alpha / 2, 1_000_000);
	const [binA, binB] = [binAt(path, left), binAt(path, right)];
	const hidden = (binA + binB) / 2;
	const difference = spread(
		known.map(([valueA, valueB]) => valueB - valueA),
		right - left,
		wider,
	);
	const [low, high] = ends(difference, alpha, hidden);
	const ratio = left === 0 ? null : right / left;
	const ratios =
		left === 0
			? []
			: spread(
					known.map(([valueA, valueB]) => (valueB - (right / left) * valueA) / left + right / left),
					right / left,
					wider,
				);
	const [ratioLow, ratioHigh] =
		ratio === null ? [null, null] : ends(ratios, alpha, (binB + Math.abs(ratio) * binA) / 2 / Math.abs(left));
	const [lowB, highB] = ends(
		spread(
			known.map(([, valueB]) => valueB),
			right,
			wider,
		),
		alpha,
		binB / 2,
	);
	const bound = margin + hidden;
	return {
		row: {
			...bare,
			low,
			high,
			ratioLow,
			ratioHigh,
			verdict: n < fewestPairs ? 'undecided' : wordOf(low, high, margin),
			significant: low > 0 || high < 0,
			ofB: {low: lowB, high: highB},
		},
		direction,
		above: shareOf(difference, value => value <= bound),
		below: shareOf(difference, value => value >= -bound),
	};
}

/** Values of the draws around what was recorded, sorted. */
function spread(values: readonly number[], around: number, wider: number): readonly number[] {
	let sum = 0;
	for (const value of values) {
		sum += value;
	}

	const mean = sum / values.length;
	return values.map(value => around + wider * (value - mean)).toSorted((a, b) => a - b);
}

function ends(sorted: readonly number[], alpha: number, hidden: number): readonly [number, number] {
	const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
	return [at(alpha / 2) - hidden, at(1 - alpha / 2) + hidden];
}

/** A p-value of draws: never 0. */
function shareOf(sorted: readonly number[], isAgainst: (value: number) => boolean): number {
	return (1 + sorted.filter(value => isAgainst(value)).length) / (1 + sorted.length);
}

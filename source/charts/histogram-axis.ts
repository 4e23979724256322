import {bucketTop, type Histogram} from '../engine/histogram.js';

/** What is drawn of a histogram, ns. */
export type Spread = Pick<Histogram, 'count' | 'max' | 'bucketEnd' | 'countOf'>;

export type HistogramScale = 'log' | 'linear';

/**
The times that a histogram's columns span, ns, and where a time stands in
them: 0 to 1, beyond them more.
*/
export type HistogramAxis = {
	readonly scale: HistogramScale;
	readonly low: number;
	readonly high: number;
	readonly at: (value: number) => number;
	/** Round times to be written under it. */
	readonly labels: readonly number[];
};

/** Round numbers of a decade that the axis is marked at. */
const marks = [1, 2, 5];
/** Round ends of a linear axis. */
const ends = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8];
/** A linear axis holds this share of all; what is beyond is said. */
const heldShare = 0.999;
const mostLabels = 6;

function roundDown(value: number): number {
	const decade = 10 ** Math.floor(Math.log10(value));
	return (marks.findLast(mark => mark * decade <= value) ?? 1) * decade;
}

function roundUp(value: number, among: readonly number[] = marks): number {
	const decade = 10 ** Math.floor(Math.log10(value));
	return (among.find(mark => mark * decade >= value) ?? 10) * decade;
}

function leastOf(spread: Spread): number {
	for (let bucket = 0; bucket < spread.bucketEnd; bucket++) {
		if (spread.countOf(bucket) > 0) {
			return Math.max(1, bucketTop(bucket));
		}
	}

	return Infinity;
}

/** Between round numbers around all values. */
function logAxis(spreads: readonly Spread[]): HistogramAxis {
	const least = Math.min(...spreads.map(spread => leastOf(spread)));
	const low = least === Infinity ? 1 : roundDown(least);
	const most = Math.max(...spreads.map(({max}) => max));
	const high = least === Infinity ? 10 : Math.max(2 * low, roundUp(most + 1));
	const labels: number[] = [];
	for (let value = low; value <= high * 1.001 && labels.length < 100; value = roundUp(value * 1.5)) {
		labels.push(value);
	}

	return {
		scale: 'log',
		low,
		high,
		at: value => Math.log(Math.max(1, value) / low) / Math.log(high / low),
		labels,
	};
}

function heldBy(spread: Spread): number {
	let left = heldShare * spread.count;
	for (let bucket = 0; bucket < spread.bucketEnd; bucket++) {
		left -= spread.countOf(bucket);
		if (left <= 0) {
			return Math.min(spread.max, bucketTop(bucket));
		}
	}

	return spread.max;
}

/** From 0 to a round number that all but the very longest are below. */
function linearAxis(spreads: readonly Spread[]): HistogramAxis {
	const most = Math.max(1, ...spreads.map(spread => heldBy(spread)));
	const high = roundUp(most * 1.02, ends);
	const step = roundUp(high / mostLabels);
	return {
		scale: 'linear',
		low: 0,
		high,
		at: value => value / high,
		labels: Array.from({length: Math.floor(high / step + 0.001)}, (_, index) => (index + 1) * step),
	};
}

/** An axis for all of these. */
export function histogramAxis(scale: HistogramScale, spreads: readonly Spread[]): HistogramAxis {
	return scale === 'log' ? logAxis(spreads) : linearAxis(spreads);
}

/** Shares of all values in columns of equal width on the axis, and of those beyond its end. */
export function columnShares(
	spread: Spread,
	{scale, high, at}: HistogramAxis,
	columns: number,
): {readonly shares: readonly number[]; readonly beyond: number} {
	const shares = Array.from({length: columns}, () => 0);
	let beyond = 0;
	for (let bucket = 0; bucket < spread.bucketEnd; bucket++) {
		const count = spread.countOf(bucket);
		if (count === 0) {
			continue;
		}

		const share = count / spread.count;
		const top = bucketTop(bucket);
		if (scale === 'log') {
			shares[Math.max(0, Math.min(columns - 1, Math.floor(at(top) * columns)))] += share;
		} else if (top >= high) {
			beyond += share;
		} else {
			// A bucket may be wider than a column: its values lie evenly in it.
			const from = at(bucket === 0 ? 0 : bucketTop(bucket - 1) + 1) * columns;
			const to = Math.max(from + 1e-9, at(top + 1) * columns);
			for (let column = Math.floor(from); column < Math.min(columns, to); column++) {
				shares[column] += (share * (Math.min(to, column + 1) - Math.max(from, column))) / (to - from);
			}
		}
	}

	return {shares, beyond};
}

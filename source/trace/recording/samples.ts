import {Distribution, type DistributionSpec} from '../../engine/distribution.js';

/**
Ranks at which measured distributions are written down, up to what is rare: that is
written down sample by sample.
*/
const ranks = [0, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95];

/** From here on a rank is of what is rare. */
const rare = 0.95;

/** Ranks in whole parts of this: they ascend, and print short. */
const finest = 1_000_000;

/** ns that time stamps are rounded to: ftrace's text has microseconds. */
export const tick = 1000;

/** Below so many samples a distribution is a guess: its median stands for it. */
export const fewestSamples = 5;

/**
Measured times, ns. They may be negative: a difference of two rounded
times less what is known of it.
*/
export class Samples {
	private readonly values: number[] = [];
	private sorted = true;

	get count(): number {
		return this.values.length;
	}

	add(value: number): void {
		this.values.push(Math.round(value));
		this.sorted = false;
	}

	addAll(other: Samples): void {
		for (const value of other.values) {
			this.add(value);
		}
	}

	/** Nearest rank on a straight line between neighbours; 0 without samples. */
	quantile(rank: number): number {
		const values = this.ordered();
		if (values.length === 0) {
			return 0;
		}

		const position = rank * (values.length - 1);
		const below = Math.floor(position);
		const above = Math.min(below + 1, values.length - 1);
		return values[below] + (values[above] - values[below]) * (position - below);
	}

	get median(): number {
		return this.quantile(0.5);
	}

	get mean(): number {
		return this.values.length === 0 ? 0 : this.values.reduce((sum, value) => sum + value, 0) / this.values.length;
	}

	/** The samples in ascending order. */
	ordered(): readonly number[] {
		if (!this.sorted) {
			this.values.sort((a, b) => a - b);
			this.sorted = true;
		}

		return this.values;
	}

	/** The mean of those up to a rank, those above it counting as much as the one at it. */
	trimmedMean(rank: number): number {
		const values = this.ordered();
		const most = this.quantile(rank);
		let sum = 0;
		for (const value of values) {
			sum += Math.min(value, most);
		}

		return values.length === 0 ? 0 : sum / values.length;
	}

	/** All of them less `amount`. */
	minus(amount: number): Samples {
		const result = new Samples();
		for (const value of this.values) {
			result.add(value - amount);
		}

		return result;
	}

	/** Those of at most that much. */
	upTo(most: number): Samples {
		const result = new Samples();
		for (const value of this.values) {
			if (value <= most) {
				result.add(value);
			}
		}

		return result;
	}

	/** All of them, the smaller ones raised to that. */
	from(least: number): Samples {
		const result = new Samples();
		for (const value of this.values) {
			result.add(Math.max(least, value));
		}

		return result;
	}

	/**
	As a distribution of a parameter. Times that differ by no more than time stamps are rounded by
	(`spread`, ns) are one time, their mean; the points of others are moved, by less than a time
	stamp is rounded, so that the mean is kept.
	*/
	spec(longest: number, spread = tick): DistributionSpec {
		const limited = (value: number): number => Math.max(0, Math.min(longest, Math.round(value)));
		if (this.count < fewestSamples) {
			return {kind: 'const', value: limited(this.median)};
		}

		const usual = this.trimmedMean(rare);
		const isOne = this.quantile(0.9) - this.quantile(0.1) <= spread;
		if (isOne && this.quantile(1) - usual <= 2 * tick) {
			return {kind: 'const', value: limited(usual)};
		}

		const tail = this.tail();
		const body = ranks.map(rank => [rank, isOne ? usual : this.quantile(rank)] as const);
		let mean = 0;
		for (let i = 1; i < body.length; i++) {
			mean += ((body[i][0] - body[i - 1][0]) * (body[i][1] + body[i - 1][1])) / 2;
		}

		for (const {width, value} of tail) {
			mean += width * value;
		}

		const shift = isOne ? 0 : Math.max(-tick / 2, Math.min(tick / 2, this.mean - mean));
		const points = body.map(([rank, value]): [number, number] => [rank, limited(value + shift)]);
		let rank = rare;
		for (const {width, value} of tail) {
			// A step each: on a line to the longest there would be many nearly as long.
			points.push([rank + 1 / finest, limited(Math.max(value + shift, isOne ? usual : 0))]);
			rank += width;
			points.push([rank, points.at(-1)?.[1] ?? 0]);
		}

		return {kind: 'quantiles', points: ascending(points)};
	}

	/**
	What is above `rare`, in groups: the longest alone, then two, then four …; the
	lowest group takes what is left.
	*/
	private tail(): ReadonlyArray<{readonly width: number; readonly value: number}> {
		const values = this.ordered();
		const first = Math.min(values.length - 1, Math.ceil(rare * values.length));
		const groups: Array<{readonly width: number; readonly value: number}> = [];
		let left = 1 - rare;
		for (let to = values.length, size = 1; to > first; size *= 2) {
			const from = to - size < first + size ? first : to - size;
			const group = values.slice(from, to);
			const width = from === first ? left : group.length / values.length;
			left -= width;
			groups.unshift({width, value: group.reduce((sum, value) => sum + value, 0) / group.length});
			to = from;
		}

		return groups;
	}
}

/**
Points whose ranks are whole parts of `finest`, ascend strictly and end at
1, and whose values do not fall.
*/
function ascending(points: ReadonlyArray<readonly [number, number]>): ReadonlyArray<readonly [number, number]> {
	const result: Array<readonly [number, number]> = [];
	for (const [index, [rank, value]] of points.entries()) {
		const before = result.at(-1);
		const at = index === points.length - 1 ? 1 : Math.round(rank * finest) / finest;
		if (before === undefined || at > before[0]) {
			result.push([at, Math.max(value, before?.[1] ?? 0)]);
		}
	}

	return result;
}

/** A distribution with all its values times a factor. */
export function scaled(spec: DistributionSpec, factor: number, longest: number): DistributionSpec {
	const times = (value: number): number => Math.min(longest, Math.max(0, Math.round(value * factor)));
	switch (spec.kind) {
		case 'const': {
			return {kind: 'const', value: times(spec.value)};
		}

		case 'exp': {
			return {kind: 'exp', mean: times(spec.mean)};
		}

		case 'uniform': {
			return {kind: 'uniform', low: times(spec.low), high: times(spec.high)};
		}

		case 'lognormal': {
			return {...spec, median: times(spec.median)};
		}

		case 'quantiles': {
			return {kind: 'quantiles', points: spec.points.map(([rank, value]) => [rank, times(value)] as const)};
		}
	}
}

/**
A distribution whose upper half lies farther from its median by one factor, and its rarest from the
rest by another. Only measured ones have such parts.
*/
export function widened(
	spec: DistributionSpec,
	{spread, pauses}: {readonly spread: number; readonly pauses: number},
	longest: number,
): DistributionSpec {
	if (spec.kind !== 'quantiles' || (spread === 1 && pauses === 1)) {
		return spec;
	}

	const distribution = new Distribution(spec);
	const median = distribution.at(0.5);
	const bound = distribution.at(rare);
	const usual = median + spread * (bound - median);
	return {
		kind: 'quantiles',
		points: spec.points.map(([rank, value]) => {
			const moved =
				value <= median
					? value
					: value <= bound
						? median + spread * (value - median)
						: usual + pauses * (value - bound);
			return [rank, Math.min(longest, Math.round(moved))] as const;
		}),
	};
}

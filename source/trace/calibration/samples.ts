import {type DistributionSpec} from '../../engine/distribution.js';

/** Ranks at which measured distributions are written down. */
const ranks = [0, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1];

/** Among so many samples one in a thousand has a rank of its own: a line from 0.99 to the longest would make long ones too common. */
const manySamples = 1000;
const manyRanks = [...ranks.slice(0, -1), 0.999, 1];

/** From here on a rank is of what is rare. */
const rare = 0.95;

/** ns that time stamps are rounded to: ftrace's text has microseconds. */
export const tick = 1000;

/** Below so many samples a distribution is a guess: its median stands for it. */
export const fewestSamples = 5;

/** Measured times, ns. They may be negative: a difference of two rounded times less what is known of it. */
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
		return values[below] + ((values[above] - values[below]) * (position - below));
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

	/**
	As a distribution of a parameter. Times that differ by no more than time stamps are rounded
	by (`spread`, ns) are one time, their mean; the points of others are moved, by less than a time stamp is rounded, so that the mean is kept.
	*/
	spec(longest: number, spread = tick): DistributionSpec {
		const limited = (value: number): number => Math.max(0, Math.min(longest, Math.round(value)));
		if (this.count < fewestSamples) {
			return {kind: 'const', value: limited(this.median)};
		}

		const chosen = this.count >= manySamples ? manyRanks : ranks;
		if (this.quantile(0.9) - this.quantile(0.1) <= spread) {
			const usual = this.trimmedMean(rare);
			return this.quantile(1) - usual <= 2 * tick
				? {kind: 'const', value: limited(usual)}
				: {
					kind: 'quantiles',
					points: [[0, limited(usual)], ...chosen.filter(rank => rank >= rare).map(rank => [rank, limited(rank === rare ? usual : Math.max(usual, this.quantile(rank)))] as const)],
				};
		}

		const points = chosen.map(rank => [rank, this.quantile(rank)] as const);
		let mean = 0;
		for (let i = 1; i < points.length; i++) {
			mean += (points[i][0] - points[i - 1][0]) * (points[i][1] + points[i - 1][1]) / 2;
		}

		const shift = Math.max(-tick / 2, Math.min(tick / 2, this.mean - mean));
		return {kind: 'quantiles', points: points.map(([rank, value]) => [rank, limited(value + shift)] as const)};
	}
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

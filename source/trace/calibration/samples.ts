import {type DistributionSpec} from '../../engine/distribution.js';

/** Ranks at which measured distributions are written down. */
const ranks = [0, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1];

/** Below so many samples a distribution is a guess: its median stands for it. */
export const fewestSamples = 5;

/** Measured times, ns. */
export class Samples {
	private readonly values: number[] = [];
	private sorted = true;

	get count(): number {
		return this.values.length;
	}

	add(value: number): void {
		this.values.push(Math.max(0, Math.round(value)));
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

	/** All of them less `amount`, none below 0. */
	minus(amount: number): Samples {
		const result = new Samples();
		for (const value of this.values) {
			result.add(value - amount);
		}

		return result;
	}

	/** As a distribution of a parameter; a constant when there are few samples or they are all alike. */
	spec(longest: number): DistributionSpec {
		const low = Math.min(this.quantile(0), longest);
		const high = Math.min(this.quantile(1), longest);
		if (this.count < fewestSamples || low === high) {
			return {kind: 'const', value: Math.min(longest, Math.round(this.median))};
		}

		return {kind: 'quantiles', points: ranks.map(rank => [rank, Math.min(longest, Math.round(this.quantile(rank)))] as const)};
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

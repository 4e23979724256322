import {exponential, logarithm} from './logarithm.js';
import {isInMiddle, middleQuantile, normalQuantile, tailQuantile} from './normal-quantile.js';
import {type RandomStream} from './random.js';

/**
A distribution of non-negative numbers (durations in ns, for most keys), as data.
`quantiles` holds [probability, value] pairs, ascending, first probability 0 and last 1;
between two of them the value is interpolated on a straight line.
*/
export type DistributionSpec =
	| {readonly kind: 'const'; readonly value: number}
	| {readonly kind: 'exp'; readonly mean: number}
	| {readonly kind: 'uniform'; readonly low: number; readonly high: number}
	| {readonly kind: 'lognormal'; readonly median: number; readonly sigma: number}
	| {readonly kind: 'quantiles'; readonly points: ReadonlyArray<readonly [number, number]>};

const constant = 0;
const exponentialKind = 1;
const uniform = 2;
const lognormal = 3;
const quantiles = 4;

/**
A distribution that is sampled by inversion: one uniform number in, one value out,
whatever the kind. So a change of kind does not shift a random stream, and the same
uniform number means the same rank under two settings (common random numbers).

The object keeps its identity when it is changed with `set`, so that the state of
a simulation is a fixed tree whose leaves are numbers and typed arrays.
*/
export class Distribution {
	private kind = constant;
	private a = 0;
	private b = 0;
	private probabilities = new Float64Array(0);
	private values = new Float64Array(0);

	constructor(spec: DistributionSpec) {
		this.set(spec);
	}

	set(spec: DistributionSpec): void {
		this.probabilities = new Float64Array(0);
		this.values = new Float64Array(0);
		switch (spec.kind) {
			case 'const': {
				this.kind = constant;
				this.a = spec.value;
				break;
			}

			case 'exp': {
				this.kind = exponentialKind;
				this.a = spec.mean;
				break;
			}

			case 'uniform': {
				this.kind = uniform;
				this.a = spec.low;
				this.b = spec.high - spec.low;
				break;
			}

			case 'lognormal': {
				this.kind = lognormal;
				this.a = spec.median;
				this.b = spec.sigma;
				break;
			}

			case 'quantiles': {
				this.kind = quantiles;
				this.probabilities = Float64Array.from(spec.points, point => point[0]);
				this.values = Float64Array.from(spec.points, point => point[1]);
				break;
			}
		}
	}

	/**
	The value at rank `u` (0 < u < 1), not rounded. Its cost does not depend on history.
	*/
	at(u: number): number {
		return this.kind === lognormal ? this.a * exponential(this.b * normalQuantile(u)) : this.otherAt(u);
	}

	/**
	The value at the next rank of a stream in whole units (ns), rounded to the nearest: `sample` of
	it, written out, so that V8 makes one piece of a lognormal draw from the middle. What crosses a
	call that it leaves one is put into an object.
	*/
	draw(ranks: RandomStream): number {
		const u = ranks.uniform();
		if (this.kind !== lognormal) {
			return Math.floor(this.otherAt(u) + 0.5);
		}

		// Products on both sides: V8 knows of them that they are numbers.
		const power = isInMiddle(u) ? this.b * middleQuantile(u) : this.b * tailQuantile(u);
		return Math.floor(this.a * exponential(power) + 0.5);
	}

	/** The value at rank `u` in whole units (ns), rounded to the nearest. */
	sample(u: number): number {
		return Math.floor(this.at(u) + 0.5);
	}

	private otherAt(u: number): number {
		switch (this.kind) {
			case exponentialKind: {
				return -this.a * logarithm(u);
			}

			case uniform: {
				return this.a + this.b * u;
			}

			case quantiles: {
				return this.interpolate(u);
			}

			default: {
				return this.a;
			}
		}
	}

	private interpolate(u: number): number {
		const {probabilities, values} = this;
		let low = 0;
		let high = probabilities.length - 1;
		while (high - low > 1) {
			const middle = (low + high) >>> 1;
			if (probabilities[middle] <= u) {
				low = middle;
			} else {
				high = middle;
			}
		}

		const width = probabilities[high] - probabilities[low];
		return width > 0
			? values[low] + ((values[high] - values[low]) * (u - probabilities[low])) / width
			: values[high];
	}
}

/** Mean of a distribution, for advice and closed forms. Same unit as its values. */
export function meanOf(spec: DistributionSpec): number {
	switch (spec.kind) {
		case 'const': {
			return spec.value;
		}

		case 'exp': {
			return spec.mean;
		}

		case 'uniform': {
			return (spec.low + spec.high) / 2;
		}

		case 'lognormal': {
			return spec.median * exponential((spec.sigma * spec.sigma) / 2);
		}

		case 'quantiles': {
			let mean = 0;
			for (let i = 1; i < spec.points.length; i++) {
				const [p0, v0] = spec.points[i - 1];
				const [p1, v1] = spec.points[i];
				mean += ((p1 - p0) * (v0 + v1)) / 2;
			}

			return mean;
		}
	}
}

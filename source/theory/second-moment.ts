import {type DistributionSpec, meanOf} from '../engine/distribution.js';
import {exponential} from '../engine/logarithm.js';

/**
E[X^2] of a distribution, in the square of its unit; with `meanOf` it
decides how long an open queue waits.
*/
export function secondMomentOf(spec: DistributionSpec): number {
	switch (spec.kind) {
		case 'const': {
			return spec.value * spec.value;
		}

		case 'exp': {
			return 2 * spec.mean * spec.mean;
		}

		case 'uniform': {
			return (spec.low * spec.low + spec.low * spec.high + spec.high * spec.high) / 3;
		}

		case 'lognormal': {
			const mean = meanOf(spec);
			return mean * mean * exponential(spec.sigma * spec.sigma);
		}

		case 'quantiles': {
			let moment = 0;
			for (let i = 1; i < spec.points.length; i++) {
				const [p0, v0] = spec.points[i - 1];
				const [p1, v1] = spec.points[i];
				moment += ((p1 - p0) * (v0 * v0 + v0 * v1 + v1 * v1)) / 3;
			}

			return moment;
		}
	}
}

import {type DistributionSpec} from '../engine/distribution.js';

/** A constant time, ns. */
export function constantTime(value: number): DistributionSpec {
	return {kind: 'const', value};
}

/** An exponential time, ns. */
export function exponentialTime(mean: number): DistributionSpec {
	return {kind: 'exp', mean};
}

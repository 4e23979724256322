import {halfWidth} from '../statistics/interval.js';
import {sampleOf} from '../statistics/sample.js';

/** Mean of independent runs and half the width of its 99 % interval. */
export type Estimate = {
	readonly mean: number;
	/** Null for a single run. */
	readonly halfWidth: number | null;
};

/** Estimates a mean from one value a run. */
export function estimate(values: readonly number[]): Estimate {
	const sample = sampleOf(values);
	return {mean: sample.mean, halfWidth: values.length < 2 ? null : halfWidth(sample, 0.01, 'fixed')};
}

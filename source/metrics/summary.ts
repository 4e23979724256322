import {type Histogram} from '../engine/histogram.js';
import {type Figure, type Summary} from './metrics.js';

const us = 1000;

/** ns as us. */
export const inUs = (ns: Figure): Figure => ns === null ? null : ns / us;

/** A histogram of ns as a summary in us; all null when it is empty or not kept. */
export function summaryOf(histogram: Histogram | undefined): Summary {
	if (histogram === undefined || histogram.count === 0) {
		return {
			mean: null, p50: null, p90: null, p99: null, max: null,
		};
	}

	return {
		mean: inUs(histogram.mean),
		p50: inUs(histogram.quantile(0.5)),
		p90: inUs(histogram.quantile(0.9)),
		p99: inUs(histogram.quantile(0.99)),
		max: inUs(histogram.max),
	};
}

import {bucketCount, type Histogram} from '../engine/histogram.js';

/**
Mean of a part of the values at or above p99 of a histogram: `byBucket` has the sums of all parts
(cells) of each bucket one after the other. Null when there are no values.
*/
export function bucketMean(histogram: Histogram, byBucket: Float64Array, cell: number): number | null {
	if (histogram.count === 0) {
		return null;
	}

	const cells = byBucket.length / bucketCount;
	let sum = 0;
	let count = 0;
	for (let bucket = histogram.bucketAt(0.99); bucket < histogram.bucketEnd; bucket++) {
		count += histogram.countOf(bucket);
		sum += byBucket[bucket * cells + cell];
	}

	return sum / count;
}

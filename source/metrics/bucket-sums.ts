import {type Histogram} from '../engine/histogram.js';

/** Buckets that there is room for at first. */
const fewBuckets = 64;

/**
Sums of the parts of values, for each bucket of a histogram that has the values. As long as the
highest bucket asks for: most runs stay in the lower half.
*/
export class BucketSums {
	/** The parts of a bucket one after the other. */
	values = new Float64Array(0);

	/** `parts`: into how many a value is taken apart. */
	constructor(private readonly parts: number) {}

	/** Where in `values` the parts of a bucket begin; there is room for them afterwards. */
	placeOf(bucket: number): number {
		const place = bucket * this.parts;
		if (place >= this.values.length) {
			this.grow(bucket);
		}

		return place;
	}

	/** A sum; 0 for a bucket that no value has reached. */
	sum(bucket: number, part: number): number {
		const place = bucket * this.parts + part;
		return place < this.values.length ? this.values[place] : 0;
	}

	/** Mean of a part of the values at or above p99 of their histogram; null without values. */
	tail(histogram: Histogram, part: number): number | null {
		if (histogram.count === 0) {
			return null;
		}

		let sum = 0;
		let count = 0;
		for (let bucket = histogram.bucketAt(0.99); bucket < histogram.bucketEnd; bucket++) {
			count += histogram.countOf(bucket);
			sum += this.sum(bucket, part);
		}

		return sum / count;
	}

	/** All buckets before `end`, the first that no value has reached, are empty again. */
	clear(end: number): void {
		this.values.fill(0, 0, end * this.parts);
	}

	private grow(bucket: number): void {
		let buckets = fewBuckets;
		while (buckets <= bucket) {
			buckets *= 2;
		}

		const grown = new Float64Array(buckets * this.parts);
		grown.set(this.values);
		this.values = grown;
	}
}

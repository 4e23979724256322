import {holdDoubles} from './double-fields.js';

/** Sub-buckets of an octave: a bucket is at most 1/128 of its value wide. */
const subBuckets = 128;
const bucketBits = 7;
const octaves = 46;

/** Buckets that there is room for with a first value. */
const fewBuckets = 2 * subBuckets;

/** Number of buckets: one for each whole number below 256, then 128 an octave. */
export const bucketCount = (octaves + 2) * subBuckets;

/** The bucket of a whole number from 0 to 2^53. */
export function bucketOf(value: number): number {
	if (value < 2 * subBuckets) {
		return value;
	}

	let shift = 0;
	let rest = value;
	if (rest >= 4_294_967_296) {
		rest = Math.floor(rest / 4_194_304);
		shift = 22;
	}

	const octave = 31 - Math.clz32(rest) - bucketBits;
	return (octave + shift) * subBuckets + (rest >>> octave);
}

/** The largest value of a bucket. */
export function bucketTop(bucket: number): number {
	if (bucket < 2 * subBuckets) {
		return bucket;
	}

	const octave = Math.floor(bucket / subBuckets) - 1;
	const mantissa = bucket - octave * subBuckets;
	let width = 1;
	for (let i = 0; i < octave; i++) {
		width *= 2;
	}

	return (mantissa + 1) * width - 1;
}

/**
A log-linear histogram of whole numbers (ns): every bucket is less than 1 % of its values
wide; mean, least and largest are exact. It has memory up to the highest bucket that a value has
reached, or twice that: of a run's histograms half stay empty.
*/
export class Histogram {
	count = 0;
	sum = 0;
	max = 0;
	private counts = new Float64Array(0);
	/** Buckets in use lie below this. */
	private end = 0;

	constructor() {
		holdDoubles(this, 'sum', 'max');
	}

	add(value: number): void {
		const bucket = bucketOf(value);
		if (bucket >= this.end) {
			this.reach(bucket);
		}

		this.counts[bucket]++;
		this.count++;
		this.sum += value;
		if (value > this.max) {
			this.max = value;
		}
	}

	clear(): void {
		this.counts.fill(0, 0, this.end);
		this.count = 0;
		this.sum = 0;
		this.max = 0;
		this.end = 0;
	}

	/** Holds what another one holds. */
	copy(other: Histogram): void {
		if (other.end > this.counts.length) {
			this.counts = other.counts.slice();
		} else {
			this.counts.fill(0, 0, this.end);
			this.counts.set(other.counts.subarray(0, other.end));
		}

		this.count = other.count;
		this.sum = other.sum;
		this.max = other.max;
		this.end = other.end;
	}

	/** Null when it is empty. */
	get mean(): number | null {
		return this.count === 0 ? null : this.sum / this.count;
	}

	/** Nearest rank (the value at rank ceil(q n)), at most 1 % too large; null when it is empty. */
	quantile(q: number): number | null {
		const bucket = this.bucketAt(q);
		if (bucket < 0) {
			return null;
		}

		const top = bucketTop(bucket);
		return top < this.max ? top : this.max;
	}

	/** The bucket of the nearest rank, or -1 when it is empty. */
	bucketAt(q: number): number {
		if (this.count === 0) {
			return -1;
		}

		let left = Math.ceil(q * this.count);
		left = left < 1 ? 1 : left;
		for (let bucket = 0; bucket < this.end; bucket++) {
			left -= this.counts[bucket];
			if (left <= 0) {
				return bucket;
			}
		}

		return this.end - 1;
	}

	countOf(bucket: number): number {
		return bucket < this.end ? this.counts[bucket] : 0;
	}

	/** Buckets in use lie below this number. */
	get bucketEnd(): number {
		return this.end;
	}

	/** The first value in a bucket above all others. */
	private reach(bucket: number): void {
		this.end = bucket + 1;
		if (bucket >= this.counts.length) {
			let length = fewBuckets;
			while (length <= bucket) {
				length *= 2;
			}

			const grown = new Float64Array(length);
			grown.set(this.counts);
			this.counts = grown;
		}
	}
}

import fc from 'fast-check';
import {expect, test} from 'vitest';
import {bucketCount, bucketOf, bucketTop, Histogram} from '../../source/engine/histogram.js';

const value = fc.oneof(fc.nat(600), fc.nat(5_000_000), fc.maxSafeNat());

test('buckets follow one another without a gap, each less than 1 % wide', () => {
	for (let bucket = 0; bucket < bucketCount; bucket++) {
		const top = bucketTop(bucket);
		if (top >= Number.MAX_SAFE_INTEGER) {
			break;
		}

		const low = bucket === 0 ? 0 : bucketTop(bucket - 1) + 1;
		expect(bucketOf(low)).toBe(bucket);
		expect(bucketOf(top)).toBe(bucket);
		expect(bucketOf(top + 1)).toBe(bucket + 1);
		expect(top - low).toBeLessThan(Math.max(1, 0.01 * low));
	}
});

test('the largest whole number has a bucket', () => {
	expect(bucketOf(Number.MAX_SAFE_INTEGER)).toBeLessThan(bucketCount);
	expect(bucketTop(bucketOf(Number.MAX_SAFE_INTEGER))).toBe(Number.MAX_SAFE_INTEGER);
});

test('quantiles are nearest rank within 1 %; count, mean and largest are exact', () => {
	fc.assert(
		fc.property(fc.array(value, {minLength: 1, maxLength: 200}), values => {
			const histogram = new Histogram();
			let sum = 0;
			for (const x of values) {
				histogram.add(x);
				sum += x;
			}

			const sorted = values.toSorted((a, b) => a - b);
			expect(histogram.count).toBe(values.length);
			expect(histogram.mean).toBe(sum / values.length);
			expect(histogram.max).toBe(sorted.at(-1));
			for (const q of [0, 0.01, 0.5, 0.9, 0.99, 0.999, 1]) {
				const exact = sorted[Math.max(1, Math.ceil(q * values.length)) - 1];
				const found = histogram.quantile(q);
				expect(found).toBeGreaterThanOrEqual(exact);
				expect(found).toBeLessThanOrEqual(exact * 1.01);
			}
		}),
		{numRuns: 300},
	);
});

test('small values are exact', () => {
	const histogram = new Histogram();
	for (let i = 1; i <= 100; i++) {
		histogram.add(i);
	}

	expect([0.5, 0.9, 0.99, 1].map(q => histogram.quantile(q))).toEqual([50, 90, 99, 100]);
});

test('an empty one has no figures, and a cleared one is empty', () => {
	const histogram = new Histogram();
	expect([histogram.mean, histogram.quantile(0.5), histogram.max]).toEqual([null, null, 0]);
	histogram.add(12_345);
	histogram.clear();
	expect([histogram.count, histogram.mean, histogram.quantile(0.5), histogram.max]).toEqual([0, null, null, 0]);
	histogram.add(3);
	expect([histogram.mean, histogram.quantile(0.5)]).toEqual([3, 3]);
});

test('a copy holds what the other one holds, whatever it held before', () => {
	fc.assert(
		fc.property(fc.array(value, {maxLength: 20}), fc.array(value, {maxLength: 20}), (before, values) => {
			const [histogram, other] = [new Histogram(), new Histogram()];
			for (const x of before) {
				histogram.add(x);
			}

			for (const x of values) {
				other.add(x);
			}

			histogram.copy(other);
			const counts = (of: Histogram) => Array.from({length: bucketCount}, (_, bucket) => of.countOf(bucket));
			expect(counts(histogram)).toEqual(counts(other));
			expect([histogram.count, histogram.mean, histogram.max, histogram.bucketEnd]).toEqual([
				other.count,
				other.mean,
				other.max,
				other.bucketEnd,
			]);
			histogram.add(7);
			expect(other.count).toBe(values.length);
		}),
		{numRuns: 100},
	);
});

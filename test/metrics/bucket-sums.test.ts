import fc from 'fast-check';
import {expect, test} from 'vitest';
import {captureState, restoreState} from '../../source/engine/state-image.js';
import {bucketOf, Histogram} from '../../source/engine/histogram.js';
import {BucketSums} from '../../source/metrics/bucket-sums.js';

const parts = 3;

/** Adds a value with its parts to both. */
function add(histogram: Histogram, sums: BucketSums, value: number): void {
	histogram.add(value);
	const place = sums.placeOf(bucketOf(value));
	for (let part = 0; part < parts; part++) {
		sums.values[place + part] += value * (part + 1);
	}
}

const durations = fc.array(fc.integer({min: 0, max: 2 ** 40}), {minLength: 1, maxLength: 200});

test('sums are those of all values, in whatever order buckets are reached', () => {
	fc.assert(
		fc.property(durations, values => {
			const histogram = new Histogram();
			const sums = new BucketSums(parts);
			for (const value of values) {
				add(histogram, sums, value);
			}

			for (const value of values) {
				const alike = values.filter(other => bucketOf(other) === bucketOf(value));
				const sum = alike.reduce((all, other) => all + 2 * other, 0);
				expect(sums.sum(bucketOf(value), 1)).toBe(sum);
			}

			const first = histogram.bucketAt(0.99);
			const slow = values.filter(value => bucketOf(value) >= first);
			const mean = slow.reduce((all, value) => all + value, 0) / slow.length;
			expect(sums.tail(histogram, 2)).toBeCloseTo(3 * mean, 3);
			expect(sums.sum(bucketOf(2 ** 45), 0)).toBe(0);
		}),
	);
});

test('cleared sums are those of a new one, and an image of fewer buckets is put back', () => {
	fc.assert(
		fc.property(durations, durations, (before, after) => {
			const histogram = new Histogram();
			const sums = new BucketSums(parts);
			for (const value of before) {
				add(histogram, sums, value);
			}

			const image = captureState(sums);
			for (const value of after) {
				add(histogram, sums, value);
			}

			const other = new BucketSums(parts);
			restoreState(sums, image);
			restoreState(other, image);
			expect(captureState(sums)).toEqual(image);
			expect(captureState(other)).toEqual(image);
			sums.clear(histogram.bucketEnd);
			expect(sums.values.every(sum => sum === 0)).toBe(true);
		}),
	);
});

test('without a value there is no tail', () => {
	expect(new BucketSums(parts).tail(new Histogram(), 0)).toBeNull();
});

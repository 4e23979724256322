import {expect, test} from 'vitest';
import {columnShares, histogramAxis} from '../../source/charts/histogram-axis.js';
import {Histogram} from '../../source/engine/histogram.js';

function of(values: readonly number[]): Histogram {
	const histogram = new Histogram();
	for (const value of values) {
		histogram.add(value);
	}

	return histogram;
}

const sum = (values: readonly number[]): number => {
	let total = 0;
	for (const value of values) {
		total += value;
	}

	return total;
};

test('a linear axis ends at a round number that 99.9 % lie below, and says what is beyond', () => {
	const histogram = of([...Array.from({length: 9999}, (_, index) => 1000 + 7 * index), 5_000_000]);
	const axis = histogramAxis('linear', [histogram]);
	expect([axis.low, axis.high]).toEqual([0, 80_000]);
	expect(axis.labels).toEqual([20_000, 40_000, 60_000, 80_000]);
	const {shares, beyond} = columnShares(histogram, axis, 61);
	expect(beyond).toBeCloseTo(1e-4);
	expect(sum(shares) + beyond).toBeCloseTo(1);
});

test('even values are even on a linear axis, though a bucket is wider than a column', () => {
	const axis = histogramAxis('linear', [of(Array.from({length: 100_000}, (_, index) => index))]);
	const {shares} = columnShares(of(Array.from({length: 100_000}, (_, index) => index)), axis, 400);
	const inside = shares.slice(0, Math.floor(axis.at(98_000) * 400));
	expect(Math.max(...inside) / Math.min(...inside)).toBeLessThan(1.05);
});

test('two histograms have one axis; an empty one has an axis too', () => {
	const axis = histogramAxis('log', [of([2500]), of([70_000])]);
	expect([axis.low, axis.high]).toEqual([2000, 100_000]);
	expect(sum(columnShares(of([2500]), axis, 50).shares)).toBeCloseTo(1);
	for (const scale of ['log', 'linear'] as const) {
		const none = histogramAxis(scale, [of([])]);
		expect(none.high).toBeGreaterThan(none.low);
		expect(columnShares(of([]), none, 10).shares).toEqual(Array.from({length: 10}, () => 0));
	}
});

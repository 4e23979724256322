import fc from 'fast-check';
import {expect, test} from 'vitest';
import {axisLabel, fitAxis, SteadyAxis} from '../../source/charts/axis.js';

test('limits and labels are those of the drawn screens', () => {
	const throughput = fitAxis(26_200, 30_400, 7, 'free');
	expect(throughput).toEqual({low: 25_000, high: 31_000, step: 1000});
	expect(axisLabel(31_000, throughput)).toBe(' 31.0k');
	expect(axisLabel(0, {low: 0, high: 12_000, step: 2000})).toBe('     0');
	const contention = fitAxis(2.1, 11.4, 7, 'zero');
	expect(contention).toEqual({low: 0, high: 12, step: 2});
	expect(axisLabel(0, contention)).toBe('   0.0');
	expect(axisLabel(12, contention)).toBe('  12.0');
	const free = fitAxis(50.5, 63, 7, {top: 64});
	expect(free).toEqual({low: 46, high: 64, step: 3});
	expect(fitAxis(0, 64, 7, {top: 64}).low).toBe(0);
});

test('an axis holds its data, whatever they are', () => {
	const value = fc.oneof(fc.double({min: 0, max: 1e11, noNaN: true}), fc.constant(0));
	fc.assert(
		fc.property(
			value,
			value,
			fc.integer({min: 2, max: 20}),
			fc.constantFrom('zero' as const, 'free' as const),
			(a, b, rows, anchor) => {
				const axis = fitAxis(Math.min(a, b), Math.max(a, b), rows, anchor);
				expect(axis.high).toBeGreaterThan(axis.low);
				expect(axis.high).toBeGreaterThanOrEqual(Math.max(a, b) * (1 - 1e-9));
				expect(axis.low).toBeLessThanOrEqual(Math.min(a, b) * (1 + 1e-9));
				expect(axis.high - axis.low).toBeCloseTo(axis.step * (rows - 1), -Math.log10(axis.step) + 3);
				for (let row = 0; row < rows; row++) {
					expect(axisLabel(axis.low + axis.step * row, axis)).toHaveLength(6);
				}
			},
		),
	);
});

test('an axis without sense in its data is still an axis', () => {
	expect(fitAxis(Number.NaN, Number.NaN, 4, 'zero').high).toBeGreaterThan(0);
	expect(fitAxis(5, Infinity, 4, 'free').high).toBeGreaterThan(5);
});

test('an axis grows at once and shrinks after five seconds without need', () => {
	const axis = new SteadyAxis('zero');
	expect(axis.update(0, 10, 6, 0).high).toBe(10);
	expect(axis.update(0, 40, 6, 100).high).toBe(50);
	expect(axis.update(0, 9, 6, 200).high).toBe(50);
	expect(axis.update(0, 9, 6, 5100).high).toBe(50);
	expect(axis.update(0, 45, 6, 5150).high).toBe(50);
	expect(axis.update(0, 9, 6, 5200).high).toBe(50);
	expect(axis.update(0, 9, 6, 10_199).high).toBe(50);
	expect(axis.update(0, 9, 6, 10_200).high).toBe(10);
});

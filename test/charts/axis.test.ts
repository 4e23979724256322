import fc from 'fast-check';
import {expect, test} from 'vitest';
import {axisLabel, fitAxis, HeldAxis, rowLabel} from '../../source/charts/axis.js';
import {AxisMemory} from '../../source/charts/axis-memory.js';

test('limits and labels of a report are round', () => {
	const throughput = fitAxis(30_400, 7);
	expect(throughput).toEqual({low: 0, high: 60_000, step: 10_000});
	expect(axisLabel(30_000, throughput)).toBe(' 30.0k');
	expect(axisLabel(0, {low: 0, high: 12_000, step: 2000})).toBe('     0');
	expect(fitAxis(11.4, 7)).toEqual({low: 0, high: 12, step: 2});
	expect(fitAxis(Number.NaN, 4).high).toBeGreaterThan(0);
});

test('labels stand at the ends and in the middle, and those of a ring are whole', () => {
	const labels = (axis: HeldAxis, max: number, rows: number): string[] => {
		const held = axis.update(max, rows);
		return Array.from({length: rows}, (_, row) => rowLabel(row, rows, held));
	};

	expect(labels(new HeldAxis('zero'), 31_800, 4)).toEqual([' 40.0k', '      ', '      ', '     0']);
	expect(labels(new HeldAxis('share'), 8.2, 5)).toEqual(['  10.0', '      ', '   5.0', '      ', '   0.0']);
	expect(labels(new HeldAxis({top: 1024}), 1022.85, 3)).toEqual([' 1,024', '   512', '     0']);
	expect(labels(new HeldAxis({top: 32_768}), 5, 2)).toEqual(['32,768', '     0']);
});

test('a share of next to nothing looks like it', () => {
	expect(new HeldAxis('share').update(0.02, 4).high).toBe(10);
	expect(new HeldAxis('share').update(12, 4).high).toBe(20);
	expect(new HeldAxis('share').update(73, 4).high).toBe(100);
});

test('an axis holds its data, whatever they are, and starts at 0', () => {
	const value = fc.oneof(fc.double({min: 0, max: 1e11, noNaN: true}), fc.constant(0), fc.constant(Infinity));
	fc.assert(
		fc.property(fc.array(value, {minLength: 1}), fc.integer({min: 2, max: 20}), (values, rows) => {
			const memory = new AxisMemory();
			let high = 0;
			for (const each of values) {
				const axis = memory.update('a', 'zero', [each], rows);
				expect(axis.low).toBe(0);
				expect(axis.high).toBeGreaterThanOrEqual(high);
				expect(axis.high).toBeGreaterThanOrEqual(Number.isFinite(each) ? each : 0);
				expect(axis.step * (rows - 1)).toBeCloseTo(axis.high, -Math.log10(axis.high) + 6);
				high = Number.isFinite(each) ? axis.high : high;
				for (let row = 0; row < rows; row++) {
					expect(rowLabel(row, rows, axis)).toHaveLength(6);
				}
			}
		}),
	);
});

test('an axis grows at once and is held until it is begun anew', () => {
	const memory = new AxisMemory();
	expect(memory.update('a', 'zero', [10], 6).high).toBe(10);
	expect(memory.update('a', 'zero', [40], 6).high).toBe(40);
	expect(memory.update('a', 'zero', [9], 5).high).toBe(40);
	memory.clear();
	expect(memory.update('a', 'zero', [9], 6).high).toBe(10);
	expect(memory.update('b', 'zero', [null], 6).high).toBe(1);
	expect(memory.update('b', 'zero', [0.2], 6).high).toBe(0.2);
});

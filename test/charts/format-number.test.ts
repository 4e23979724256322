import {expect, test} from 'vitest';
import {
	durationUnit,
	formatCount,
	formatDifference,
	formatDuration,
	formatGrouped,
	formatPercent,
	formatPerSecond,
	formatRatio,
	formatSettling,
	formatTime,
} from '../../source/charts/format-number.js';

test.each([
	[null, '-'],
	[0, '0'],
	[0.254, '0.254'],
	[0.9996, '1.00'],
	[1, '1.00'],
	[9.994, '9.99'],
	[9.996, '10.0'],
	[60, '60.0'],
	[99.96, '100'],
	[646, '646'],
	[999.4, '999'],
	[999.6, '1.00k'],
	[7180, '7.18k'],
	[28_224, '28.2k'],
	[1_360_000, '1.36M'],
	[9.9e10, '99.0G'],
	[2e11, '>99G'],
	[-3.2, '-3.20'],
	[Number.NaN, '-'],
])('a count of %s is written %s', (value, text) => {
	expect(formatCount(value)).toBe(text);
});

test.each([
	[0, '0 ns'],
	[250, '250 ns'],
	[999.4, '999 ns'],
	[999.6, '1.00 us'],
	[843_000, '843 us'],
	[1_150_000, '1.15 ms'],
	[2e9, '2.00 s'],
	[null, '-'],
])('a duration of %s ns is written %s', (value, text) => {
	expect(formatDuration(value)).toBe(text);
});

test('a unit is left only when the value is 5 % beyond it', () => {
	expect(durationUnit(1_010_000, 'us')).toBe('us');
	expect(durationUnit(1_060_000, 'us')).toBe('ms');
	expect(durationUnit(970_000, 'ms')).toBe('ms');
	expect(durationUnit(940_000, 'ms')).toBe('us');
});

test('the other forms', () => {
	expect(formatPercent(0.0708)).toBe('7.1 %');
	expect(formatPercent(null)).toBe('-');
	expect(formatDifference(-0.987)).toBe('-98.7 %');
	expect(formatDifference(0)).toBe('+0.0 %');
	expect(formatRatio(3.82)).toBe('x3.82');
	expect(formatGrouped(9940)).toBe('9,940');
	expect(formatGrouped(646)).toBe('646');
	expect(formatPerSecond(67.6)).toBe('67.6');
	expect(formatPerSecond(3.2)).toBe('3.2');
	expect(formatTime(3.482e9)).toBe('3.482 s');
	expect(formatTime(3_482_104_000, true)).toBe('3.482104 s');
	expect(formatSettling('28.2k', false)).toBe('~28.2k');
});

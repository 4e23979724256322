import fc from 'fast-check';
import {expect, test} from 'vitest';
import {formatDuration, parseDuration} from '../../source/parameters/duration.js';

test.each([
	['250ns', 250],
	['3us', 3000],
	['1.5ms', 1_500_000],
	['1s', 1_000_000_000],
	['0.000031s', 31_000],
	['0ns', 0],
	[' 10ms ', 10_000_000],
	['1.0ns', 1],
])('%s is %d ns', (text, nanoseconds) => {
	expect(parseDuration(text)).toBe(nanoseconds);
});

test.each([
	['10', 'has no unit'],
	['1e99s', 'is no duration'],
	['1e3us', 'is no duration'],
	['-5us', 'below zero'],
	['Infinity', 'is no duration'],
	['NaN', 'is no duration'],
	['', 'is no duration'],
	['us', 'is no duration'],
	['1.5ns', 'finer than a nanosecond'],
	['9007200s', 'too long'],
	[`${'9'.repeat(400)}s`, 'is no duration'],
	['3µs', 'is no duration'],
	['3us4', 'is no duration'],
])('%s is refused: %s', (text, reason) => {
	expect(() => parseDuration(text)).toThrow(reason);
});

test.each([
	[0, '0ns'],
	[999, '999ns'],
	[1000, '1us'],
	[1500, '1.5us'],
	[8_000_001, '8.000001ms'],
	[2e9, '2s'],
	[3.6e12, '3600s'],
])('%d ns is written %s', (nanoseconds, text) => {
	expect(formatDuration(nanoseconds)).toBe(text);
});

test('what is written is read back the same', () => {
	fc.assert(
		fc.property(
			fc.nat({max: Number.MAX_SAFE_INTEGER}),
			nanoseconds => parseDuration(formatDuration(nanoseconds)) === nanoseconds,
		),
	);
});

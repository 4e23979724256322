import {expect, test} from 'vitest';
import {differenceWord, marginBetween} from '../../../source/session/before/difference-word.js';

/** Values around a mean, the same each time. */
const around = (mean: number, by: number): number[] =>
	Array.from({length: 20}, (_, index) => mean + (index % 2 === 0 ? by : -by));

test.each([
	['throughput.completed', 100, 100.5, 'same'],
	['throughput.completed', 100, 120, 'better'],
	['throughput.completed', 100, 80, 'worse'],
	['throughput.completed', 100, 105, 'undecided'],
	['lock.spin.total', 80, 0.06, 'better'],
	['lock.spin.total', 0.5, 0.1, 'same'],
	['lock.contentionShare', 0.082, 0, 'better'],
	['lock.contentionShare', 0.004, 0.002, 'same'],
	['irqs.perSecond', 100, 120, 'higher'],
	['ring.numFree.mean', 62.8, 30, 'lower'],
] as const)('%s from %d to %d is %s', (path, before, after, word) => {
	expect(differenceWord(path, around(before, before / 100), around(after, before / 100))).toBe(word);
});

test('few values, or values that vary much, decide nothing', () => {
	expect(differenceWord('throughput.completed', [1, 1, 1, 1], around(5, 0))).toBe('undecided');
	expect(differenceWord('throughput.completed', around(100, 40), around(108, 40))).toBe('undecided');
	expect(differenceWord('throughput.completed', around(100, 0), around(100, 0))).toBe('same');
});

test('the margin is never below what a user sees', () => {
	expect(marginBetween('throughput.completed', 100)).toBe(5);
	expect(marginBetween('lock.spin.total', 0)).toBe(1);
	expect(marginBetween('lock.contentionShare', 0)).toBe(0.005);
});

import fc from 'fast-check';
import {expect, test} from 'vitest';
import {fitSentence} from '../../source/charts/fit-sentence.js';

const spin = 'Worker spins 81.8 ms/s; 9.52k of 9.71k waits/s: in doorbell';

test.each([
	[spin, 80, '', spin],
	[spin, 49, '', 'Worker spins 81.8 ms/s; 9.52k of 9.71k waits/s: …'],
	[spin, 41, ' ● worker-spin  ', ' ● worker-spin  Worker spins 81.8 ms/s; …'],
	// A clause that says too little: whole words.
	['policy = b: the doorbell is rung after spin_unlock, so', 40, '', 'policy = b: the doorbell is rung after …'],
	// Brackets are no end of a clause.
	['p99 -8.7 % [-10.5, -6.9], spin -99.9 %', 30, '', 'p99 -8.7 % [-10.5, -6.9], …'],
	// A number goes with its unit.
	['it takes no more than 16.7 ms of it', 26, '', 'it takes no more than …'],
	// One long word.
	['vqlab replay f --set driver.lockPolicy=kick-batched', 40, '', 'vqlab replay f --set driver.lockPolicy=…'],
])('%j in %i cells', (text, width, prefix, expected) => {
	expect(fitSentence(text, width, prefix)).toBe(expected);
});

test('it is never longer than its room, and begins as the sentence does', () => {
	fc.assert(
		fc.property(fc.lorem({maxCount: 12}), fc.integer({min: 4, max: 90}), (text, width) => {
			const fitted = fitSentence(text, width);
			expect(fitted.length).toBeLessThanOrEqual(width);
			expect(text.startsWith(fitted.replace(/ ?…$/v, ''))).toBe(true);
		}),
	);
});

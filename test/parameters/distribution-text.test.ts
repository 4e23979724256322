import {expect, test} from 'vitest';
import {meanOf} from '../../source/engine/distribution.js';
import {formatDistribution, parseDistribution, quantilesOf} from '../../source/parameters/distribution-text.js';

test.each([
	['5us', {kind: 'const', value: 5000}],
	['const(5us)', {kind: 'const', value: 5000}],
	['exp(20us)', {kind: 'exp', mean: 20_000}],
	['uniform(2us,8us)', {kind: 'uniform', low: 2000, high: 8000}],
	['uniform( 2us , 8us )', {kind: 'uniform', low: 2000, high: 8000}],
	['lognormal(5us,0.6)', {kind: 'lognormal', median: 5000, sigma: 0.6}],
	[
		'quantiles(0:1us,0.5:3us,1:90us)',
		{
			kind: 'quantiles',
			points: [
				[0, 1000],
				[0.5, 3000],
				[1, 90_000],
			],
		},
	],
])('%s', (text, spec) => {
	const parsed = parseDistribution(text);
	expect(parsed).toEqual(spec);
	expect(parseDistribution(formatDistribution(parsed))).toEqual(spec);
});

test.each([
	['gamma(1us)', 'no distribution'],
	['exp(20)', 'has no unit'],
	['exp(20us', 'no distribution'],
	['exp(1us,2us)', 'write exp(20us)'],
	['uniform(8us,2us)', 'smaller one'],
	['lognormal(5us,-1)', 'sigma'],
	['lognormal(5us,99)', 'sigma'],
	['quantiles(0:1us)', 'ascend'],
	['quantiles(0:1us,0.5:3us)', 'ascend'],
	['quantiles(0:5us,1:3us)', 'ascend'],
	['quantiles(0:1us,x:2us,1:3us)', 'ascend'],
	['quantiles(1us,2us)', 'probability:duration'],
	['empirical(a.json#doorbell)', 'in a preset only'],
	['empirical(a.json)', 'empirical(file#key)'],
])('%s is refused: %s', (text, reason) => {
	expect(() => parseDistribution(text)).toThrow(reason);
});

test('samples become quantiles that keep their range and mean', () => {
	const samples = Array.from({length: 5000}, (_, index) => (index * 7919) % 5000);
	const spec = parseDistribution('empirical(a.json#x)', () => samples);
	expect(spec.kind).toBe('quantiles');
	expect(meanOf(spec)).toBeCloseTo(2499.5, -1);
	expect(spec).toMatchObject({
		points: expect.arrayContaining([
			[0, 0],
			[1, 4999],
		]) as unknown,
	});
	expect(parseDistribution(formatDistribution(spec))).toEqual(spec);
});

test('a single sample is a constant', () => {
	expect(quantilesOf([42])).toEqual({
		kind: 'quantiles',
		points: [
			[0, 42],
			[1, 42],
		],
	});
});

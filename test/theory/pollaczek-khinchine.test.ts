import {expect, test} from 'vitest';
import {Distribution, type DistributionSpec, meanOf} from '../../source/engine/distribution.js';
import {meanWait, meanWaitWithWake} from '../../source/theory/pollaczek-khinchine.js';
import {secondMomentOf} from '../../source/theory/second-moment.js';

const service = 20e-6;

test('constant service halves the wait', () => {
	const rate = 40_000;
	const exponential = meanWait({rate, meanService: service, secondMoment: 2 * service * service});
	expect(exponential).toBeCloseTo(80e-6, 12);
	expect(meanWait({rate, meanService: service, secondMoment: service * service})).toBeCloseTo(exponential / 2, 12);
});

test('an overloaded queue waits for ever', () => {
	expect(meanWait({rate: 50_000, meanService: service, secondMoment: service * service})).toBe(Infinity);
});

test.each([
	[2 * service * service, 95.56e-6],
	[service * service, 55.56e-6],
])('a server that wakes in 20 us, second moment %d', (secondMoment, wait) => {
	expect(meanWaitWithWake({rate: 40_000, meanService: service, secondMoment}, 20e-6) / wait).toBeCloseTo(1, 3);
});

test.each<DistributionSpec>([
	{kind: 'const', value: 7},
	{kind: 'exp', mean: 7},
	{kind: 'uniform', low: 3, high: 11},
	{kind: 'lognormal', median: 6, sigma: 0.5},
	{
		kind: 'quantiles',
		points: [
			[0, 1],
			[0.5, 6],
			[1, 17],
		],
	},
])('the second moment of $kind is the mean square of its samples', spec => {
	const points = 20_000;
	const distribution = new Distribution(spec);
	let sum = 0;
	let squares = 0;
	for (let i = 0; i < points; i++) {
		const value = distribution.at((i + 0.5) / points);
		sum += value / points;
		squares += (value * value) / points;
	}

	expect(sum / meanOf(spec)).toBeCloseTo(1, 2);
	expect(squares / secondMomentOf(spec)).toBeCloseTo(1, 2);
});

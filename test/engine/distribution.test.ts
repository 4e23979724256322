import {expect, test} from 'vitest';
import {Cost} from '../../source/engine/cost.js';
import {Distribution, type DistributionSpec, meanOf} from '../../source/engine/distribution.js';
import {RandomStream} from '../../source/engine/random.js';

const points = [
	[0, 1000],
	[0.5, 3000],
	[0.9, 3000],
	[1, 90_000],
] as const;

test.each([
	[
		'const',
		{kind: 'const', value: 5000},
		[
			[0.001, 5000],
			[0.5, 5000],
			[0.999, 5000],
		],
		5000,
	],
	[
		'exp',
		{kind: 'exp', mean: 20_000},
		[
			[Math.exp(-1), 20_000],
			[0.5, 20_000 * Math.LN2],
			[0.99, 201.006_717_069_974_6],
		],
		20_000,
	],
	[
		'uniform',
		{kind: 'uniform', low: 2000, high: 8000},
		[
			[0.25, 3500],
			[0.5, 5000],
			[0.75, 6500],
		],
		5000,
	],
	[
		'lognormal',
		{kind: 'lognormal', median: 5000, sigma: 0.6},
		[
			[0.5, 5000],
			[0.975, 5000 * Math.exp(0.6 * 1.959_963_984_540_054)],
		],
		5000 * Math.exp(0.18),
	],
	[
		'quantiles',
		{kind: 'quantiles', points},
		[
			[0.25, 2000],
			[0.5, 3000],
			[0.7, 3000],
			[0.95, 46_500],
		],
		0.5 * 2000 + 0.4 * 3000 + 0.1 * 46_500,
	],
] as ReadonlyArray<[string, DistributionSpec, ReadonlyArray<readonly [number, number]>, number]>)(
	'%s: values at fixed ranks, and the mean',
	(_, spec, ranks, mean) => {
		const distribution = new Distribution(spec);
		for (const [u, value] of ranks) {
			expect(Math.abs(distribution.at(u) / value - 1)).toBeLessThan(1e-12);
			expect(distribution.sample(u)).toBe(Math.round(value));
		}

		expect(Math.abs(meanOf(spec) / mean - 1)).toBeLessThan(1e-12);
		const stream = new RandomStream(1, 'test/distribution');
		const count = 100_000;
		let sum = 0;
		for (let i = 0; i < count; i++) {
			sum += distribution.sample(stream.uniform());
		}

		expect(Math.abs(sum / count / mean - 1)).toBeLessThan(0.02);
	},
);

test('every kind takes one uniform number a sample, so that a change of kind shifts nothing', () => {
	const kinds: readonly DistributionSpec[] = [
		{kind: 'const', value: 5000},
		{kind: 'exp', mean: 20_000},
		{kind: 'lognormal', median: 5000, sigma: 0.6},
		{kind: 'quantiles', points},
	];
	const after = kinds.map(spec => {
		const cost = new Cost(1, 'a', spec);
		cost.drawSum(10);
		cost.set({kind: 'uniform', low: 0, high: 1e9});
		return cost.draw();
	});
	expect(new Set(after).size).toBe(1);
});

test('the same rank means the same rank under two settings', () => {
	const slow = new Distribution({kind: 'lognormal', median: 10_000, sigma: 0.5});
	const fast = new Distribution({kind: 'lognormal', median: 5000, sigma: 0.5});
	for (let u = 0.05; u < 1; u += 0.05) {
		expect(slow.at(u) / fast.at(u)).toBeCloseTo(2, 12);
	}
});

test('a sum of draws is the sum of the draws', () => {
	const one = new Cost(1, 'a', {kind: 'exp', mean: 1000});
	const other = new Cost(1, 'a', {kind: 'exp', mean: 1000});
	expect(one.drawSum(4)).toBe(other.draw() + other.draw() + other.draw() + other.draw());
	expect(one.drawSum(0)).toBe(0);
});

test('quantiles that jump take the upper value at the jump', () => {
	const jump = new Distribution({
		kind: 'quantiles',
		points: [
			[0, 10],
			[0.5, 10],
			[0.5, 20],
			[1, 20],
		],
	});
	expect([jump.at(0.25), jump.at(0.5), jump.at(0.75)]).toEqual([10, 20, 20]);
});

test.each([
	{kind: 'const', value: 5000},
	{kind: 'exp', mean: 20_000},
	{kind: 'lognormal', median: 5000, sigma: 0.6},
	{kind: 'quantiles', points},
] satisfies DistributionSpec[])('a draw ($kind) is the sample at the next rank', spec => {
	const distribution = new Distribution(spec);
	const ranks = new RandomStream(1, 'a');
	const same = new RandomStream(1, 'a');
	for (let i = 0; i < 1000; i++) {
		expect(distribution.draw(ranks)).toBe(distribution.sample(same.uniform()));
	}
});

import {expect, test} from 'vitest';
import {findLoop} from '../../source/calibration/find-loop.js';
import {distributionDistance, rankOf} from '../../source/calibration/facts.js';
import {dampedStep} from '../../source/calibration/least-squares.js';
import {Samples} from '../../source/trace/recording/samples.js';

test('the shortest loop is found, with a slip and from the middle', () => {
	const types = [1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3];
	expect(findLoop(types)).toEqual({types: [1, 2, 3], start: 0, isExact: true});
	expect(findLoop([9, ...types.slice(1)])).toEqual({types: [1, 2, 3], start: 3, isExact: true});
	expect(findLoop([5, 5, 5, 5])).toEqual({types: [5], start: 0, isExact: true});
});

test('without a loop a stretch of the commands stands for it', () => {
	const types = Array.from({length: 100}, (_, index) => (index * index) % 17);
	types.push(...types.map(type => (type * 7) % 5), 3);
	const {isExact, types: found, start} = findLoop([4, 1, 3, 3, 2, 9, 9, 1]);
	expect([isExact, found, start]).toEqual([false, [4, 1, 3, 3, 2, 9, 9, 1], 0]);
});

test('ranks and distances of distributions', () => {
	expect(rankOf([1, 2, 3, 4], 0.5)).toBe(3);
	expect(rankOf([], 0.5)).toBeNull();
	expect(distributionDistance([1, 2, 3, 4], [1, 2, 3, 4])).toBe(0);
	expect(distributionDistance([1, 1], [2, 2])).toBe(1);
	expect(distributionDistance([1, 2], [2, 3])).toBe(0.5);
	expect(distributionDistance([], [1])).toBeNull();
});

test('samples become quantiles, and a constant when there are few', () => {
	const samples = new Samples();
	for (const value of [5, 1, 3]) {
		samples.add(value);
	}

	expect(samples.spec(1000)).toEqual({kind: 'const', value: 3});
	for (let value = 0; value <= 100; value++) {
		samples.add(value * 100);
	}

	expect(samples.quantile(1)).toBe(10_000);
	const spec = samples.spec(5000);
	expect(spec.kind === 'quantiles' ? spec.points.at(-1) : null).toEqual([1, 5000]);
});

test('times that rounding alone tells apart are one time, their mean; a rare long one stays in the tail', () => {
	const samples = new Samples();
	for (let i = 0; i < 1000; i++) {
		samples.add(i % 10 < 3 ? 1000 : 0);
	}

	expect(samples.spec(10_000)).toEqual({kind: 'const', value: 300});
	for (let i = 0; i < 5; i++) {
		samples.add(9000);
	}

	const spec = samples.spec(10_000);
	const points = spec.kind === 'quantiles' ? spec.points : [];
	expect(points.find(([rank]) => rank === 0.95)?.[1]).toBeLessThan(350);
	expect(points.at(-1)).toEqual([1, 9000]);
});

test('a damped step goes to the minimum of a linear problem when the damping is small', () => {
	// Residuals x - 3 and 2 y + 4 at x = 0, y = 0.
	const [x, y] = dampedStep(
		[
			[1, 0],
			[0, 2],
		],
		[-3, 4],
		1e-9,
	);
	expect(x).toBeCloseTo(3, 6);
	expect(y).toBeCloseTo(-2, 6);
});

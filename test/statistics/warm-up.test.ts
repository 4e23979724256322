import {expect, test} from 'vitest';
import {RandomStream} from '../../source/engine/random.js';
import {settledAfter} from '../../source/statistics/warm-up.js';

function series(length: number, level: (index: number) => number, noise: number): number[] {
	const random = new RandomStream(3, 'series');
	return Array.from({length}, (_, index) => level(index) + noise * (random.uniform() - 0.5));
}

test('the cut lies where a ramp ends', () => {
	const cut = settledAfter(series(400, index => (index < 60 ? 3 - index / 20 : 0), 0.2));
	expect(cut).toBeGreaterThanOrEqual(45);
	expect(cut).toBeLessThanOrEqual(75);
});

test('a series that is steady from the start keeps nearly all of it', () => {
	expect(settledAfter(series(400, () => 7, 1))).toBeLessThan(120);
	expect(settledAfter(Array.from({length: 100}, () => 4))).toBe(0);
});

test('a series that drifts to its end has not settled', () => {
	expect(settledAfter(series(400, index => index, 0.1))).toBeNull();
});

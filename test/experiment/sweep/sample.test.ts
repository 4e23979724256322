import fc from 'fast-check';
import {expect, test} from 'vitest';
import {parseAxis} from '../../../source/experiment/sweep/axis.js';
import {latinHypercube} from '../../../source/experiment/sweep/sample.js';
import {pointsOf} from '../../../source/experiment/sweep/shard.js';

const rate = parseAxis('clients.game.rate=1000..2000');
const size = parseAxis('queue.size=16..1024*2');
const poll = parseAxis('device.fencePoll=1ms..9ms');

test('each of the N parts of a span holds one point, and each listed value its share', () => {
	fc.assert(
		fc.property(fc.integer({min: 1, max: 200}), fc.nat(), (count, seed) => {
			const sets = latinHypercube([rate, size, poll], count, seed);
			expect(sets).toHaveLength(count);
			// Values are written in whole units: one on the border of its
			// part may stand a unit beyond.
			for (const [key, low, width] of [
				['clients.game.rate', 1000, 1000],
				['device.fencePoll', 1e6, 8e6],
			] as const) {
				const places = sets.map(set => ((Number(set[key]) - low) / width) * count).toSorted((x, y) => x - y);
				expect(places.filter((place, part) => place < part - 1e-3 || place > part + 1 + 1e-3)).toEqual([]);
			}

			for (const value of size.values) {
				const found = sets.filter(set => set['queue.size'] === value).length;
				expect(Math.abs(found - count / size.values.length)).toBeLessThan(2);
			}
		}),
		{numRuns: 60},
	);
});

test('the same seed gives the same points, another one others, and an axis more moves none', () => {
	const values = (seed: number, axes = [rate]): readonly unknown[] =>
		latinHypercube(axes, 20, seed).map(set => set['clients.game.rate']);
	expect(values(7)).toEqual(values(7));
	expect(values(7)).not.toEqual(values(8));
	expect(values(7, [size, rate])).toEqual(values(7));
});

test('every value of an integer has its part of a span of whole numbers', () => {
	const cpus = parseAxis('guest.vcpus=1..4');
	const found = latinHypercube([cpus], 40, 1).map(set => Number(set['guest.vcpus']));
	expect([1, 2, 3, 4].map(value => found.filter(other => other === value).length)).toEqual([10, 10, 10, 10]);
});

test('shards are parts: together every point once, in sizes that differ by one at most', () => {
	fc.assert(
		fc.property(fc.integer({min: 1, max: 40}), fc.integer({min: 0, max: 300}), (of, points) => {
			const shards = Array.from({length: of}, (_, index) => pointsOf({index: index + 1, of}, points));
			expect(shards.flat().toSorted((a, b) => a - b)).toEqual(Array.from({length: points}, (_, index) => index));
			const sizes = shards.map(shard => shard.length);
			expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
		}),
		{numRuns: 100},
	);
});

test('no shard is a column of a grid', () => {
	const columns = pointsOf({index: 1, of: 4}, 64).map(point => point % 4);
	expect(new Set(columns).size).toBe(4);
});

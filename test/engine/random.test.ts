import {expect, test} from 'vitest';
import {RandomStream} from '../../source/engine/random.js';

const draws = (stream: RandomStream, count: number): number[] => Array.from({length: count}, () => stream.uint32());

/** Chi-square statistic of counts that should be equal. */
function chiSquare(counts: readonly number[]): number {
	const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
	return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

test('the generator is xoshiro128**', () => {
	const stream = new RandomStream(3, 'name');
	// The published algorithm on the same state, in big integers.
	let state = (['s0', 's1', 's2', 's3'] as const).map(key =>
		BigInt.asUintN(32, BigInt(Number(Reflect.get(stream, key)))),
	);
	const wrap = (value: bigint): bigint => BigInt.asUintN(32, value);
	const rotate = (value: bigint, by: bigint): bigint => wrap((value << by) | (value >> (32n - by)));
	for (let i = 0; i < 1000; i++) {
		const [a, b, c, d] = state;
		expect(stream.uint32()).toBe(Number(wrap(rotate(wrap(b * 5n), 7n) * 9n)));
		const c1 = c ^ a;
		const d1 = d ^ b;
		state = [a ^ d1, b ^ c1, c1 ^ wrap(b << 9n), rotate(d1, 11n)];
	}
});

test('seed and name decide the stream, and reseeding starts it again', () => {
	const first = draws(new RandomStream(1, 'client/game/0/service'), 8);
	const stream = new RandomStream(1, 'client/game/0/service');
	expect(draws(stream, 8)).toEqual(first);
	stream.reseed(1, 'client/game/0/service');
	expect(draws(stream, 8)).toEqual(first);
	for (const [seed, name] of [
		[2, 'client/game/0/service'],
		[1 + 2 ** 32, 'client/game/0/service'],
		[1, 'client/game/1/service'],
		[1, 'client/game/0/think'],
		[1, ''],
	] as const) {
		expect(draws(new RandomStream(seed, name), 8)).not.toEqual(first);
	}
});

test('uniform numbers lie strictly between 0 and 1 and have the mean and variance of their kind', () => {
	const stream = new RandomStream(7, 'place/a');
	let sum = 0;
	let squares = 0;
	let outside = 0;
	const count = 200_000;
	for (let i = 0; i < count; i++) {
		const u = stream.uniform();
		outside += u > 0 && u < 1 ? 0 : 1;
		sum += u;
		squares += (u - 0.5) ** 2;
	}

	expect(outside).toBe(0);
	// Four standard errors.
	expect(Math.abs(sum / count - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / count));
	expect(Math.abs(squares / count - 1 / 12)).toBeLessThan(4 * Math.sqrt(1 / 180 / count));
});

test.each(['place/a', 'place/b', 'client/x/0/think'])('%s fills its buckets evenly, alone and in pairs', name => {
	const stream = new RandomStream(11, name);
	const single = Array.from({length: 64}, () => 0);
	const pairs = Array.from({length: 64}, () => 0);
	let previous = 0;
	for (let i = 0; i < 64_000; i++) {
		const bucket = stream.below(8);
		pairs[8 * previous + bucket]++;
		previous = bucket;
		single[stream.below(64)]++;
	}

	// 63 degrees of freedom: 112.3 is passed once in ten thousand.
	expect(chiSquare(single)).toBeLessThan(112.3);
	expect(chiSquare(pairs)).toBeLessThan(112.3);
});

test.each([
	['place/guest.cost.add', 'place/guest.cost.drain'],
	['client/a/0/service', 'client/a/1/service'],
	['client/a/0/service', 'client/b/0/service'],
	['place/lock/0', 'place/lock/1'],
])('%s and %s are independent', (a, b) => {
	const one = new RandomStream(1, a);
	const other = new RandomStream(1, b);
	const joint = Array.from({length: 64}, () => 0);
	for (let i = 0; i < 64_000; i++) {
		joint[8 * one.below(8) + other.below(8)]++;
	}

	expect(chiSquare(joint)).toBeLessThan(112.3);
});

test('neighbouring seeds are independent', () => {
	const joint = Array.from({length: 64}, () => 0);
	for (let seed = 1; seed <= 20_000; seed++) {
		joint[8 * new RandomStream(seed, 'place/a').below(8) + new RandomStream(seed + 1, 'place/a').below(8)]++;
	}

	expect(chiSquare(joint)).toBeLessThan(112.3);
});

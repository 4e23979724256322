import fc from 'fast-check';
import {expect, test} from 'vitest';
import {alignByCausality, alignByDoorbells} from '../../../source/trace/recording/align.js';

/** Doorbells with the host's time of each, under a known offset. */
function doorbells(
	offset: number,
	seeds: readonly number[],
): {guest: Array<{start: number; end: number}>; host: number[]} {
	const guest: Array<{start: number; end: number}> = [];
	const host: number[] = [];
	let now = 1_000_000;
	for (const seed of seeds) {
		now += 50_000 + seed * 997;
		const length = 3000 + (seed % 40) * 1000;
		guest.push({start: now, end: now + length});
		host.push(now + 1000 + (seed % 7) * 100 - offset);
		now += length;
	}

	return {guest, host};
}

test('the offset of two clocks is found within its uncertainty, with doorbells missing at the ends', () => {
	const input = fc.record({
		offset: fc.integer({min: -1_000_000_000, max: 1_000_000_000}),
		seeds: fc.array(fc.nat(1000), {minLength: 30, maxLength: 80}),
		guestMisses: fc.nat(5),
		hostMisses: fc.nat(5),
	});
	fc.assert(
		fc.property(input, ({offset, seeds, guestMisses, hostMisses}) => {
			const {guest, host} = doorbells(offset, seeds);
			const found = alignByDoorbells(guest.slice(guestMisses), host.slice(0, host.length - hostMisses));
			expect(found).not.toBeNull();
			expect(Math.abs((found?.offset ?? 0) - offset)).toBeLessThanOrEqual((found?.uncertainty ?? 0) + 1);
			expect(found?.uncertainty).toBeLessThan(5000);
		}),
		{numRuns: 60},
	);
});

test('clocks that have nothing to do with each other are not aligned', () => {
	const guest = Array.from({length: 50}, (_, index) => ({
		start: index * index * 10_000,
		end: index * index * 10_000 + 2000,
	}));
	const host = Array.from({length: 50}, (_, index) => index * 333_333);
	expect(alignByDoorbells(guest, host)).toBeNull();
});

test('with an ioeventfd doorbells bound the offset from below and interrupts from above', () => {
	const times = Array.from({length: 40}, (_, index) => 1_000_000 + index * 300_000 + (index % 7) * 31_000);
	const offset = 77_000_000;
	const found = alignByCausality(
		times,
		times.map((time, index) => time + 4000 + (index % 5) * 2000 - offset),
		times.map((time, index) => time + 40_000 + (index % 3) * 5000),
		times.map(time => time + 30_000 - offset),
	);
	expect(Math.abs((found?.offset ?? 0) - offset)).toBeLessThanOrEqual(found?.uncertainty ?? 0);
	expect(found?.uncertainty).toBeLessThan(20_000);
});

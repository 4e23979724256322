import {expect, test} from 'vitest';
import {fullRingLoss} from '../../source/theory/full-ring-loss.js';

test.each([
	[0.9, 16, 2.2239e-2],
	[0.9, 64, 1.18e-4],
	[1, 16, 1 / 17],
	[1, 64, 1 / 65],
	[1.2, 16, 0.1745],
	[1.2, 64, 0.1667],
])('at load %d a ring of %d refuses %d', (load, slots, share) => {
	expect(fullRingLoss(load, slots) / share).toBeCloseTo(1, 3);
});

test('no ring cures an overload', () => {
	expect(fullRingLoss(1.25, 32_768)).toBeCloseTo(1 - 1 / 1.25, 12);
});

test('a large ring at a low load loses nothing, without overflow', () => {
	expect(fullRingLoss(0.1, 32_768)).toBe(0);
});

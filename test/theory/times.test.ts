import {expect, test} from 'vitest';
import {polledFence, unlockedPollDelay} from '../../source/theory/fence-poll.js';
import {lockThroughput} from '../../source/theory/lock-saturation.js';
import {lostInStop, preemptionSlack} from '../../source/theory/preemption-slack.js';
import {quantisedFrameRate} from '../../source/theory/vsync.js';

test.each([
	[0.3, 10, 10],
	[10, 10, 10],
	[12, 10, 20],
	[0, 10, 10],
])('a fence after %d ms, polled every %d ms, is seen after %d ms', (gpuTime, period, seen) => {
	expect(polledFence(gpuTime, period)).toBe(seen);
});

test('a poll of its own phase would add half a period', () => {
	expect(unlockedPollDelay(10)).toBe(5);
});

test.each([
	[10.3, [60, 60, 72]],
	[1.3, [60, 120, 144]],
	[17, [30, 40, 48]],
])('a frame of %d ms at 60, 120 and 144 Hz', (milliseconds, rates) => {
	expect([60, 120, 144].map(hz => quantisedFrameRate(hz, milliseconds / 1000))).toEqual(rates);
});

test('the doorbell under the lock is serial, outside it is not', () => {
	const loop = {
		threads: 4,
		hold: 29.4e-6,
		doorbell: 42e-6,
		outside: 0,
	};
	expect(lockThroughput(loop, 'under-lock')).toBeCloseTo(14_006, 0);
	expect(lockThroughput(loop, 'after-unlock')).toBeCloseTo(34_014, 0);
	expect(lockThroughput({...loop, threads: 1}, 'after-unlock')).toBeCloseTo(14_006, 0);
});

test('a ring bears a stop until it is full', () => {
	expect(preemptionSlack({rate: 1e6, free: 256})).toBeCloseTo(256e-6, 12);
	expect(lostInStop({rate: 10_000, free: 16}, 1.6e-3)).toBe(0);
	expect(lostInStop({rate: 10_000, free: 16}, 2.6e-3)).toBeCloseTo(10, 9);
});

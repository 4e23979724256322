import {expect, test} from 'vitest';
import {batchedDelay, batchedKicks} from '../../source/theory/batching.js';
import {armedInterrupts} from '../../source/theory/interrupt-arming.js';
import {drainInterrupts} from '../../source/theory/drain-interrupts.js';
import {popAllKicks} from '../../source/theory/pop-all-kicks.js';
import {popOneKicks} from '../../source/theory/pop-one-kicks.js';

const rate = 40_000;
const meanService = 20e-6;

test('popping one at a time: the system holds at most one command', () => {
	expect(popOneKicks(rate, 0.8, 'exponential')).toBeCloseTo(14_400, 6);
	expect(popOneKicks(rate, 0.8, 'constant')).toBeCloseTo(rate * 0.2 * Math.exp(0.8), 6);
});

test('interrupts once a drain: as many as arrivals that find nobody', () => {
	expect(drainInterrupts(rate, 0.8)).toBeCloseTo(8000, 6);
	expect(drainInterrupts(rate, 0.8)).toBeLessThan(popOneKicks(rate, 0.8, 'constant'));
});

test('popping all: a host that is nearly idle is rung for every command', () => {
	expect(
		popAllKicks({
			rate: 10,
			meanService,
			service: 'exponential',
			wake: 0,
		}),
	).toBeCloseTo(10, 3);
});

test('popping all: passes are counted by the chain of their lengths', () => {
	// One command a pass or the arrivals of the pass before: at a load of l, E[n] solves to
	// the first order 1 + l^2 / 2.
	const load = 0.01;
	const kicks = popAllKicks({
		rate: load / meanService,
		meanService,
		service: 'constant',
		wake: 0,
	});
	expect((kicks * meanService) / load).toBeCloseTo(1 - (load * load) / 2, 5);
});

test('a longer wake and a steadier service leave fewer and more doorbells', () => {
	const kicks = (service: 'exponential' | 'constant', wake: number) =>
		popAllKicks({
			rate,
			meanService,
			service,
			wake,
		});
	expect(kicks('exponential', 100e-6)).toBeLessThan(kicks('exponential', 20e-6));
	expect(kicks('exponential', 20e-6)).toBeLessThan(kicks('exponential', 0));
	expect(kicks('constant', 0)).toBeGreaterThan(kicks('exponential', 0));
	// Without a wake delay the share of passes that follow sleep is that of an idle host.
	expect(kicks('exponential', 0)).toBeGreaterThan(rate * 0.2);
});

test.each([
	[20_000, 10_000, 2, 37.5],
	[100_000, 16_667, 6, 29.17],
	[500_000, 19_231, 26, 25.96],
])('%d completions a second, armed again after 50 us', (completions, perSecond, batch, added) => {
	const armed = armedInterrupts(completions, 50e-6);
	expect(Math.round(armed.perSecond)).toBe(perSecond);
	expect(armed.batch).toBeCloseTo(batch, 9);
	expect(armed.added * 1e6).toBeCloseTo(added, 2);
});

test('a batch of one costs and delays nothing', () => {
	expect(batchedKicks({commands: 1, build: 5})).toBe(1);
	expect(batchedDelay({commands: 1, build: 5})).toBe(0);
	expect(batchedDelay({commands: 8, build: 5})).toBe(17.5);
});

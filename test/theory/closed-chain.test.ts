import {expect, test} from 'vitest';
import {chainThroughput} from '../../source/theory/closed-chain.js';
import {closedThroughput} from '../../source/theory/machine-repairman.js';
import {residualWait} from '../../source/theory/residual-wait.js';

test('a chain of one station is the machine repairman', () => {
	for (const clients of [1, 4, 16]) {
		expect(chainThroughput({clients, think: 1e-4, services: [2e-5]})).toBeCloseTo(
			closedThroughput({clients, think: 1e-4, service: 2e-5}),
			6,
		);
	}
});

test('one client never waits; many are bound by the slowest station', () => {
	expect(chainThroughput({clients: 1, think: 1e-4, services: [3e-5, 2e-5]})).toBeCloseTo(1 / 15e-5, 6);
	expect(chainThroughput({clients: 200, think: 0, services: [3e-5, 2e-5]})).toBeCloseTo(1 / 3e-5, 3);
});

test("n clients in a balanced chain of m stations: n / (n + m - 1) of a station's rate", () => {
	expect(chainThroughput({clients: 3, think: 0, services: [1, 1, 1]})).toBeCloseTo(3 / 5, 12);
});

test('who comes at random waits for half of what is under way, the long ones more often', () => {
	expect(residualWait({rate: 1000, secondMoment: 200e-6 * 200e-6})).toBeCloseTo(20e-6, 12);
});

import {expect, test} from 'vitest';
import {throughputBound} from '../../source/theory/asymptotic-bounds.js';
import {inStation} from '../../source/theory/little.js';
import {closedThroughput, knee} from '../../source/theory/machine-repairman.js';

const think = 100e-6;
const service = 20e-6;

test.each([
	[1, 8333],
	[2, 16_216],
	[4, 30_083],
	[6, 40_408],
	[8, 46_498],
	[16, 49_998],
	[32, 50_000],
])('%d clients submit %d commands a second', (clients, perSecond) => {
	expect(Math.round(closedThroughput({clients, think, service}))).toBe(perSecond);
});

test('the bounds cross at the knee and are never exceeded', () => {
	expect(knee({think, service})).toBeCloseTo(6, 12);
	expect(throughputBound(6, think, [service])).toBeCloseTo(50_000, 6);
	for (let clients = 1; clients < 40; clients++) {
		expect(closedThroughput({clients, think, service})).toBeLessThanOrEqual(
			throughputBound(clients, think, [service]) * (1 + 1e-12),
		);
	}
});

test('the slowest of several stations decides', () => {
	expect(throughputBound(100, think, [5e-6, 40e-6, 1e-6])).toBeCloseTo(25_000, 6);
	expect(throughputBound(1, think, [5e-6, 40e-6, 1e-6])).toBeCloseTo(1 / 146e-6, 6);
});

test.each([
	[339_000, 188.33, 64],
	[383_000, 682.06, 256],
])('published rates and latencies satisfy Little: %d/s at %d us', (rate, latency, inFlight) => {
	expect(Math.abs(inStation(rate, latency / 1e6) / inFlight - 1)).toBeLessThan(0.021);
});

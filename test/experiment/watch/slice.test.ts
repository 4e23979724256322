import {expect, test} from 'vitest';
import {sliceLength, watchedPaths} from '../../../source/experiment/watch/slice.js';
import {metricOf} from '../../../source/metrics/metric-table.js';
import {client, configurationOf} from '../../helpers/model-configuration.js';

const closed = configurationOf({}, [client({})]);
const paced = (hz: number) => configurationOf({}, [client({kind: 'paced', hz})]);
const window = 1_000_000;

test.each([
	['fast, as it is slowed down', {configuration: closed, commandsPerSecond: 30_000, speed: 0.1}, 10e6],
	['at the speed of the wall', {configuration: closed, commandsPerSecond: 30_000, speed: 1}, 100e6],
	['as fast as it goes', {configuration: closed, commandsPerSecond: 30_000, speed: Infinity}, 100e6],
	['few commands', {configuration: closed, commandsPerSecond: 900, speed: 0.1}, 200e6],
	['whole periods of 60 Hz', {configuration: paced(60), commandsPerSecond: 30_000, speed: 0.1}, 100e6],
	['whole periods of 120 Hz', {configuration: paced(120), commandsPerSecond: 30_000, speed: 0.1}, 50e6],
] as const)('a slice is long enough: %s', (_, needs, length) => {
	expect(sliceLength({...needs, window})).toBe(length);
});

test('it is a whole number of windows', () => {
	const needs = {configuration: closed, commandsPerSecond: 30_000, speed: 0.1};
	expect(sliceLength({...needs, window: 3_000_000}) % 3_000_000).toBe(0);
	expect(sliceLength({...needs, window: 50_000_000})).toBe(50e6);
});

test('what is watched are metrics, those of paced clients first', () => {
	expect(watchedPaths(closed)).toContain('latency.stages.doorbell.mean');
	for (const path of watchedPaths(closed)) {
		expect(metricOf(path), path).toBeDefined();
	}

	expect(watchedPaths(paced(60))[0]).toMatch(/^frames\..*\.perSecond$/v);
});

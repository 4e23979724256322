import {expect, test} from 'vitest';
import {queueCounter} from '../../source/metrics/counters.js';
import {RunFacts} from '../../source/metrics/run-facts.js';
import {type Extremes} from '../../source/metrics/run-reading.js';
import {WindowSeries} from '../../source/metrics/window-series.js';
import {client, configurationOf, ms} from '../helpers/model-configuration.js';
import {runOf} from '../helpers/model-run.js';

const none: Extremes = {minFree: 64, maxFree: 64, maxInFlight: 0};

/** Windows of 1 ms with these extremes of the control queue; each has one contention more. */
function seriesOf(extremes: readonly Extremes[]): WindowSeries {
	const facts = new RunFacts(runOf(configurationOf({}, [client()])).simulation);
	const windows = new WindowSeries(facts, ms, 10);
	const counters = new Float64Array(facts.layout.length);
	for (const [index, control] of extremes.entries()) {
		counters[facts.layout.queue(0) + queueCounter.contended] += index + 1;
		windows.close(counters, control, none);
	}

	return windows;
}

const windows = seriesOf([
	{minFree: 9, maxFree: 60, maxInFlight: 40},
	{minFree: 3, maxFree: 64, maxInFlight: 61},
	{minFree: 8, maxFree: 50, maxInFlight: 12},
]);

test.each([
	[0, 3, 3, 64, 61],
	[0, 1, 9, 60, 40],
	[2, 3, 8, 50, 12],
])('the extremes of windows %i to %i are those of any of them', (from, to, least, most, inFlight) => {
	const {ring} = windows.metrics(from, to);
	expect([ring.numFree.min, ring.numFree.max, ring.inFlight.max]).toEqual([least, most, inFlight]);
});

test('a window counts what came in it', () => {
	expect([0, 1, 2].map(index => windows.value('lock.contended', index, index + 1))).toEqual([1000, 2000, 3000]);
	expect(windows.value('lock.contended', 1, 3)).toBe(2500);
});

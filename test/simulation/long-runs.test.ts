import {expect, test} from 'vitest';
import {EventLoop} from '../../source/engine/event-loop.js';
import {Histogram} from '../../source/engine/histogram.js';
import {Recorder} from '../../source/metrics/recorder.js';
import {UserError} from '../../source/errors/user-error.js';
import {parseDuration} from '../../source/parameters/duration.js';
import {loadPreset} from '../../source/presets/load-preset.js';
import {configurationOf} from '../../source/presets/preset.js';
import {Simulation} from '../../source/simulation/simulation.js';

/**
As often what 20,000 events count, a thousand commands in 35 ms: 10^9 commands in ten hours.
*/
const planted = 2 ** 20;

test('an event comes at its nanosecond up to the last that a float holds', () => {
	const loop = new EventLoop();
	const late = Number.MAX_SAFE_INTEGER - 1000;
	const times: number[] = [];
	const timer = loop.addTimer(0, 0);
	const handler = {
		fire() {
			times.push(loop.now);
			loop.after(timer, 333);
		},
	};
	loop.after(timer, late);
	loop.runUntil(Number.MAX_SAFE_INTEGER, Infinity, handler);
	expect(times).toEqual([late, late + 333, late + 666, late + 999]);
	expect(loop.now).toBe(Number.MAX_SAFE_INTEGER);
});

test('percentiles of a hundred million values are those of their counts', () => {
	const histogram = new Histogram();
	for (let value = 1; value <= 100; value++) {
		histogram.add(value);
	}

	const counts = Reflect.get(histogram, 'counts') as Float64Array;
	counts.set(counts.map(count => count * planted));
	histogram.count *= planted;
	histogram.sum *= planted;
	histogram.add(1);
	expect([0.5, 0.9, 0.99, 1].map(share => histogram.quantile(share))).toEqual([50, 90, 99, 100]);
	expect(histogram.count).toBe(100 * planted + 1);
	expect(histogram.mean).toBeCloseTo(50.5, 6);
});

test('what is counted after a thousand million commands is counted exactly', () => {
	const recorders = [1, planted].map(factor => {
		const simulation = new Simulation(configurationOf(loadPreset('seed-2019-kick-under-lock')), 1);
		const recorder = new Recorder(simulation, 1_000_000);
		simulation.observe(recorder);
		simulation.runUntil(Infinity, 20_000);
		const counters = Reflect.get(recorder, 'counters') as Float64Array;
		const before = counters.map(count => Math.floor(count) * factor);
		counters.set(before);
		simulation.runUntil(Infinity, 20_000);
		return counters.map((count, index) => count - before[index]);
	});
	expect(recorders[0].some(count => count > 1000)).toBe(true);
	expect(recorders[1]).toEqual(recorders[0]);
});

test.each(['9007200s', '105d'])('%s is refused with a reason', text => {
	expect(() => parseDuration(text)).toThrow(UserError);
	expect(() => parseDuration(text)).toThrow(/at most 9007199s|write a number and ns, us, ms or s/v);
});

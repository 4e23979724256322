import {expect, test} from 'vitest';
import {runSimulation} from '../../source/run/run.js';
import {client, configurationOf, constant, loopStep, ms, us} from '../helpers/model-configuration.js';
import {logged} from '../helpers/model-log.js';

test('closed: submits, waits for the response, thinks, and starts again', () => {
	const {log} = logged(configurationOf({}, [client({think: constant(200 * us)})]), 5 * ms);
	const started = log.of('commandStarted');
	const responded = log.of('responded');
	expect(started.length).toBeGreaterThan(15);
	for (const [index, {time}] of responded.slice(0, -1).entries()) {
		// The response wakes the halted vCPU (5.5 us), then comes the pause, and a wake-up again.
		expect(started[index + 1].time - time).toBe(2 * 5500 + 200 * us);
	}

	expect(started.every(({time, value}) => value === time)).toBe(true);
});

test('closed without waiting: goes on as soon as it has submitted', () => {
	const {log} = logged(
		configurationOf({'driver.lockPolicy': 'kick-after-unlock'}, [
			client({wait: 'none', loop: [loopStep({prepare: constant(us)})]}),
		]),
		ms,
	);
	const started = log.of('commandStarted').map(({time}) => time);
	// 1 us to prepare, 1.1 in the lock; until the host has woken no other doorbell is needed.
	expect(Math.min(...started.slice(1).map((time, index) => time - started[index]))).toBe(2100);
});

test('open: commands are due when they arrive; what the client is too slow for waits in its backlog', () => {
	const rate = 20_000;
	const configuration = configurationOf({}, [
		client({
			kind: 'open',
			rate,
			wait: 'none',
			loop: [loopStep({prepare: constant(30 * us)})],
		}),
	]);
	const {log} = logged(configuration, 200 * ms);
	const started = log.of('commandStarted');
	expect(started.every(({time, value}) => value <= time)).toBe(true);
	expect(started.filter(({time, value}) => time - value > 20 * us).length).toBeGreaterThan(100);
	const dues = started.map(({value}) => value);
	expect(dues).toEqual(dues.toSorted((a, b) => a - b));
	// Poisson: 4000 expected, four standard deviations.
	expect(Math.abs(started.length - 4000)).toBeLessThan(4 * Math.sqrt(4000));
});

test('open with bursts: rounds arrive together, the rate is the same', () => {
	const configuration = configurationOf({'guest.cost.prepare': us}, [
		client({
			kind: 'open',
			rate: 10_000,
			burst: 10,
			wait: 'none',
		}),
	]);
	const {log} = logged(configuration, 400 * ms);
	const counts = new Map<number, number>();
	for (const {value} of log.of('commandStarted')) {
		counts.set(value, (counts.get(value) ?? 0) + 1);
	}

	expect([...counts.values()].slice(0, -1).every(count => count === 10)).toBe(true);
	expect(Math.abs(counts.size - 400)).toBeLessThan(4 * Math.sqrt(400));
});

test('paced: a frame begins at each vblank, its first command is due then, and none is missed when there is time', () => {
	const configuration = configurationOf({}, [
		client({
			kind: 'paced',
			hz: 1000,
			loop: [loopStep({commands: ['RESOURCE_CREATE_2D', 'RESOURCE_CREATE_2D']})],
		}),
	]);
	const {log} = logged(configuration, 50 * ms);
	const dues = log
		.of('commandStarted')
		.filter((_, index) => index % 2 === 0)
		.map(({value}) => value);
	expect(dues.slice(1, 40)).toEqual(Array.from({length: 39}, (_, index) => dues[0] + (index + 1) * ms));
	expect(dues[0] % ms).toBe(0);
	// No frame is late for the vblank after its own.
	const seen = log
		.of('responded')
		.filter((_, index) => index % 2 === 1)
		.map(({time}) => time);
	expect(seen.every((time, index) => time <= dues[index] + ms)).toBe(true);
});

test.each([
	// Frame time in ms, frames a second at 1000 Hz: hz / ceil(T hz).
	[0.5, 1000],
	[1.5, 500],
	[2.2, 333.3],
	[3.9, 250],
])('paced: a frame of %f ms gives %f frames/s at 1000 Hz', (time, rate) => {
	const {metrics} = runSimulation({
		configuration: configurationOf({}, [
			client({kind: 'paced', hz: 1000, loop: [loopStep({prepare: constant(time * ms - 70 * us)})]}),
		]),
		seed: 1,
		warmup: 0,
		duration: 300 * ms,
		changes: [],
	});
	const frames = metrics.frames?.app;
	// The first frame is begun at the first vblank and seen at a later one.
	expect(Math.abs((frames?.perSecond ?? 0) - rate)).toBeLessThan(8);
	// Every vblank comes with a frame or without one; in 300 ms one of them is 3.3 a second.
	expect(Math.abs((frames?.perSecond ?? 0) + (frames?.missed ?? 0) - 1000)).toBeLessThan(4);
});

test('wait fence: only fenced commands are waited for', () => {
	const configuration = configurationOf(
		{
			'device.kind': 'virgl',
			'device.fence': 'async',
			'device.gpuTime': constant(ms),
		},
		[
			client({
				wait: 'fence',
				loop: [loopStep({fenced: true, objects: 1}), loopStep({commands: ['RESOURCE_FLUSH']})],
			}),
		],
	);
	const {log} = logged(configuration, 20 * ms);
	const fences = log.fencedResponses().map(({time}) => time);
	const rounds = log
		.of('commandStarted')
		.filter((_, index) => index % 2 === 0)
		.map(({time}) => time);
	expect(fences.length).toBeGreaterThan(10);
	for (const [index, time] of fences.entries()) {
		expect(rounds[index + 1]).toBe(time + 5500);
	}
});

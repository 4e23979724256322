import {expect, test} from 'vitest';
import {type Metrics} from '../../source/metrics/metrics.js';
import {type ClientSpec} from '../../source/parameters/configuration.js';
import {client, configurationOf, constant, loopStep, ms, type Settings, times} from '../helpers/model-configuration.js';
import {measured} from '../helpers/model-run.js';

const second = 1000 * ms;

function framesOf(
	spec: Partial<ClientSpec>,
	set: Settings = {},
): {perSecond: number; missed: number; asked: number; mean: number} {
	const {metrics} = measured(
		configurationOf(set, [
			client({
				name: 'shell',
				kind: 'paced',
				hz: 100,
				...spec,
			}),
		]),
		{warmup: 100 * ms, duration: second},
	);
	const {perSecond, missed, time} = metrics.frames?.shell ?? {perSecond: -1, missed: -1, time: {mean: -1}};
	return {
		perSecond,
		missed,
		asked: metrics.throughput.asked,
		mean: time.mean ?? -1,
	};
}

test('every vblank has its frame, or is missed', () => {
	expect(framesOf({})).toMatchObject({perSecond: 100, missed: 0, asked: 100});
	// A frame that takes longer than a vblank lets the client skip the next one.
	expect(framesOf({}, {'device.cost.RESOURCE_CREATE_2D': 12 * ms})).toMatchObject({
		perSecond: 50,
		missed: 50,
		asked: 100,
	});
	expect(framesOf({}, {'device.cost.RESOURCE_CREATE_2D': 32 * ms})).toMatchObject({perSecond: 25, missed: 75});
});

test('a frame waits for its fence, whatever the client waits for', () => {
	const loop = [
		loopStep({commands: ['SUBMIT_3D'], fenced: true, objects: 1}),
		loopStep({commands: ['RESOURCE_FLUSH']}),
	];
	const slow = {'device.kind': 'virgl', 'device.fence': 'async', 'device.gpuTime': constant(12 * ms)};
	const {perSecond, missed, mean} = framesOf({loop, wait: 'fence'}, slow);
	expect([perSecond, missed]).toEqual([50, 50]);
	// From the vblank to the fence, not to the response of the last command.
	expect(mean).toBeGreaterThan(12_000);
});

test('two frames between two vblanks are one to the viewer', () => {
	// The host is away at three vblanks; the frames of those and of the one before
	// come at once at the fourth.
	const {metrics} = measured(
		configurationOf(
			{},
			[
				client({
					name: 'shell',
					kind: 'paced',
					hz: 100,
					wait: 'none',
				}),
			],
			[{at: 205 * ms, kind: 'host-stall', for: 40 * ms}],
		),
		{warmup: 100 * ms, duration: second},
	);
	expect(metrics.frames?.shell).toMatchObject({perSecond: 97, missed: 3});
});

test('a refused command breaks its frame, and is asked for', () => {
	const {metrics} = measured(
		configurationOf({'queue.size': 4, 'driver.fullRing': 'busy-error'}, [
			client({
				name: 'shell',
				kind: 'paced',
				hz: 100,
				loop: [loopStep({commands: times(8, 'RESOURCE_CREATE_2D')})],
			}),
		]),
		{warmup: 100 * ms, duration: second},
	);
	expect(metrics.frames?.shell).toMatchObject({perSecond: 0, missed: 100});
	expect(metrics.throughput.asked).toBe(800);
	expect(metrics.throughput.completed + metrics.ring.busyErrors).toBe(800);
});

test('a client of two threads shows a frame when both have one', () => {
	expect(framesOf({threads: 2})).toMatchObject({perSecond: 100, missed: 0, asked: 200});
	expect(framesOf({threads: 2}, {'device.cost.RESOURCE_CREATE_2D': 6 * ms})).toMatchObject({
		perSecond: 50,
		missed: 50,
	});
});

test('an open client asks for its arrivals, also for those that it cannot begin', () => {
	const asked = (metrics: Metrics): number => metrics.throughput.asked;
	const free = measured(configurationOf({}, [client({kind: 'open', rate: 1000, wait: 'none'})]), {
		duration: second,
	}).metrics;
	const stuck = measured(
		configurationOf(
			{},
			[client({kind: 'open', rate: 1000})],
			[{at: 100 * ms, kind: 'host-stall', for: 2 * second}],
		),
		{duration: second},
	).metrics;
	expect(asked(stuck)).toBe(asked(free));
	expect(stuck.throughput.completed).toBeLessThan(150);
});

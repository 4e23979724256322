import {expect, test} from 'vitest';
import {checkClients} from '../../source/simulation/parameters/check-clients.js';
import {type ClientSpec, type LoopStep} from '../../source/parameters/configuration.js';
import {Simulation} from '../../source/simulation/simulation.js';
import {client, configurationOf, constant, loopStep, ms, type Settings, us} from '../helpers/model-configuration.js';
import {logged} from '../helpers/model-log.js';
import {measured} from '../helpers/model-run.js';

const virgl: Settings = {'device.kind': 'virgl', 'device.fence': 'poll', 'device.gpuTime': constant(ms)};
const upload = loopStep({
	commands: ['SUBMIT_3D'],
	fenced: true,
	objects: 1,
	wait: 'fence',
});
const show = loopStep({commands: ['MOVE_CURSOR'], queue: 'cursor'});

function shape(steps: readonly LoopStep[] = [upload, show], spec: Partial<ClientSpec> = {}): ClientSpec {
	return client({
		name: 'shape',
		wait: 'none',
		think: constant(100 * ms),
		loop: steps,
		...spec,
	});
}

test('a new cursor image: fenced upload on the control queue, dma_fence_wait, then the cursor queue', () => {
	const {log} = logged(configurationOf(virgl, [shape()]), 50 * ms);
	const [first, second] = log.of('published');
	expect(
		log
			.of('lockAcquired')
			.filter(({actor}) => actor === 0)
			.map(({subject}) => subject),
	).toEqual([0, 0, 1]);
	expect(second.time).toBeGreaterThan(log.fencedResponses()[0].time);
	expect(second.time - first.time).toBeGreaterThan(10 * ms);
});

test("without the step's wait the cursor command does not wait", () => {
	const {log} = logged(configurationOf(virgl, [shape([{...upload, wait: 'none'}, show])]), 50 * ms);
	const [first, second] = log.of('published');
	expect(second.time - first.time).toBeLessThan(100 * us);
});

test("a step's wait comes before its pause, and the client's wait at the end of the round", () => {
	const pause = loopStep({wait: 'response', think: constant(5 * ms)});
	const {log} = logged(
		configurationOf({}, [client({loop: [pause, loopStep()], wait: 'response', think: constant(100 * ms)})]),
		50 * ms,
	);
	const [, second] = log.of('commandStarted');
	// Its vCPU wakes up twice, in 5.5 us each time.
	expect(second.time - log.first('responded').time).toBe(5 * ms + 11 * us);
});

test('what a client waits for comes through the control queue: cursor commands are not waited for', () => {
	const slow = {'device.cost.MOVE_CURSOR': 20 * ms};
	const {log} = logged(
		configurationOf(slow, [shape([show, loopStep({wait: 'response'}), loopStep()], {think: constant(500 * ms)})]),
		100 * ms,
	);
	const moved = log.of('responded')[0].time;
	expect(log.of('commandStarted')).toHaveLength(3);
	expect(log.of('responded')).toHaveLength(3);
	expect(moved).toBeGreaterThan(20 * ms);
});

test('a bounded wait ends at its timeout, and at the fence when that comes first', () => {
	const flush = loopStep({
		commands: ['SUBMIT_3D'],
		fenced: true,
		objects: 1,
		wait: 'fence',
		timeout: 4 * ms,
	});
	const started = (gpu: number): number => {
		const {log} = logged(
			configurationOf({...virgl, 'device.fence': 'async', 'device.gpuTime': constant(gpu)}, [
				shape([flush, loopStep()]),
			]),
			50 * ms,
		);
		return log.of('commandStarted')[1].time - log.first('doorbellReturned').time;
	};

	expect(started(30 * ms)).toBe(4 * ms + 5.5 * us);
	expect(started(2 * ms)).toBeLessThan(2.1 * ms);
});

test('a timeout that the fence has beaten does not strike later', () => {
	const flush = loopStep({
		commands: ['SUBMIT_3D'],
		fenced: true,
		objects: 1,
		wait: 'fence',
		timeout: 4 * ms,
		think: constant(10 * ms),
	});
	const {log} = logged(configurationOf({...virgl, 'device.fence': 'async'}, [shape([flush, loopStep()])]), 50 * ms);
	expect(log.of('commandStarted')[1].time - log.fencedResponses()[0].time).toBe(10 * ms + 11 * us);
});

test('the cursor has figures when only a step uses its queue', () => {
	const {metrics} = measured(
		configurationOf({}, [
			shape([loopStep({wait: 'response'}), show], {kind: 'paced', hz: 100, think: constant(0)}),
		]),
	);
	expect(metrics.cursor?.throughput.completed).toBe(90);
	expect(metrics.throughput.completed).toBe(90);
	expect(metrics.frames?.shape?.time.mean).toBeGreaterThan(
		(metrics.latency.mean ?? 0) + (metrics.cursor?.latency.mean ?? 0) - 0.1,
	);
});

test.each<[string, Partial<ClientSpec>, string]>([
	[
		'GPU time of a cursor command',
		{loop: [{...show, gpuTime: {kind: 'const', value: 1}}]},
		'clients[0].loop[0].gpuTime: a cursor command cannot be fenced',
	],
	[
		'a command on the wrong queue',
		{loop: [{...upload, queue: 'cursor'}]},
		'clients[0].loop[0].commands: SUBMIT_3D goes through the control queue',
	],
	[
		'a fenced cursor step',
		{loop: [{...show, fenced: true}]},
		'clients[0].loop[0].fenced: a cursor command cannot be fenced',
	],
	[
		'a wait for cursor commands',
		{loop: [{...show, wait: 'response'}]},
		'clients[0].loop[0].wait: cursor commands have no response',
	],
	[
		"a client's wait for cursor commands",
		{loop: [show], wait: 'response'},
		'clients[0].wait: cursor commands have no response',
	],
	[
		'a wait for a fence that nobody asks for',
		{loop: [loopStep({wait: 'fence'})]},
		'clients[0].loop[0].wait: nothing in the loop is fenced',
	],
	[
		'a timeout of no wait',
		{loop: [loopStep({timeout: ms})]},
		'clients[0].loop[0].timeout: the step waits for nothing',
	],
	[
		'pages of a command without data',
		{loop: [loopStep({pages: 8})]},
		'clients[0].loop[0].pages: none of its commands has data',
	],
])('%s is refused', (_, spec, message) => {
	expect(() => {
		checkClients(configurationOf({}, [shape([upload], spec)]));
	}).toThrow(message);
});

test.each([
	['a step', {loop: [upload, show]}, 'clients[0].loop[1].queue'],
	['a client', {queue: 'cursor' as const, loop: [loopStep({commands: ['MOVE_CURSOR']})]}, 'clients[0].queue'],
])('%s on the queue that libkrun never reads is refused, at load and in a run', (_, spec, place) => {
	const reason = `${place}: libkrun never reads the cursor queue: control, or another host.backend`;
	const mixed = configurationOf({'device.kind': 'virgl'}, [client({wait: 'none', ...spec})]);
	expect(() => {
		checkClients({...mixed, parameters: {...mixed.parameters, 'host.backend': 'libkrun'}});
	}).toThrow(reason);
	const simulation = new Simulation(mixed, 1);
	expect(() => simulation.apply({'host.backend': 'libkrun'})).toThrow(reason);
	expect(simulation.configuration).toEqual(mixed);
});

test('a client of the cursor queue whose steps all go elsewhere is served by libkrun', () => {
	expect(() => {
		checkClients(
			configurationOf({'host.backend': 'libkrun'}, [
				client({queue: 'cursor', loop: [loopStep({queue: 'control'})]}),
			]),
		);
	}).not.toThrow();
});

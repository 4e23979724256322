import {expect, test} from 'vitest';
import {FenceQueue} from '../../source/host/backends/fence-queue.js';
import {CommandPool} from '../../source/devices/command-pool.js';
import {type ClientSpec, type LoopStep} from '../../source/parameters/configuration.js';
import {
	client,
	configurationOf,
	constant,
	loopStep,
	ms,
	type Settings,
	times,
	us,
} from '../helpers/model-configuration.js';
import {logged} from '../helpers/model-log.js';

function fenced(name: string, vcpu: number, commands: LoopStep['commands'], think: number): ClientSpec {
	return client({
		name,
		vcpu,
		wait: 'fence',
		think: constant(think),
		loop: [loopStep({commands, fenced: true, objects: 1})],
	});
}

const virgl: Settings = {'device.kind': 'virgl', 'device.fence': 'async', 'device.gpuTime': constant(3 * ms)};

/**
The queue with fences (context, GPU time in ns) that were made at time 0, as [command, signalled].
*/
function signalled(
	fences: ReadonlyArray<readonly [context: number, gpu: number]>,
	global: boolean,
): ReadonlyArray<readonly [number, number]> {
	const pool = new CommandPool(16);
	const queue = new FenceQueue(pool, 3);
	for (const [context, gpu] of fences) {
		const command = pool.allocate();
		pool.context[command] = context;
		queue.add(command, 0, gpu, global);
	}

	const order: Array<readonly [number, number]> = [];
	while (queue.count > 0) {
		const at = queue.nextDone;
		expect(queue.takeDone(at - 1)).toBe(-1);
		order.push([queue.takeDone(at), at]);
	}

	expect(queue.nextDone).toBe(Infinity);
	return order;
}

test('per context: the GPU works for contexts side by side, for one in order', () => {
	expect(
		signalled(
			[
				[0, 100],
				[1, 10],
				[0, 5],
				[2, 50],
				[1, 10],
				[2, 50],
			],
			false,
		),
	).toEqual([
		[1, 10],
		[4, 20],
		[3, 50],
		[0, 100],
		[5, 100],
		[2, 105],
	]);
});

test('global: a fence signals when it and all before it are done', () => {
	expect(
		signalled(
			[
				[0, 100],
				[1, 10],
				[0, 5],
				[2, 500],
				[1, 10],
			],
			true,
		),
	).toEqual([
		[0, 100],
		[1, 100],
		[2, 105],
		[3, 500],
		[4, 500],
	]);
});

test('with one context both timelines are the same run', () => {
	const clients = [{...fenced('app', 0, ['SUBMIT_3D'], 100 * us), threads: 3}];
	const hash = (set: Settings): string =>
		logged(
			configurationOf({...virgl, 'device.gpuTime': {kind: 'exp', mean: ms}, ...set}, clients),
			50 * ms,
		).simulation.eventHash();
	expect(hash({'driver.fenceContexts': 'global'})).toBe(hash({}));
});

test.each(['qemu', 'crosvm', 'mapped'])(
	'%s: on the global timeline a fast context waits for a slow one, on its own it does not',
	backend => {
		// One context has eight fences of 3 ms under way, the other one.
		const clients = [fenced('slow', 0, times(8, 'SUBMIT_3D'), 0), fenced('fast', 1, ['SUBMIT_3D'], 100 * us)];
		const rounds = (fenceContexts: string): number => {
			const {log, simulation} = logged(
				configurationOf({...virgl, 'host.backend': backend, 'driver.fenceContexts': fenceContexts}, clients),
				240 * ms,
			);
			expect(simulation.stall()).toBeNull();
			// Thread 1 is the fast client's.
			return log.of('commandStarted').filter(({actor}) => actor === 1).length;
		};

		// A round of 3 ms and a little against one that waits for up to eight such times.
		expect(rounds('per-context')).toBeGreaterThan(70);
		expect(rounds('global')).toBeLessThan(20);
	},
);

test('a shorter fence of another context is seen when it signals, not when the longer one does', () => {
	const {simulation, log} = logged(
		configurationOf({...virgl, 'device.gpuTime': constant(20 * ms)}, [
			fenced('long', 0, ['SUBMIT_3D'], 100 * ms),
			client({
				name: 'short',
				vcpu: 1,
				think: constant(100 * ms),
				loop: [
					loopStep({
						commands: ['SUBMIT_3D'],
						fenced: true,
						objects: 1,
						prepare: constant(4 * ms),
					}),
				],
			}),
		]),
		2 * ms,
	);
	simulation.apply({'device.gpuTime': constant(ms)});
	simulation.runUntil(50 * ms);
	const [, short] = log.of('fenceQueued');
	const [first, second] = log.of('usedPublished');
	expect(first.subject).toBe(short.subject);
	// GPU, wake-up of the main loop, push.
	expect(first.time - short.time).toBe(ms + 8 * us + 350);
	expect(second.time - log.first('fenceQueued').time).toBe(20 * ms + 8 * us + 350);
});

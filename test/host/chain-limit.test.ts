import {expect, test} from 'vitest';
import {Simulation} from '../../source/simulation/simulation.js';
import {client, configurationOf, loopStep, ms, type Settings} from '../helpers/model-configuration.js';
import {logged} from '../helpers/model-log.js';
import {measured} from '../helpers/model-run.js';

/** A client with chains of so many segments, and one that goes on as long as somebody answers. */
function clientsOf(segments: number) {
	return [
		client({
			name: 'mapper',
			think: {kind: 'const', value: ms},
			loop: [
				loopStep({commands: ['RESOURCE_CREATE_2D']}),
				loopStep({commands: ['RESOURCE_ATTACH_BACKING'], pages: segments - 2}),
			],
		}),
		client(),
	];
}

const rings: readonly Settings[] = [
	{'queue.indirect': true},
	{'queue.indirect': true, 'queue.layout': 'packed'},
	{'queue.indirect': false, 'queue.size': 4096},
	{'queue.indirect': false, 'queue.size': 4096, 'queue.layout': 'packed'},
];
const limited = ['qemu', 'vhost-user-gpu'].flatMap(backend => rings.map(ring => ({'host.backend': backend, ...ring})));

test.each(limited)('%j: a chain of 1025 segments breaks the device, for everybody', set => {
	const {end, stall, metrics, simulation} = measured(configurationOf(set, clientsOf(1025)));
	expect(end).toBe('stall');
	expect(stall).toMatchObject({kind: 'impossible-request', waits: [{who: 'mapper (thread 0)'}]});
	expect(stall?.text).toMatch(
		/RESOURCE_ATTACH_BACKING of mapper \(thread 0\) has 1025 segments in its chain and \S+ takes at most 1024/v,
	);
	expect(metrics.throughput.completed).toBeGreaterThan(0);
	const {gpu} = simulation.state.host;
	const hung = simulation.unfinished;
	simulation.runUntil(simulation.now + 20 * ms);
	expect(simulation.unfinished).toBe(hung);
	expect(hung).toBe(2);
	expect(gpu.chainOf(gpu.refused)).toBe(1025);
});

test.each(limited)('%j: one of 1024 is served', set => {
	const {end, metrics} = measured(configurationOf(set, clientsOf(1024)));
	expect(end).toBe('duration');
	expect(metrics.throughput.completed).toBeGreaterThan(1000);
});

test('QEMU still processes what it had popped, but returns nothing any more', () => {
	const {log} = logged(
		configurationOf({'driver.lockPolicy': 'kick-batched'}, [
			client({
				wait: 'none',
				loop: [
					loopStep({
						commands: ['RESOURCE_CREATE_2D', 'RESOURCE_ATTACH_BACKING', 'RESOURCE_CREATE_2D'],
						pages: 2000,
					}),
				],
			}),
		]),
		5 * ms,
	);
	expect(log.count('serviceStarted')).toBe(1);
	expect(log.count('usedPublished', 'msiSent')).toBe(0);
});

test('a moment before the break is whole again', () => {
	const simulation = new Simulation(configurationOf({}, clientsOf(1025)), 1);
	const before = simulation.checkpoint();
	simulation.runUntil(5 * ms);
	expect(simulation.stall()).not.toBeNull();
	simulation.restore(before);
	expect(simulation.stall()).toBeNull();
});

import {expect, test} from 'vitest';
import {type Change} from '../../source/parameters/configuration.js';
import {type Configuration} from '../../source/simulation/configuration.js';
import {Simulation} from '../../source/simulation/simulation.js';
import {
	client,
	configurationOf,
	constant,
	cursorClient,
	loopStep,
	ms,
	type Settings,
	times,
} from '../helpers/model-configuration.js';
import {measured, runOf} from '../helpers/model-run.js';

const clients = [
	client({
		threads: 2,
		loop: [loopStep({commands: times(6, 'RESOURCE_CREATE_2D')}), loopStep({fenced: true, objects: 2})],
	}),
	client({
		name: 'arrivals',
		kind: 'open',
		rate: 5000,
		burst: 3,
		wait: 'none',
	}),
	client({name: 'frames', kind: 'paced', hz: 500}),
	cursorClient({think: {kind: 'exp', mean: 50_000}}),
];

/** A run in which every source of randomness is at work. */
const busy: Settings = {
	'queue.size': 16,
	'guest.vcpus': 3,
	'host.cpus': 2,
	'host.load': 1,
	'host.bql.rate': 2000,
	'host.bql.hold': {kind: 'lognormal', median: 20_000, sigma: 0.5},
	'guest.cost.prepare': {kind: 'exp', mean: 8000},
	'guest.cost.response': {kind: 'lognormal', median: 800, sigma: 0.8},
	'device.cost.RESOURCE_CREATE_2D': {kind: 'exp', mean: 9000},
	'host.cost.loopWake': {
		kind: 'quantiles',
		points: [
			[0, 1000],
			[0.9, 8000],
			[1, 60_000],
		],
	},
};

const presets: ReadonlyArray<readonly [string, Configuration]> = [
	['kvm, batched', configurationOf(busy, clients)],
	[
		'tcg, test-and-set, kick under lock',
		configurationOf(
			{
				...busy,
				'host.accel': 'tcg',
				'driver.spinlock': 'test-and-set',
				'driver.lockPolicy': 'kick-under-lock',
				'driver.roomRule': 'add-first',
			},
			clients,
		),
	],
	[
		'virgl, polled fences, packed',
		configurationOf(
			{
				...busy,
				'device.kind': 'virgl',
				'device.gpuTime': {kind: 'exp', mean: 200_000},
				'queue.layout': 'packed',
				'queue.eventIdx': false,
			},
			clients,
		),
	],
	[
		'vhost-user-gpu, pause exits',
		configurationOf(
			{
				...busy,
				'host.backend': 'vhost-user-gpu',
				'driver.spinlock': 'qspinlock',
				'driver.lockPolicy': 'kick-under-lock',
				'host.ple': 1400,
			},
			clients,
		),
	],
	[
		'crosvm, fences on the global timeline',
		configurationOf(
			{
				...busy,
				'host.backend': 'crosvm',
				'device.kind': 'virgl',
				'device.gpuTime': {kind: 'exp', mean: 200_000},
				'driver.fenceContexts': 'global',
			},
			clients,
		),
	],
	[
		'libkrun',
		configurationOf(
			{...busy, 'host.backend': 'libkrun', 'device.kind': 'virgl'},
			clients.filter(({queue}) => queue === 'control'),
		),
	],
	['mapped', configurationOf({...busy, 'host.backend': 'mapped', 'device.kind': 'virgl'}, clients)],
];

/** The fingerprint at `time`. */
function hashAt(simulation: Simulation, time: number): string {
	simulation.runUntil(time);
	return simulation.eventHash();
}

test.each(presets)('%s: the same seed has the same events, another has others', (_, configuration) => {
	const hash = hashAt(new Simulation(configuration, 1), 30 * ms);
	expect(hashAt(new Simulation(configuration, 1), 30 * ms)).toBe(hash);
	expect(hashAt(new Simulation(configuration, 2), 30 * ms)).not.toBe(hash);
	expect(hashAt(new Simulation(configuration, 1), 31 * ms)).not.toBe(hash);
});

test.each(presets)('%s: a run cut in pieces of any size is the same run', (_, configuration) => {
	const changes: readonly Change[] = [
		{at: 7 * ms, set: {'queue.size': 64}},
		{at: 12 * ms, set: {'device.cost.RESOURCE_CREATE_2D': constant(4000)}},
		{at: 12 * ms, set: {'driver.lockPolicy': 'kick-after-unlock'}},
	];
	const options = {changes, warmup: 5 * ms, duration: 25 * ms};
	const whole = measured(configuration, options);
	expect(whole.events).toBeGreaterThan(5000);
	// Budgets that look random and are not.
	let budget = 1;
	const run = runOf(configuration, options);
	while (!run.advance(budget)) {
		budget = (((budget * 75) % 65_537) % 900) + 1;
	}

	const cut = run.outcome();
	expect([cut.eventHash, cut.events]).toEqual([whole.eventHash, whole.events]);
	expect(cut.metrics).toEqual(whole.metrics);
});

test.each(presets)('%s: from a checkpoint the run goes on as it did', (_, configuration) => {
	const simulation = new Simulation(configuration, 1);
	simulation.runUntil(10 * ms);
	const checkpoint = simulation.checkpoint();
	const hash = hashAt(simulation, 30 * ms);
	simulation.restore(checkpoint);
	expect(simulation.now).toBe(10 * ms);
	expect(hashAt(simulation, 30 * ms)).toBe(hash);
	// And in another simulation of the same configuration, whatever that did before.
	const other = new Simulation(configuration, 1);
	other.runUntil(3 * ms);
	other.restore(checkpoint);
	expect(hashAt(other, 30 * ms)).toBe(hash);
});

test.each(presets)(
	'%s: a checkpoint goes back and forth across resets that change size and layout',
	(_, configuration) => {
		const simulation = new Simulation(configuration, 1);
		simulation.runUntil(5 * ms);
		const before = simulation.checkpoint();
		simulation.apply({'queue.size': 64, 'queue.layout': 'split'});
		simulation.runUntil(40 * ms);
		expect(simulation.isResetting).toBe(false);
		const between = simulation.checkpoint();
		const later: Settings =
			configuration.parameters['host.backend'] === 'libkrun'
				? {'queue.size': 32}
				: {'queue.size': 24, 'queue.layout': 'packed'};
		simulation.apply(later);
		simulation.runUntil(80 * ms);
		expect(simulation.isResetting).toBe(false);
		const after = simulation.checkpoint();
		const hash = hashAt(simulation, 90 * ms);
		for (const [checkpoint, time, size] of [
			[between, 40, 64],
			[after, 80, later['queue.size']],
			[before, 5, 16],
			[after, 80, later['queue.size']],
		] as const) {
			simulation.restore(checkpoint);
			expect(simulation.now).toBe(time * ms);
			expect(simulation.configuration.parameters['queue.size']).toBe(size);
			expect(simulation.state.guest.core.queues[0].ring.size).toBe(size);
		}

		expect(hashAt(simulation, 90 * ms)).toBe(hash);
		const other = new Simulation(configuration, 1);
		other.restore(between);
		other.apply(later);
		expect(hashAt(other, 90 * ms)).toBe(hash);
	},
);

test('a checkpoint in the middle of a reset', () => {
	const simulation = new Simulation(presets[0][1], 1);
	simulation.runUntil(10 * ms);
	simulation.apply({'queue.layout': 'packed', 'queue.size': 40});
	simulation.runUntil(10 * ms + 5000);
	expect(simulation.isResetting).toBe(true);
	const checkpoint = simulation.checkpoint();
	const hash = hashAt(simulation, 30 * ms);
	const other = new Simulation(presets[0][1], 1);
	other.runUntil(25 * ms);
	other.restore(structuredClone(checkpoint));
	expect(other.isResetting).toBe(true);
	expect(hashAt(other, 30 * ms)).toBe(hash);
});

test.each([
	[{'driver.lockPolicy': 'kick-under-lock'}],
	[{'queue.size': 64, 'queue.layout': 'packed'}],
	[{'host.load': 3}],
	[{'host.bql.rate': 0}],
] as const)('a change by hand at a time is the change in the list of a run: %o', set => {
	const configuration = presets[0][1];
	const at = 9_876_543;
	const listed = measured(configuration, {changes: [{at, set}], duration: 30 * ms});
	const simulation = new Simulation(configuration, 1);
	simulation.runUntil(at);
	simulation.apply(set);
	expect(hashAt(simulation, 30 * ms)).toBe(listed.eventHash);
	expect(listed.eventHash).not.toBe(measured(configuration, {duration: 30 * ms}).eventHash);
});

test('who watches changes nothing', () => {
	const configuration = presets[0][1];
	const alone = hashAt(new Simulation(configuration, 1), 20 * ms);
	const watched = measured(configuration, {duration: 20 * ms, window: 100_000, check: true});
	expect(watched.eventHash).toBe(alone);
});

test('common random numbers: the commands of a client are the same under another policy', () => {
	const draws = (policy: string): unknown[] => {
		const simulation = new Simulation(configurationOf({...busy, 'driver.lockPolicy': policy}, clients), 1);
		const made: Array<readonly number[]> = [];
		simulation.observe({
			commandStarted(_time, thread, command) {
				if (thread === 0) {
					const {pool} = simulation.state;
					made.push([pool.type[command], pool.serviceRank[command], pool.responseRank[command]]);
				}
			},
		});
		simulation.runUntil(150 * ms);
		return made.slice(0, 100);
	};

	const under = draws('kick-under-lock');
	expect(under).toHaveLength(100);
	expect(draws('kick-batched')).toEqual(under);
});

import {expect, test} from 'vitest';
import {runSimulation, type RunOutcome} from '../../source/run/run.js';
import {checkFaults} from '../../source/simulation/parameters/check-faults.js';
import {type Configuration} from '../../source/simulation/configuration.js';
import {UserError} from '../../source/errors/user-error.js';
import {Simulation} from '../../source/simulation/simulation.js';
import {vcpuState} from '../../source/tracepoints/tracepoints.js';
import {
	client,
	configurationOf,
	constant,
	cursorClient,
	loopStep,
	ms,
	type Settings,
	times,
	us,
} from '../helpers/model-configuration.js';
import {logged, ModelLog} from '../helpers/model-log.js';
import {measured} from '../helpers/model-run.js';

const others = ['vhost-user-gpu', 'crosvm', 'libkrun', 'mapped'] as const;
const slow = client({think: constant(ms)});

function run(configuration: Configuration): RunOutcome {
	return runSimulation({
		configuration,
		seed: 1,
		warmup: 0,
		duration: 100 * ms,
		changes: [],
	});
}

const losses = others.flatMap(
	backend =>
		[
			[backend, 'lost-kick', 1, 0],
			[backend, 'lost-irq', 0, 1],
		] as const,
);

test.each(losses)('%s: a %s leaves work in the ring and both sides asleep', (backend, kind, unpopped, unreaped) => {
	const outcome = run(configurationOf({'host.backend': backend}, [slow], [{at: 10 * ms, kind}]));
	expect(outcome.end).toBe('stall');
	expect(outcome.stall).toMatchObject({kind, ring: {unpopped, unreaped}});
	expect(outcome.stall?.asleep[0]).toBe(
		{
			'vhost-user-gpu': 'gpu process',
			crosvm: 'gpu worker',
			libkrun: 'gpu worker',
			mapped: 'device',
		}[backend],
	);
});

test.each(others)('%s: a host-stall holds up who serves the device, and a healthy run is never stalled', backend => {
	const simulation = new Simulation(
		configurationOf({'host.backend': backend}, [slow], [{at: 5 * ms, kind: 'host-stall', for: 20 * ms}]),
		1,
	);
	const log = new ModelLog();
	simulation.observe(log);
	for (let time = ms; time <= 60 * ms; time += 250_000) {
		simulation.runUntil(time);
		expect(simulation.stall()).toBeNull();
	}

	expect(log.of('responded').some(({time}) => time > 7 * ms && time < 25 * ms)).toBe(false);
	expect(log.of('responded').some(({time}) => time > 26 * ms)).toBe(true);
});

test("vhost-user-gpu that waits for QEMU's display is not stalled, and a reset waits for the answer", () => {
	const flusher = client({loop: [loopStep({commands: ['RESOURCE_FLUSH', 'RESOURCE_FLUSH']})]});
	const simulation = new Simulation(
		configurationOf({'host.backend': 'vhost-user-gpu', 'device.kind': 'virgl', 'host.cost.displayAnswer': 5 * ms}, [
			flusher,
		]),
		1,
	);
	for (let time = 250_000; time <= 12 * ms; time += 250_000) {
		simulation.runUntil(time);
		expect(simulation.stall()).toBeNull();
	}

	simulation.apply({'queue.size': 128});
	expect(simulation.isResetting).toBe(true);
	simulation.runUntil(40 * ms);
	expect(simulation.isResetting).toBe(false);
	expect(simulation.unfinished).toBeGreaterThan(0);
});

const mixed = [
	client({
		threads: 2,
		loop: [
			loopStep({commands: times(6, 'SUBMIT_3D')}),
			loopStep({commands: ['SUBMIT_3D', 'RESOURCE_FLUSH'], fenced: true, objects: 1}),
		],
	}),
	cursorClient({think: constant(300 * us)}),
];

test.each([
	['qemu', 'crosvm'],
	['crosvm', 'qemu'],
	['qemu', 'mapped'],
	['mapped', 'vhost-user-gpu'],
	['vhost-user-gpu', 'crosvm'],
	['vhost-user-gpu', 'mapped'],
] as const)('a change of the backend from %s to %s is a device reset', (from, to) => {
	const simulation = new Simulation(configurationOf({'host.backend': from, 'device.kind': 'virgl'}, mixed), 1);
	const log = new ModelLog();
	simulation.observe(log);
	simulation.runUntil(10 * ms);
	expect(simulation.apply({'host.backend': to})).toBe('reset');
	// Whoever served goes on until all is drained.
	expect(simulation.state.hostSettings.backend).toBe(from);
	simulation.runUntil(60 * ms);
	const [begin, end] = log.of('reset');
	expect([begin.value, end.value]).toEqual([1, 0]);
	expect(simulation.isResetting).toBe(false);
	expect(simulation.state.hostSettings.backend).toBe(to);
	expect(simulation.configuration.parameters['queue.size']).toBe(to === 'crosvm' ? 512 : 256);
	expect(simulation.state.guest.core.queues[0].ring.size).toBe(to === 'crosvm' ? 512 : 256);
	// Both queues and the fences are served by the new one.
	const after = log.entries.slice(log.entries.indexOf(end));
	const queues = after.filter(({point}) => point === 'usedPublished').map(({value}) => value);
	expect(queues).toContain(0);
	expect(queues).toContain(1);
	expect(log.fencedResponses().filter(({time}) => time >= end.time).length).toBeGreaterThan(10);
	expect(after.some(({point}) => point === 'bqlAcquired')).toBe(to === 'qemu');
});

test('a change to libkrun turns event-idx off and is refused with a cursor client', () => {
	const simulation = new Simulation(configurationOf({}, [mixed[0]]), 1);
	simulation.runUntil(5 * ms);
	expect(simulation.apply({'host.backend': 'libkrun'})).toBe('reset');
	simulation.runUntil(20 * ms);
	expect(simulation.state.guest.core.queues[0].ring.eventIdx).toBe(false);
	const other = new Simulation(configurationOf({}, mixed), 1);
	expect(() => other.apply({'host.backend': 'libkrun'})).toThrow(UserError);
});

const flood: Settings = {'driver.lockPolicy': 'kick-after-unlock', 'host.ioeventfd': true};

test('renderer-block: commands are popped and stay in cmdq, and are processed when the display has read the scanout', () => {
	const burst = client({
		loop: [loopStep({commands: times(4, 'SUBMIT_3D'), prepare: constant(us)})],
		think: constant(ms),
	});
	const {log, simulation} = logged(
		configurationOf(flood, [burst], [{at: 5 * ms, kind: 'renderer-block', for: 10 * ms}]),
		40 * ms,
	);
	const within = (point: 'popped' | 'serviceStarted'): number =>
		log.of(point).filter(({time}) => time > 5 * ms && time < 15 * ms).length;
	expect(within('popped')).toBe(4);
	expect(within('serviceStarted')).toBe(0);
	// The main loop wakes and takes them up.
	expect(log.of('serviceStarted').find(({time}) => time >= 15 * ms)?.time).toBe(15 * ms + 8 * us);
	expect(log.of('responded').filter(({time}) => time > 15 * ms).length).toBeGreaterThan(40);
	expect(simulation.stall()).toBeNull();
});

test('renderer-block: the cursor goes on, and the BQL is free', () => {
	const {log} = logged(
		configurationOf(
			flood,
			[slow, cursorClient({think: constant(100 * us)})],
			[{at: 5 * ms, kind: 'renderer-block', for: 10 * ms}],
		),
		20 * ms,
	);
	const moved = log
		.of('usedPublished')
		.filter(({time, value}) => value === 1 && time > 5 * ms && time < 15 * ms).length;
	expect(moved).toBeGreaterThan(50);
	expect(log.of('bqlContended').filter(({time}) => time > 5 * ms && time < 15 * ms)).toEqual([]);
});

test('a blocked renderer is no stall, and a block that strikes again is lengthened', () => {
	const simulation = new Simulation(
		configurationOf(
			flood,
			[slow],
			[
				{
					at: 2 * ms,
					kind: 'renderer-block',
					for: 3 * ms,
					every: 2 * ms,
				},
			],
		),
		1,
	);
	const log = new ModelLog();
	simulation.observe(log);
	for (let time = ms; time <= 30 * ms; time += ms) {
		simulation.runUntil(time);
		expect(simulation.stall()).toBeNull();
	}

	// It never comes to an end.
	expect(log.of('serviceStarted').filter(({time}) => time > 2 * ms)).toEqual([]);
});

test("renderer-block: one that ends on the main loop's way into ppoll is not missed", () => {
	const {log} = logged(
		configurationOf({...flood, 'host.cost.poll': ms}, [slow], [{at: 0, kind: 'renderer-block', for: 500 * us}]),
		3 * ms,
	);
	// Popped at once, unblocked half-way through the poll, served at its end.
	expect(log.first('popped').time).toBeLessThan(100 * us);
	expect(log.first('serviceStarted').time).toBe(log.first('popped').time + ms);
});

test('vcpu-preempt: the vCPU executes nothing for the time, which counts as stolen', () => {
	const busy = client({
		vcpu: 0,
		wait: 'none',
		loop: [loopStep({prepare: constant(5 * us)})],
		think: constant(0),
	});
	const {log} = logged(configurationOf({}, [busy], [{at: 5 * ms, kind: 'vcpu-preempt', for: 10 * ms}]), 30 * ms);
	const published = log.of('published').map(({time}) => time);
	// What the vCPU does in an exit it finishes first.
	expect(published.filter(time => time > 5 * ms && time < 15 * ms)).toEqual([]);
	expect(published.filter(time => time > 15 * ms).length).toBeGreaterThan(100);
	const {metrics} = measured(
		configurationOf(
			{},
			[busy],
			[
				{
					at: ms,
					kind: 'vcpu-preempt',
					for: 2 * ms,
					every: 10 * ms,
				},
			],
		),
	);
	expect(metrics.cpu.vcpus[0].stolen).toBeGreaterThan(0.19);
	expect(metrics.cpu.vcpus[0].stolen).toBeLessThanOrEqual(0.2);
});

test('vcpu-preempt: an idle vCPU does not run when it is woken, and its interrupt waits', () => {
	const {log} = logged(
		configurationOf(
			{'guest.irqVcpu': 1},
			[{...slow, vcpu: 0}],
			[
				{
					at: 5 * ms,
					kind: 'vcpu-preempt',
					vcpu: 1,
					for: 4 * ms,
				},
			],
		),
		20 * ms,
	);
	const entered = log.of('irqEntered').map(({time}) => time);
	expect(entered.filter(time => time > 5 * ms && time < 9 * ms)).toEqual([]);
	expect(entered.find(time => time >= 9 * ms)).toBe(9 * ms);
	const stolen = log
		.of('vcpuState')
		.find(({actor, subject, time}) => actor === 1 && subject === vcpuState.stolen && time > 5 * ms);
	expect(stolen?.time).toBeGreaterThan(5 * ms);
});

test.each([
	[
		{'host.backend': 'crosvm'},
		{at: 0, kind: 'renderer-block', for: ms},
		"faults[0].kind: a renderer-block is QEMU's display",
	],
	[
		{},
		{
			at: 0,
			kind: 'vcpu-preempt',
			for: ms,
			vcpu: 7,
		},
		'faults[0].vcpu: there is no vCPU 7',
	],
] as const)('%j refuses %j', (set, fault, message) => {
	expect(() => {
		checkFaults(configurationOf(set, [slow], [fault]));
	}).toThrow(message);
});

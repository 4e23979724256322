import {expect, test} from 'vitest';
import {
	client,
	configurationOf,
	constant,
	cursorClient,
	loopStep,
	ms,
	times,
	us,
} from '../helpers/model-configuration.js';
import {logged, ModelLog} from '../helpers/model-log.js';
import {Simulation} from '../../source/simulation/simulation.js';

/** Bursts of 8 commands that the host completes faster than the worker can be woken. */
const bursts = client({loop: [loopStep({commands: times(8, 'RESOURCE_CREATE_2D')})], think: constant(50 * us)});

test('event_idx: interrupts are armed for one MSI; the worker arms them again at the end of its drain', () => {
	const {log} = logged(configurationOf({'device.cost.RESOURCE_CREATE_2D': us}, [bursts]), 50 * ms);
	let armed = true;
	for (const {point} of log.of('msiSent', 'workDrained')) {
		if (point === 'msiSent') {
			expect(armed).toBe(true);
		}

		armed = point === 'workDrained';
	}

	expect(log.count('responded') / log.count('msiSent')).toBeGreaterThan(3);
	expect(log.count('irqEntered')).toBe(log.count('msiSent'));
});

test('event_idx off: each completion sends an MSI until the worker has looked; those that find one waiting merge', () => {
	const {log} = logged(
		configurationOf({'device.cost.RESOURCE_CREATE_2D': us, 'queue.eventIdx': false}, [bursts]),
		50 * ms,
	);
	let inRow = 0;
	let most = 0;
	for (const {point} of log.of('msiSent', 'workStarted')) {
		inRow = point === 'msiSent' ? inRow + 1 : 0;
		most = Math.max(most, inRow);
	}

	expect(most).toBeGreaterThan(1);
	expect(log.count('irqEntered')).toBeLessThan(log.count('msiSent'));
});

test('the dequeue work runs on the vCPU that took the interrupt, and follows it when it is moved', () => {
	const simulation = new Simulation(
		configurationOf({'guest.vcpus': 3, 'guest.irqVcpu': 2}, [client({threads: 2})]),
		1,
	);
	const log = new ModelLog();
	simulation.observe(log);
	simulation.runUntil(5 * ms);
	const actors = (from: number): Array<Set<number>> => [
		new Set(
			log
				.of('irqEntered')
				.filter(({time}) => time >= from)
				.map(({actor}) => actor),
		),
		new Set(
			log
				.of('workStarted')
				.filter(({time}) => time >= from)
				.map(({actor}) => actor - 2),
		),
	];
	expect(actors(0)).toEqual([new Set([2]), new Set([2])]);
	simulation.apply({'guest.irqVcpu': 0});
	simulation.runUntil(10 * ms);
	expect(actors(6 * ms)).toEqual([new Set([0]), new Set([0])]);
});

test('an interrupt for a vCPU that runs arrives after irqDelivery, on top of what runs there', () => {
	// A second client keeps the interrupt's vCPU busy.
	const configuration = configurationOf({}, [
		client({vcpu: 0, think: constant(ms)}),
		client({name: 'busy', vcpu: 1, loop: [loopStep({prepare: constant(5 * ms)})]}),
	]);
	const {log} = logged(configuration, ms);
	const sent = log.first('msiSent').time;
	const entered = log.first('irqEntered');
	expect([entered.time - sent, entered.actor]).toEqual([us, 1]);
	expect(log.first('workQueued').time - entered.time).toBe(400);
});

test('an interrupt for a vCPU that is out in a doorbell waits for its entry', () => {
	// The client and the interrupt share vCPU 0; its doorbells wait for the BQL while
	// the host works and completes.
	const configuration = configurationOf(
		{
			'driver.lockPolicy': 'kick-after-unlock',
			'guest.vcpus': 1,
			'guest.cost.prepare': 9500,
			'device.cost.RESOURCE_CREATE_2D': 20 * us,
		},
		[client({loop: [loopStep({commands: times(3, 'RESOURCE_CREATE_2D')})], think: constant(ms)})],
	);
	const {log} = logged(configuration, 300 * us);
	// The vCPU enters the guest 500 ns after its doorbell is delivered,
	// and takes the interrupt first.
	let out = false;
	let enters = 0;
	let waited = 0;
	for (const {point, time} of log.of('doorbellStarted', 'doorbellDelivered', 'irqEntered')) {
		if (point === 'irqEntered') {
			expect(out).toBe(false);
			expect(time).toBeGreaterThanOrEqual(enters);
			waited += time === enters ? 1 : 0;
			continue;
		}

		out = point === 'doorbellStarted';
		enters = time + 500;
	}

	expect(waited).toBeGreaterThan(0);
});

test('cursorq is independent: own lock, own ring, own interrupt and work, while the control queue is full and held', () => {
	const configuration = configurationOf(
		{
			'driver.lockPolicy': 'kick-batched-under-lock',
			'queue.size': 4,
			'guest.cost.prepare': 100,
			'guest.vcpus': 3,
			'guest.irqVcpu': 1,
			'guest.cursorIrqVcpu': 0,
		},
		[
			client({threads: 2, loop: [loopStep({commands: times(8, 'RESOURCE_CREATE_2D')})]}),
			cursorClient({vcpu: 2, think: constant(100 * us)}),
		],
	);
	const {log} = logged(configuration, 20 * ms);
	expect(log.of('roomWait').filter(({subject}) => subject === 0).length).toBeGreaterThan(10);
	// The cursor client is alone on its queue: it meets only its own worker
	// there, and never waits for room.
	expect(log.of('roomWait').filter(({subject}) => subject === 1)).toEqual([]);
	expect(log.of('published').filter(({actor}) => actor === 2).length).toBeGreaterThan(100);
	const work = log.of('workStarted').filter(({subject}) => subject === 1);
	expect(work.length).toBeGreaterThan(100);
	// Guest threads: two clients, the pointer, then a kworker a vCPU.
	expect(new Set(work.map(({actor}) => actor))).toEqual(new Set([3]));
	expect(
		new Set(
			log
				.of('workStarted')
				.filter(({subject}) => subject === 0)
				.map(({actor}) => actor),
		),
	).toEqual(new Set([4]));
});

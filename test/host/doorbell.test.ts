import {expect, test} from 'vitest';
import {exitKind} from '../../source/tracepoints/tracepoints.js';
import {client, configurationOf, constant, loopStep, ms, times, us} from '../helpers/model-configuration.js';
import {logged, ModelLog} from '../helpers/model-log.js';
import {Simulation} from '../../source/simulation/simulation.js';

const lone = client({think: constant(ms)});
/** A burst whose later doorbells find the host at work. */
const burst = client({
	loop: [loopStep({commands: times(3, 'RESOURCE_FLUSH'), prepare: constant(9 * us)})],
	think: constant(ms),
});

/** How often the vCPUs took the BQL. */
function vcpuBql(log: ModelLog): number {
	return log.of('bqlAcquired').filter(({subject}) => subject === 1).length;
}

test('ioeventfd off: an exit to QEMU, the BQL, and back', () => {
	const {log} = logged(configurationOf({'driver.lockPolicy': 'kick-after-unlock'}, [lone]), 100 * us);
	const rung = log.first('doorbellStarted').time;
	expect(log.of('exit').find(({time}) => time === rung)?.subject).toBe(exitKind.user);
	expect(vcpuBql(log)).toBe(1);
	expect(log.first('doorbellDelivered').time - rung).toBe(2300);
	expect(log.first('doorbellReturned').time - rung).toBe(2800);
});

test('ioeventfd on: an exit that KVM handles, without the BQL, while the host is at work too', () => {
	const {log} = logged(
		configurationOf({'driver.lockPolicy': 'kick-after-unlock', 'host.ioeventfd': true}, [burst]),
		500 * us,
	);
	expect(log.of('exit').filter(({subject}) => subject === exitKind.user)).toEqual([]);
	expect(vcpuBql(log)).toBe(0);
	const starts = log.of('doorbellStarted');
	expect(starts.length).toBeGreaterThan(1);
	for (const [index, {time}] of log.of('doorbellReturned').entries()) {
		// 700 ns out, 500 in.
		expect(time - starts[index].time).toBe(1200);
	}
});

test('ioeventfd off: a doorbell that finds the main loop at work waits for the BQL until the next ppoll', () => {
	const {log} = logged(configurationOf({'driver.lockPolicy': 'kick-after-unlock'}, [burst]), 500 * us);
	const second = log.of('doorbellStarted')[1].time;
	const contended = log.first('bqlContended').time;
	expect(contended).toBe(second + 2 * us);
	const released = log.of('bqlReleased').find(({time, subject}) => subject === 0 && time > contended)?.time ?? 0;
	expect(released - contended).toBeGreaterThan(20 * us);
	// A futex wake of 5 us, the handler of 300 ns.
	expect(log.of('doorbellDelivered')[1].time).toBe(released + 5 * us + 300);
	// The pass that it wakes finds everything that was added meanwhile.
	expect(log.of('passStarted')[1].time).toBeGreaterThan(released);
});

test('each MSI is stored while the main loop holds the BQL', () => {
	const {log} = logged(configurationOf({}, [burst]), 20 * ms);
	let owner = -1;
	for (const {point, subject} of log.of('bqlAcquired', 'bqlReleased', 'msiSent')) {
		if (point === 'msiSent') {
			expect(owner).toBe(0);
		} else {
			owner = point === 'bqlAcquired' ? subject : -1;
		}
	}

	expect(log.count('msiSent')).toBeGreaterThan(20);
});

test('a pass pops everything, then processes; what is added meanwhile is for the next pass', () => {
	const configuration = configurationOf(
		{'driver.lockPolicy': 'kick-after-unlock', 'host.ioeventfd': true, 'guest.cost.prepare': us},
		[client({loop: [loopStep({commands: times(10, 'RESOURCE_FLUSH')})], think: constant(2 * ms)})],
	);
	const {log} = logged(configuration, 10 * ms);
	let processing = false;
	for (const {point} of log.of('passStarted', 'popped', 'serviceStarted')) {
		if (point === 'popped') {
			expect(processing).toBe(false);
		}

		processing = point === 'serviceStarted';
	}

	expect(log.count('passStarted')).toBeGreaterThan(5);
	expect(log.count('popped')).toBeGreaterThan(40);
});

test('the cursor pass pops one, processes it, and pops the next', () => {
	const configuration = configurationOf({'guest.cost.prepare': 100, 'guest.cost.add': 100}, [
		client({
			queue: 'cursor',
			wait: 'none',
			think: constant(ms),
			loop: [loopStep({commands: times(4, 'MOVE_CURSOR')})],
		}),
	]);
	const {log} = logged(configuration, 500 * us);
	expect(log.of('popped', 'serviceStarted', 'usedPublished').map(({point}) => point)).toEqual(
		times(4, ['popped', 'serviceStarted', 'usedPublished']).flat(),
	);
});

test('at most one doorbell a pass, forced ones apart', () => {
	const {log} = logged(
		configurationOf({'driver.lockPolicy': 'kick-after-unlock', 'guest.vcpus': 4}, [
			client({threads: 3, loop: [loopStep({commands: times(5, 'RESOURCE_CREATE_2D'), prepare: constant(us)})]}),
		]),
		20 * ms,
	);
	let pending = 0;
	for (const {point} of log
		.of('kickPrepared', 'popped')
		.filter(({point, value}) => point === 'popped' || value === 3)) {
		pending = point === 'popped' ? 0 : pending + 1;
		expect(pending).toBeLessThanOrEqual(1);
	}

	expect(log.count('passStarted')).toBeGreaterThan(50);
});

test('tcg: a doorbell is no exit and takes the BQL, with or without ioeventfd; leaving HLT and taking an interrupt do too', () => {
	for (const ioeventfd of [false, true]) {
		const {log} = logged(
			configurationOf(
				{
					'host.accel': 'tcg',
					'driver.spinlock': 'qspinlock',
					'driver.lockPolicy': 'kick-after-unlock',
					'host.ioeventfd': ioeventfd,
				},
				[lone],
			),
			500 * us,
		);
		expect(log.count('exit')).toBe(0);
		// Out of HLT, the doorbell, out of HLT for the interrupt, and for the response.
		expect(vcpuBql(log)).toBe(4);
	}
});

test('tcg: two spinning vCPUs whose PAUSEs take the BQL do not stop time, even when that costs nothing', () => {
	const configuration = configurationOf(
		{
			'host.accel': 'tcg',
			'driver.spinlock': 'qspinlock',
			'driver.lockPolicy': 'kick-under-lock',
			'guest.vcpus': 3,
			'host.cost.pauseBql': 0,
			'host.cost.lockHandoff': 0,
		},
		[
			client({
				threads: 3,
				loop: [loopStep({commands: times(6, 'RESOURCE_CREATE_2D'), prepare: constant(us)})],
				think: constant(100 * us),
			}),
		],
	);
	const simulation = new Simulation(configuration, 1);
	const log = new ModelLog();
	simulation.observe(log);
	// A run whose time stands still ends here too, and has not come far.
	simulation.runUntil(ms, 1_000_000);
	expect(log.count('lockContended')).toBeGreaterThan(1);
	expect(simulation.now).toBe(ms);
});

test('other users of the BQL come at their rate and keep it for their time', () => {
	const {log} = logged(
		configurationOf({'host.cpus': 4, 'host.bql.rate': 2000, 'host.bql.hold': constant(30 * us)}, [lone]),
		500 * ms,
	);
	const holds: number[] = [];
	let since = -1;
	for (const {point, time, subject} of log.of('bqlAcquired', 'bqlReleased').filter(({subject}) => subject === 2)) {
		if (point === 'bqlReleased') {
			holds.push(time - since);
		}

		since = time;
		expect(subject).toBe(2);
	}

	expect(new Set(holds)).toEqual(new Set([30 * us]));
	// Poisson: 1000 expected, less those that still wait when the next is due.
	expect(holds.length).toBeGreaterThan(800);
	expect(holds.length).toBeLessThan(1000 + 4 * Math.sqrt(1000));
});

test('a main loop that comes late has not taken the CPU of the vCPU that rang', () => {
	const spread = (least: number, most: number) => ({
		kind: 'quantiles' as const,
		points: [
			[0, least],
			[1, most],
		] as const,
	});
	const {log} = logged(
		configurationOf(
			{
				'driver.lockPolicy': 'kick-after-unlock',
				'host.cost.loopWake': spread(10 * us, 110 * us),
				'host.cost.kickPreempt': spread(0, 100 * us),
			},
			[lone],
		),
		50 * ms,
	);
	const starts = log.of('doorbellDelivered');
	const returns = log.of('doorbellReturned');
	const passes = log.of('passStarted');
	expect(starts.length).toBeGreaterThan(20);
	for (const [index, {time}] of returns.entries()) {
		// 100 ns of unwinding, 500 of entry; the pass begins loopWake behind the delivery.
		const held = time - starts[index].time - 600;
		const late = passes[index].time - starts[index].time;
		expect(Math.abs(held + late - 110 * us)).toBeLessThan(2 * us);
	}
});

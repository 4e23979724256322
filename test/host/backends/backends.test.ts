import {expect, test} from 'vitest';
import {exitKind} from '../../../source/tracepoints/tracepoints.js';
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
} from '../../helpers/model-configuration.js';
import {logged, type ModelLog} from '../../helpers/model-log.js';
import {measured} from '../../helpers/model-run.js';

const outside = ['vhost-user-gpu', 'crosvm', 'libkrun'] as const;
const all = ['qemu', ...outside, 'mapped'] as const;

/** Commands that are in the ring before the first has been processed. */
const burst = client({
	loop: [loopStep({commands: times(5, 'RESOURCE_FLUSH'), prepare: constant(us)})],
	think: constant(ms),
});
const lone = client({think: constant(ms)});
const afterUnlock: Settings = {
	'driver.lockPolicy': 'kick-after-unlock',
	'host.cost.irqfd': 800,
	'host.cost.postedWrite': 150,
};

function runOf(backend: string, set: Settings = {}, clients = [burst], time = 20 * ms): ModelLog {
	return logged(configurationOf({...afterUnlock, 'host.backend': backend, ...set}, clients), time).log;
}

test.each(all)('%s: every command is answered', backend => {
	const log = runOf(backend);
	expect(log.count('responded')).toBeGreaterThan(50);
	expect(log.count('published') - log.count('responded')).toBeLessThanOrEqual(5);
});

test.each(outside)(
	'%s: a doorbell is an exit that KVM handles, whatever host.ioeventfd says, and nobody takes the BQL',
	backend => {
		for (const ioeventfd of [false, true]) {
			const log = runOf(backend, {'host.ioeventfd': ioeventfd});
			const starts = log.of('doorbellStarted');
			expect(starts.length).toBeGreaterThan(15);
			for (const [index, {time}] of log.of('doorbellReturned').entries()) {
				expect(time - starts[index].time).toBe(1200);
			}

			const inHandlers = backend === 'libkrun' ? 2 * log.count('irqEntered') : 0;
			expect(log.of('exit').filter(({subject}) => subject === exitKind.user)).toHaveLength(inHandlers);
			expect(log.count('bqlAcquired')).toBe(0);
		}
	},
);

test('mapped: a doorbell is a posted write in guest mode: no exit, and the device sees it at its end', () => {
	const log = runOf('mapped');
	const starts = log.of('doorbellStarted');
	const delivered = log.of('doorbellDelivered');
	expect(starts.length).toBeGreaterThan(15);
	for (const [index, {time}] of log.of('doorbellReturned').entries()) {
		expect(time - starts[index].time).toBe(150);
		expect(delivered[index].time).toBe(time);
	}

	expect(log.of('exit').filter(({subject}) => subject !== exitKind.halt)).toEqual([]);
	expect(log.count('mainLoopOnCpu')).toBe(0);
	expect(log.count('bqlAcquired')).toBe(0);
});

test.each([...outside, 'mapped'])('%s: pops one, processes it, returns it, and pops the next', backend => {
	const order = runOf(backend)
		.of('popped', 'serviceStarted', 'usedPublished')
		.map(({point}) => point);
	expect(order.length).toBeGreaterThan(150);
	for (const [index, point] of order.entries()) {
		expect(point).toBe(['popped', 'serviceStarted', 'usedPublished'][index % 3]);
	}
});

test.each(['vhost-user-gpu', 'crosvm', 'mapped'])(
	'%s: a kick is suppressed exactly while a command waits unpopped',
	backend => {
		const log = runOf(backend);
		let unpopped = 0;
		let suppressed = 0;
		for (const {point, value} of log.of('published', 'popped', 'kickPrepared')) {
			if (point === 'published') {
				unpopped++;
			} else if (point === 'popped') {
				unpopped--;
			} else {
				expect(value, `${unpopped} unpopped`).toBe(unpopped > 1 ? 2 : 3);
				suppressed += value === 2 ? 1 : 0;
			}
		}

		expect(suppressed).toBeGreaterThan(30);
	},
);

test('libkrun: without event-idx every kick_prepare with something added rings', () => {
	const log = runOf('libkrun');
	expect(log.of('kickPrepared').filter(({value}) => value !== 3)).toEqual([]);
	expect(log.count('doorbellStarted')).toBe(log.count('published'));
});

/** How many commands were returned before each MSI. */
function returnedPerMsi(log: ModelLog): readonly number[] {
	const counts: number[] = [];
	let returned = 0;
	for (const {point} of log.of('usedPublished', 'msiSent')) {
		if (point === 'msiSent') {
			counts.push(returned);
			returned = 0;
		} else {
			returned++;
		}
	}

	return counts;
}

test('crosvm and libkrun interrupt once a drain; vhost-user-gpu and mapped after the first command that the guest waits for', () => {
	// The worker is slow to start, so the guest does not arm again within a drain.
	const set = {'guest.cost.workerWake': 400 * us};
	for (const backend of ['crosvm', 'libkrun']) {
		const counts = returnedPerMsi(runOf(backend, set));
		expect(counts.length).toBeGreaterThan(5);
		expect(new Set(counts)).toEqual(new Set([5]));
	}

	for (const backend of ['vhost-user-gpu', 'mapped']) {
		const log = runOf(backend, set);
		expect(log.first('msiSent').time).toBeLessThan(log.of('usedPublished')[1].time);
	}
});

test.each([
	['libkrun', null],
	['crosvm', null],
	['vhost-user-gpu', 0],
	['mapped', 0],
] as const)('%s: the figures of the BQL are %s', (backend, figure) => {
	const {bql} = measured(configurationOf({...afterUnlock, 'host.backend': backend}, [burst]), {
		duration: 20 * ms,
	}).metrics;
	expect(bql).toEqual({
		waitPerSecond: figure,
		holdShare: figure,
		byHolder: {mainLoop: figure, vcpus: figure, other: figure},
	});
});

test('libkrun is virtio-mmio: the handler reads InterruptStatus and writes InterruptACK, two exits to the VMM, before the work is queued', () => {
	// From the handler's entry to the work function: irqEntry and workerWake; there, two exits of 2
	// us and their entries of 0.5 us.
	const handler = (backend: string): readonly number[] => {
		const log = runOf(backend, {}, [lone]);
		const entries = log.of('irqEntered');
		const works = log.of('workStarted');
		expect(works.length).toBeGreaterThan(10);
		return works.map(({time}, index) => time - entries[index].time);
	};

	expect(new Set(handler('crosvm'))).toEqual(new Set([3400]));
	expect(new Set(handler('libkrun'))).toEqual(new Set([3400 + 5000]));
	const log = runOf('libkrun', {}, [lone]);
	const exits = log.of('exit').filter(({subject}) => subject === exitKind.user);
	for (const [index, {time}] of log.of('irqEntered').slice(0, 10).entries()) {
		expect(exits.slice(2 * index, 2 * index + 2).map(exit => exit.time - time)).toEqual([400, 2900]);
	}
});

test("what a handler of libkrun costs shows in exits.user and in no other backend's", () => {
	const perIrq = (backend: string): number => {
		const {metrics} = measured(configurationOf({...afterUnlock, 'host.backend': backend}, [burst]));
		return (metrics.exits.user ?? 0) / metrics.irqs.perSecond;
	};

	expect(perIrq('libkrun')).toBeCloseTo(2, 5);
	expect(outside.slice(0, 2).map(backend => perIrq(backend))).toEqual([0, 0]);
});

test('an interrupt that comes while the handler is out at the VMM is taken when it is back', () => {
	const log = runOf(
		'libkrun',
		{'host.cost.exitUser': 200 * us},
		[client({threads: 4, think: {kind: 'exp', mean: 300 * us}})],
		50 * ms,
	);
	expect(log.count('irqEntered')).toBeGreaterThan(40);
	expect(log.count('msiSent')).toBeGreaterThan(log.count('irqEntered'));
	expect(log.count('published') - log.count('responded')).toBeLessThanOrEqual(4);
	expect(log.count('responded')).toBeGreaterThan(100);
});

test('libkrun interrupts after each drain that returned something, though the guest has said that it wants none', () => {
	// The guest's worker is long in its drain, with NO_INTERRUPT set.
	const set: Settings = {
		'queue.eventIdx': false,
		'guest.cost.workerWake': 100 * us,
		'guest.cost.drain': 300 * us,
		'device.cost.RESOURCE_CREATE_2D': 150 * us,
	};
	const clients = [
		client({
			threads: 3,
			wait: 'none',
			loop: [loopStep()],
			think: {kind: 'exp', mean: ms},
		}),
	];
	const drains = (log: ModelLog): number => {
		let count = 0;
		let returned = false;
		for (const {point} of log.of('usedPublished', 'passEnded')) {
			count += point === 'passEnded' && returned ? 1 : 0;
			returned = point === 'usedPublished';
		}

		return count;
	};

	const log = runOf('libkrun', set, clients, 100 * ms);
	expect(drains(log)).toBeGreaterThan(40);
	expect(Math.abs(log.count('msiSent') - drains(log))).toBeLessThanOrEqual(1);
	const asks = runOf('crosvm', set, clients, 100 * ms);
	expect(asks.count('msiSent')).toBeLessThan(0.9 * drains(asks));
});

test('an MSI of a worker costs its thread the irqfd, that of the device nothing', () => {
	const delay = (backend: string): number => {
		const log = runOf(backend, {}, [lone]);
		return log.first('msiSent').time - log.first('usedPublished').time;
	};

	expect(delay('vhost-user-gpu')).toBe(800);
	expect(delay('crosvm')).toBe(800);
	expect(delay('mapped')).toBe(0);
	expect(delay('qemu')).toBe(1500);
});

test('a lone command: eventfd, wake-up, pop, service, push', () => {
	for (const backend of outside) {
		const log = runOf(backend, {}, [lone]);
		const delivered = log.first('doorbellDelivered').time;
		expect(log.first('passStarted').time - delivered).toBe(8 * us);
		expect(log.first('usedPublished').time - delivered).toBe(8 * us + 250 + 20 * us + 350);
	}

	const log = runOf('mapped', {}, [lone]);
	expect(log.first('usedPublished').time - log.first('doorbellDelivered').time).toBe(250 + 20 * us + 350);
});

test("vhost-user-gpu with virgl: after a flush nothing is popped until QEMU's display has answered", () => {
	const set = {'device.kind': 'virgl', 'host.cost.displayAnswer': 70 * us};
	const log = runOf(
		'vhost-user-gpu',
		set,
		[
			client({
				loop: [loopStep({commands: ['RESOURCE_FLUSH', 'RESOURCE_CREATE_2D'], prepare: constant(us)})],
				think: constant(ms),
			}),
		],
		10 * ms,
	);
	const [flush] = log.of('usedPublished');
	const popped = log.of('popped');
	// The flush itself is returned at once; the answer wakes the process.
	expect(popped[1].time - flush.time).toBe(70 * us + 8 * us + 250);
	const plain = runOf('vhost-user-gpu', {...set, 'device.kind': '2d'});
	expect(plain.of('popped')[1].time - plain.of('usedPublished')[0].time).toBe(800 + 250);
});

test("vhost-user-gpu: GET_EDID is returned with QEMU's answer", () => {
	const set = {'host.cost.displayAnswer': 70 * us};
	const log = runOf(
		'vhost-user-gpu',
		set,
		[
			client({
				loop: [loopStep({commands: ['GET_EDID', 'RESOURCE_CREATE_2D'], prepare: constant(us)})],
				think: constant(ms),
			}),
		],
		10 * ms,
	);
	const ended = log.first('serviceStarted').time;
	expect(log.first('usedPublished').time - ended).toBe(70 * us + 8 * us + 350);
	expect(log.of('popped')[1].time).toBeGreaterThan(log.first('usedPublished').time);
	expect(log.count('responded')).toBeGreaterThan(10);
});

test('crosvm reads the cursor queue first, the mapped device alternates', () => {
	const clients = [
		client({
			loop: [loopStep({commands: times(30, 'RESOURCE_CREATE_2D'), prepare: constant(100)})],
			think: constant(ms),
		}),
		cursorClient({
			vcpu: 1,
			loop: [loopStep({commands: times(4, 'MOVE_CURSOR'), prepare: constant(100)})],
			think: constant(2 * ms),
		}),
	];
	const set = {'guest.vcpus': 2, 'host.cost.loopWake': 60 * us, 'guest.cost.add': 100};
	const crosvm = runOf('crosvm', set, clients, ms)
		.of('passStarted')
		.map(({subject}) => subject);
	expect(crosvm.slice(0, 2)).toEqual([1, 0]);
	const log = runOf('mapped', set, clients, ms);
	const queues = log
		.of('popped')
		.map(
			({subject}) =>
				log.entries.filter(entry => entry.point === 'usedPublished').find(entry => entry.subject === subject)
					?.value,
		);
	expect(queues.slice(2, 8)).toContain(1);
	expect(queues.slice(2, 8)).toContain(0);
});

test.each(['vhost-user-gpu', 'crosvm', 'libkrun', 'mapped'])(
	'%s: a fence is completed when the GPU is done, with an interrupt of its own',
	backend => {
		const fenced = client({
			wait: 'fence',
			loop: [loopStep({commands: ['SUBMIT_3D'], fenced: true, objects: 1})],
			think: constant(20 * ms),
		});
		const log = runOf(backend, {'device.kind': 'virgl', 'device.gpuTime': constant(3 * ms)}, [fenced], 15 * ms);
		const wake = backend === 'mapped' ? 0 : 8 * us;
		expect(log.first('usedPublished').time - log.first('fenceQueued').time).toBe(3 * ms + wake + 350);
		expect(log.first('msiSent').time - log.first('usedPublished').time).toBe(backend === 'mapped' ? 0 : 800);
	},
);

test('crosvm with a fence poll: the timer, and every drain', () => {
	const fenced = client({
		loop: [loopStep({commands: ['SUBMIT_3D'], fenced: true, objects: 1})],
		think: constant(20 * ms),
	});
	const log = runOf(
		'crosvm',
		{
			'device.kind': 'virgl',
			'device.fence': 'poll',
			'device.fencePoll': ms,
			'device.gpuTime': constant(2500 * us),
		},
		[fenced],
		15 * ms,
	);
	// Polls after the drain and 1, 2 and 3 ms behind it.
	expect(log.first('usedPublished').time - log.first('fenceQueued').time).toBe(3 * (ms + 8 * us) + 350);
});

test('other users of the BQL: QEMU has them whoever serves the device, crosvm and libkrun have no BQL', () => {
	const set: Settings = {'host.bql.rate': 2000, 'host.bql.hold': constant(30 * us)};
	for (const backend of ['vhost-user-gpu', 'mapped']) {
		const holders = runOf(backend, set)
			.of('bqlAcquired')
			.map(({subject}) => subject);
		expect(holders.length).toBeGreaterThan(15);
		expect(new Set(holders)).toEqual(new Set([2]));
	}

	for (const backend of ['crosvm', 'libkrun']) {
		expect(runOf(backend, set).count('bqlAcquired')).toBe(0);
	}
});

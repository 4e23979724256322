import {expect, test} from 'vitest';
import {StallWatch, stallReport} from '../../source/run/stall-report.js';
import {type Configuration} from '../../source/simulation/configuration.js';
import {Simulation} from '../../source/simulation/simulation.js';
import {type Stall} from '../../source/simulation/stall.js';
import {client, configurationOf, constant, loopStep, ms} from '../helpers/model-configuration.js';

const look = 10 * ms;

/** Simulates until `end` and asks for a stall every 10 ms, as a run does. */
function firstStall(simulation: Simulation, end: number): {stall: Stall | null; at: number} {
	for (let at = simulation.now + look; at <= end; at += look) {
		simulation.runUntil(at);
		const stall = simulation.stall();
		if (stall !== null) {
			return {stall, at};
		}
	}

	return {stall: null, at: end};
}

const fenced = client({loop: [loopStep({commands: ['SUBMIT_3D'], fenced: true, objects: 1})]});
const virgl = {'device.kind': 'virgl', 'device.fence': 'async', 'device.gpuTime': constant(3 * ms)};

function started(configuration: Configuration): {simulation: Simulation; text: () => string} {
	const simulation = new Simulation(configuration, 1);
	const watch = new StallWatch(simulation);
	return {simulation, text: () => stallReport(simulation, watch)?.text ?? ''};
}

test('a fence that nobody will look at is lost', () => {
	const {simulation, text} = started(configurationOf(virgl, [fenced]));
	simulation.runUntil(ms);
	const {guest, host} = simulation.state;
	expect(host.gpu.fences.count).toBe(1);
	guest.core.loop.cancel(host.gpu.gpuTimer);
	const {stall} = firstStall(simulation, 100 * ms);
	expect(stall).toMatchObject({
		kind: 'fence-lost',
		queue: 0,
		unpopped: 0,
		unreaped: 0,
	});
	expect(text()).toContain('their fences are pending, and nobody will look at them');
});

test('a fence that the GPU still works on is not', () => {
	const {simulation} = started(configurationOf({...virgl, 'device.gpuTime': constant(400 * ms)}, [fenced]));
	expect(firstStall(simulation, 1000 * ms).stall).toBeNull();
});

test('a command that the host took and forgot is of unknown kind', () => {
	const {simulation, text} = started(
		configurationOf({}, [client({think: constant(ms)})], [{at: 0, kind: 'lost-kick'}]),
	);
	simulation.runUntil(5 * ms);
	expect(simulation.stall()?.kind).toBe('lost-kick');
	simulation.state.guest.core.queues[0].ring.pop();
	expect(simulation.stall()?.kind).toBe('unknown');
	expect(text()).toContain('the host has taken them and has nothing to do');
});

test('who sleeps for room that is there waits for a condition', () => {
	const {simulation, text} = started(
		configurationOf(
			{'queue.size': 4},
			[client({threads: 3, loop: [loopStep({commands: ['RESOURCE_CREATE_2D', 'RESOURCE_CREATE_2D']})]})],
			[{at: 0, kind: 'lost-kick'}],
		),
	);
	simulation.runUntil(5 * ms);
	expect(simulation.stall()?.kind).toBe('lost-kick');
	const {core, submitters} = simulation.state.guest;
	const [queue] = core.queues;
	expect(queue.sleeping).toBeGreaterThan(0);
	submitters[queue.sleepers[0]].slotsWanted = 0;
	expect(simulation.stall()).toMatchObject({kind: 'wait-condition', thread: queue.sleepers[0]});
	expect(text()).toContain('sleeps on ack_queue for ever');
});

test('a vCPU that spins on a lock that nobody gives up is a livelock after 100 ms', () => {
	const {simulation, text} = started(configurationOf({'driver.spinlock': 'qspinlock'}, [client()]));
	simulation.runUntil(10 * ms);
	const {core} = simulation.state.guest;
	while (!core.queues[0].lock.tryLock(core.roles.clients)) {
		simulation.step();
	}

	const {stall, at} = firstStall(simulation, 1000 * ms);
	expect(stall?.kind).toBe('livelock');
	expect(at).toBeGreaterThanOrEqual(110 * ms);
	expect(at).toBeLessThanOrEqual(140 * ms);
	expect(text()).toContain('none has ended for 100 ms, though threads run');
});

test.each([
	['service', {'device.cost.RESOURCE_CREATE_2D': 300 * ms}],
	['service beside load', {'device.cost.RESOURCE_CREATE_2D': 300 * ms, 'host.load': 2, 'host.cpus': 2}],
])('work that takes long is no livelock: %s', (_, set) => {
	const {simulation} = started(configurationOf(set, [client()]));
	expect(firstStall(simulation, 1500 * ms).stall).toBeNull();
});

test.each(['host-stall', 'renderer-block', 'vcpu-preempt'] as const)('a %s is no livelock', kind => {
	const {simulation} = started(configurationOf({}, [client({threads: 2})], [{at: 20 * ms, kind, for: 400 * ms}]));
	expect(firstStall(simulation, 1000 * ms).stall).toBeNull();
});

test('a device that has nothing to do is no livelock', () => {
	const {simulation} = started(configurationOf({}, [client({think: constant(300 * ms)})]));
	expect(firstStall(simulation, 1500 * ms).stall).toBeNull();
});

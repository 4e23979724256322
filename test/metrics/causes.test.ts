import {expect, test} from 'vitest';
import {type Metrics, type WaitName} from '../../source/metrics/metrics.js';
import {type ClientSpec, type FaultSpec} from '../../source/parameters/configuration.js';
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
import {measured} from '../helpers/model-run.js';

function metricsOf(set: Settings, clients: readonly ClientSpec[], faults: readonly FaultSpec[] = []): Metrics {
	return measured(configurationOf(set, clients, faults)).metrics;
}

/** Mean wait for each cause, us, causes without any left out. */
function waitsOf({latency}: Metrics): Partial<Record<WaitName, number>> {
	return Object.fromEntries(
		Object.entries(latency.waits).flatMap(([name, {mean}]) => ((mean ?? 0) > 0 ? [[name, mean]] : [])),
	);
}

const slow = client({think: constant(ms)});

test('a command alone waits for nobody', () => {
	expect(waitsOf(metricsOf({}, [slow]))).toEqual({});
});

test("commands of the same client are not others', those of another client are", () => {
	const batch = client({loop: [loopStep({commands: times(10, 'RESOURCE_CREATE_2D')})], think: constant(ms)});
	expect(waitsOf(metricsOf({}, [batch])).otherClients).toBeUndefined();
	// One flush at a time of 40 us, in front of every second command of 20 us or so.
	const {latency} = metricsOf({}, [
		client(),
		client({name: 'other', vcpu: 1, loop: [loopStep({commands: ['RESOURCE_FLUSH']})]}),
	]);
	expect(latency.waits.otherClients.mean).toBeGreaterThan(5);
	expect(latency.waits.otherClients.mean).toBeLessThan(latency.mean ?? 0);
});

test('a cursor behind a dear command of the control queue waits for another client', () => {
	const {cursor} = metricsOf({'device.cost.SUBMIT_3D': 4 * ms}, [
		client({loop: [loopStep({commands: ['SUBMIT_3D']})]}),
		cursorClient({think: constant(3 * ms)}),
	]);
	expect(cursor?.latency.waits.otherClients.share).toBeGreaterThan(0.8);
});

test('a pause is waited for by the commands that live at its end, from when they were due', () => {
	const {pauses, latency} = metricsOf({}, [slow], [{at: 20 * ms, kind: 'host-stall', for: 5 * ms}]);
	expect(pauses.hostPause).toMatchObject({perSecond: 10, longest: 5000});
	expect(pauses.hostPause.at).toBeCloseTo(0.02, 4);
	expect(pauses.hostPause.share).toBeCloseTo(0.05, 6);
	const one = (latency.waits.hostPause.mean ?? 0) * latency.count;
	expect(one).toBeGreaterThan(3900);
	expect(one).toBeLessThanOrEqual(5000);
	expect(latency.waits.hostPause.tail).toBeCloseTo(one, 6);
});

test.each([
	['renderer-block', 'rendererBlock', {}],
	// The vCPU that takes the interrupts; without the other one the client would only begin later.
	['vcpu-preempt', 'vcpuPreempt', {vcpu: 1}],
] as const)('a %s is a pause of its own kind', (kind, pause, which) => {
	const {pauses, latency} = metricsOf(
		{},
		[client()],
		[
			{
				at: 20 * ms,
				kind,
				for: 5 * ms,
				...which,
			},
		],
	);
	expect(pauses[pause]).toMatchObject({perSecond: 10, longest: 5000, at: 0.02});
	expect((latency.waits[pause].mean ?? 0) * latency.count).toBeGreaterThan(4900);
	expect((latency.waits[pause].mean ?? 0) * latency.count).toBeLessThanOrEqual(5000);
	// One client whose command waits: nothing ends in the pause, or what was
	// under way on the other vCPU.
	expect(pauses[pause].completed).toBeLessThan(500);
});

test('a vCPU that is away and missed by nobody makes nobody wait', () => {
	const {pauses, latency} = metricsOf(
		{'guest.vcpus': 4},
		[slow],
		[
			{
				at: 20 * ms,
				kind: 'vcpu-preempt',
				vcpu: 3,
				for: 50 * ms,
			},
		],
	);
	expect(pauses.vcpuPreempt.share).toBeCloseTo(0.5, 6);
	expect((latency.waits.vcpuPreempt.mean ?? 0) * latency.count).toBeLessThan(200);
	expect(pauses.vcpuPreempt.completed).toBeGreaterThan(900);
});

test('a lost doorbell that the next one makes good is a pause between the two', () => {
	const clients = [slow, client({name: 'other', think: constant(3 * ms)})];
	const {pauses, latency, throughput} = metricsOf({'queue.eventIdx': false}, clients, [
		{at: 10.2 * ms, kind: 'lost-kick'},
	]);
	expect(throughput.completed).toBeGreaterThan(100);
	expect(pauses.lostKick.perSecond).toBe(10);
	expect(latency.waits.lostKick.tail).toBeGreaterThan(100);
	expect(latency.unfinished).toBe(0);
});

test('what was lost and never made good up lasts to the end, and its command is unfinished with its age', () => {
	for (const [kind, pause] of [
		['lost-kick', 'lostKick'],
		['lost-irq', 'lostIrq'],
	] as const) {
		const {metrics} = measured(configurationOf({}, [slow], [{at: 10 * ms, kind}]), {duration: 50 * ms});
		expect(metrics.pauses[pause].longest).toBeGreaterThan(5000);
		expect(metrics.latency.unfinished).toBe(1);
		expect(metrics.latency.max).toBeGreaterThan(5000);
		// Means are of what has ended.
		expect(metrics.latency.mean).toBeLessThan(100);
		expect(metrics.latency.stages.irqDelay.tail).toBeLessThan(100);
	}
});

test('a young command is not unfinished', () => {
	const {metrics, unfinished} = measured(configurationOf({}, [client()]), {duration: 10 * ms + 30 * us});
	expect([unfinished, metrics.latency.unfinished]).toEqual([1, 0]);
});

test('a command that waits behind a run of the worker, or behind others in its run, waits for the worker', () => {
	const closer = client({
		kind: 'open',
		rate: 1000,
		burst: 50,
		wait: 'none',
		loop: [loopStep({commands: ['RESOURCE_CREATE_2D']})],
	});
	const {latency, worker} = metricsOf(
		{'guest.cost.response': constant(400 * us), 'device.cost.RESOURCE_CREATE_2D': us, 'guest.cost.prepare': us},
		[closer],
	);
	expect(latency.waits.workerRun.share).toBeGreaterThan(0.7);
	expect(worker.runTime.max).toBeGreaterThan(10_000);
	expect(worker.runTime.hogged).toBeGreaterThan(0);
	expect(worker.hogged).toBe(worker.runTime.hogged);
});

test("the time in which the GPU was done and nobody looked is the poll's", () => {
	const fenced = client({loop: [loopStep({commands: ['SUBMIT_3D'], fenced: true, objects: 1})], think: constant(ms)});
	const virgl = {'device.kind': 'virgl', 'device.gpuTime': constant(2 * ms), 'device.fencePoll': 10 * ms};
	const polled = waitsOf(metricsOf({...virgl, 'device.fence': 'poll'}, [fenced]));
	expect(polled.fence).toBeCloseTo(10_000, -2);
	expect(polled.poll).toBeCloseTo(8000, -2);
	const called = waitsOf(metricsOf({...virgl, 'device.fence': 'async'}, [fenced]));
	expect(called.fence).toBeCloseTo(2000, -2);
	expect(called.poll).toBeLessThan(20);
});

test('who holds the big lock keeps the doorbell waiting', () => {
	const {latency, bql} = metricsOf({'host.bql.rate': 2000, 'host.bql.hold': constant(300 * us)}, [client()]);
	expect(bql.byHolder.other).toBeGreaterThan(0.3);
	expect(latency.waits.bql.mean).toBeGreaterThan(20);
});

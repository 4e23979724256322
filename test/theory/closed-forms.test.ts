import {expect, test} from 'vitest';
import {type DistributionSpec} from '../../source/engine/distribution.js';
import {type Metrics} from '../../source/metrics/metrics.js';
import {type ClientSpec} from '../../source/parameters/configuration.js';
import {
	client,
	configurationOf,
	constant,
	loopStep,
	ms,
	noCosts,
	type Settings,
	times,
	us,
} from '../helpers/model-configuration.js';
import {measured} from '../helpers/model-run.js';

const second = 1000 * ms;
const exponential = (mean: number): DistributionSpec => ({kind: 'exp', mean});

/**
Nothing takes time but the service of RESOURCE_CREATE_2D: the model is one queue with one server.
*/
const bare: Settings = {
	...noCosts,
	'host.haltPoll': 0,
	'host.ioeventfd': true,
	'driver.lockPolicy': 'kick-after-unlock',
	'driver.spinlock': 'qspinlock',
	'queue.size': 1024,
};

function figures(set: Settings, clients: readonly ClientSpec[], duration = second / 2): Metrics {
	return measured(configurationOf({...bare, ...set}, clients), {warmup: 20 * ms, duration}).metrics;
}

/** How far a value is from what theory says, as a share of that. */
function error(value: number | null, theory: number): number {
	return Math.abs((value ?? Infinity) / theory - 1);
}

const poisson = (rate: number): ClientSpec => client({kind: 'open', rate, wait: 'none'});

test.each([
	// Rate and mean service in us; Pollaczek and Khinchine: Wq = rate E[S^2] / (2 (1 - rho)).
	['M/D/1', 25_000, constant(20 * us), 20 + (25_000 * 400e-6) / (2 * 0.5)],
	['M/M/1', 25_000, exponential(20 * us), 20 / 0.5],
	[
		'M/G/1, half 10 us, half 30 us',
		25_000,
		{
			kind: 'quantiles',
			points: [
				[0, 10 * us],
				[0.5, 10 * us],
				[0.5, 30 * us],
				[1, 30 * us],
			],
		},
		20 + (25_000 * 500e-6) / (2 * 0.5),
	],
] as const)('%s at %i a second: the mean latency within 3 %%', (_, rate, service, theory) => {
	const {latency, throughput} = figures({'device.cost.RESOURCE_CREATE_2D': service}, [poisson(rate)], second);
	expect(error(throughput.completed, rate)).toBeLessThan(0.02);
	expect(error(latency.mean, theory)).toBeLessThan(0.03);
});

test.each([
	// Slots, load, share of commands that are refused: (1 - rho) rho^K / (1 - rho^(K + 1)).
	[16, 1.2, 0.1745],
	[8, 1.2, 0.2067],
])('M/M/1/K with %i slots at load %f: what a full ring refuses', (slots, load, theory) => {
	const rate = load * 50_000;
	const {ring, throughput} = figures(
		{
			'queue.size': slots,
			'driver.fullRing': 'busy-error',
			'device.cost.RESOURCE_CREATE_2D': exponential(20 * us),
		},
		[poisson(rate)],
	);
	const share = ring.busyErrors / (ring.busyErrors + throughput.submitted);
	expect(error(share, theory)).toBeLessThan(0.04);
});

test.each([
	// Machine repairman, M/M/1//N with Z = 100 us and S = 20 us.
	[1, 8333],
	[4, 30_083],
	[8, 46_498],
])('%i closed clients that think: %i a second', (threads, theory) => {
	const {throughput} = figures(
		{
			'guest.vcpus': threads + 1,
			'guest.irqVcpu': threads,
			'device.cost.RESOURCE_CREATE_2D': exponential(20 * us),
		},
		[client({threads, think: exponential(100 * us)})],
	);
	expect(error(throughput.completed, theory)).toBeLessThan(0.02);
});

test('a larger ring buys a lone synchronous client nothing', () => {
	const rates = [4, 64, 1024].map(
		size =>
			figures(
				{
					'queue.size': size,
					'device.cost.RESOURCE_CREATE_2D': exponential(20 * us),
				},
				[client()],
				200 * ms,
			).throughput.completed,
	);
	expect(new Set(rates).size).toBe(1);
});

test.each([
	[
		'closed',
		client({
			threads: 3,
			loop: [loopStep({commands: times(5, 'RESOURCE_CREATE_2D')})],
			think: exponential(200 * us),
		}),
	],
	['open', client({kind: 'open', rate: 20_000, wait: 'none'})],
	[
		'bursts',
		client({
			kind: 'open',
			rate: 20_000,
			burst: 8,
			wait: 'none',
		}),
	],
])('Little: what is in flight is throughput times time in the ring (%s)', (_, workload) => {
	// The worker reaps and answers in no time, so that a command leaves
	// the ring when it is answered.
	const {ring, throughput, latency} = measured(
		configurationOf(
			{
				'guest.cost.drain': 0,
				'guest.cost.getBuf': 0,
				'guest.cost.response': 0,
				'guest.vcpus': 4,
				'guest.irqVcpu': 3,
				'device.cost.RESOURCE_CREATE_2D': exponential(15 * us),
			},
			[workload],
		),
		{warmup: 20 * ms, duration: second / 2},
	).metrics;
	expect(error(ring.inFlight.mean, (throughput.completed * (latency.traced.mean ?? 0)) / 1e6)).toBeLessThan(0.01);
	expect((ring.numFree.mean ?? 0) + (ring.inFlight.mean ?? 0)).toBeCloseTo(64, 6);
});

test('slots are conserved without indirect tables too: two a command', () => {
	const {ring} = measured(
		configurationOf({'queue.indirect': false, 'queue.size': 32}, [
			client({threads: 2, loop: [loopStep({commands: times(8, 'RESOURCE_CREATE_2D')})]}),
		]),
	).metrics;
	expect((ring.numFree.mean ?? 0) + 2 * (ring.inFlight.mean ?? 0)).toBeCloseTo(32, 6);
	expect(ring.fullWaits).toBe(0);
});

test.each([
	// GPU time and poll period in ms: a synchronous client waits period * ceil(time / period).
	[3, 10, 10],
	[12, 10, 20],
	[2.5, 1, 3],
])('polled fences: GPU work of %f ms at a period of %f ms takes %f ms', (time, period, theory) => {
	const {latency, throughput} = figures(
		{
			'device.kind': 'virgl',
			'device.fence': 'poll',
			'device.fencePoll': period * ms,
			'device.gpuTime': constant(time * ms),
		},
		[client({loop: [loopStep({commands: ['SUBMIT_3D'], fenced: true, objects: 1})], wait: 'fence'})],
		second,
	);
	expect(error(latency.mean, theory * 1000)).toBeLessThan(0.001);
	expect(error(throughput.completed, 1000 / theory)).toBeLessThan(0.02);
});

test('event_idx off: every kick_prepare with something added rings; on: those that the host does not need are saved', () => {
	const workload = client({threads: 2, loop: [loopStep({commands: times(8, 'RESOURCE_CREATE_2D')})]});
	const run = (eventIdx: boolean): Metrics =>
		measured(
			configurationOf(
				{'driver.lockPolicy': 'kick-after-unlock', 'queue.eventIdx': eventIdx, 'guest.cost.prepare': us},
				[workload],
			),
		).metrics;
	const off = run(false);
	expect(off.kicks.suppressed).toBe(0);
	expect(off.kicks.perSecond).toBe(off.throughput.submitted);
	const on = run(true);
	expect(on.kicks.suppressed).toBeGreaterThan(on.throughput.submitted / 4);
	expect(on.kicks.perSecond + on.kicks.suppressed).toBeCloseTo(on.throughput.submitted, 6);
});

test('throughput under one lock is at most one command a hold', () => {
	// Add and kick_prepare take 20 us with the lock held; the host takes next to nothing.
	const {throughput, lock} = figures(
		{
			'guest.cost.add': 19 * us,
			'guest.cost.kickPrepare': us,
			'guest.vcpus': 5,
			'guest.irqVcpu': 4,
		},
		[client({threads: 4, wait: 'none', loop: [loopStep({commands: times(16, 'RESOURCE_CREATE_2D')})]})],
		200 * ms,
	);
	// Two commands of the warm-up may end in the measured time.
	expect(throughput.completed).toBeLessThanOrEqual(50_010);
	expect(throughput.completed).toBeGreaterThan(49_000);
	expect(lock.contentionShare).toBeGreaterThan(0.95);
});

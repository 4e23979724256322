import {type DistributionSpec, meanOf} from '../engine/distribution.js';
import {type Metrics} from '../metrics/metrics.js';
import {throughputBound} from '../theory/asymptotic-bounds.js';
import {chainThroughput} from '../theory/closed-chain.js';
import {fullRingLoss} from '../theory/full-ring-loss.js';
import {closedThroughput} from '../theory/machine-repairman.js';
import {meanWait, meanWaitWithWake} from '../theory/pollaczek-khinchine.js';
import {residualWait} from '../theory/residual-wait.js';
import {secondMomentOf} from '../theory/second-moment.js';
import {idealMachine} from './ideal-machine.js';
import {type TheoryCheck} from './theory-check.js';
import {constantTime, exponentialTime} from './times.js';

/** Service of a command in these checks, ns. */
const service = 20_000;

/** Think time of a closed client, ns. */
const think = 100_000;

/** The mean latency of a run, us; NaN without commands, which no closed form equals. */
function latencyOf({latency}: Metrics): number {
	return latency.mean ?? Number.NaN;
}

/** The mean service that a run drew, us. */
function drawnService({latency}: Metrics): number {
	return latency.stages.service.mean ?? Number.NaN;
}

function loss(load: number, duration: number, runs: number): TheoryCheck {
	return {
		law: 'M/M/1/K loss',
		applies: 'full ring refuses (busy-error), Poisson arrivals, exponential service',
		setting: `load ${load}, 16 slots`,
		quantity: 'share refused',
		configuration: idealMachine(
			{
				'queue.size': 16,
				'driver.fullRing': 'busy-error',
				'device.cost.SUBMIT_3D': exponentialTime(service),
			},
			[{kind: 'open', rate: (load * 1e9) / service}],
		),
		duration,
		runs,
		simulated: ({ring, throughput}) => ring.busyErrors / (ring.busyErrors + throughput.submitted),
		exact: fullRingLoss(load, 16),
		drawn: metrics =>
			fullRingLoss(((metrics.ring.busyErrors + metrics.throughput.submitted) * drawnService(metrics)) / 1e6, 16),
	};
}

type WaitCase = {
	readonly law: string;
	readonly setting: string;
	readonly rate: number;
	readonly spec: DistributionSpec;
	/** From doorbell to pop of a sleeping main loop, ns. */
	readonly wake?: number;
	readonly duration: number;
	readonly runs: number;
};

function wait({law, setting, rate, spec, wake = 0, duration, runs}: WaitCase): TheoryCheck {
	const mean = meanOf(spec) / 1e9;
	const variation = secondMomentOf(spec) / 1e18 / mean / mean;
	const waitAt = (rateAt: number, meanService: number) => {
		const queue = {rate: rateAt, meanService, secondMoment: variation * meanService * meanService};
		return 1e6 * (wake > 0 ? meanWaitWithWake(queue, wake / 1e9) : meanWait(queue));
	};

	return {
		law,
		applies: 'one open client that the ring never holds up, load below 1',
		setting,
		quantity: 'wait, us',
		configuration: idealMachine(
			{
				'device.cost.SUBMIT_3D': spec,
				'host.cost.loopWake': constantTime(wake),
			},
			[{kind: 'open', rate}],
		),
		duration,
		runs,
		simulated: metrics => latencyOf(metrics) - drawnService(metrics),
		exact: waitAt(rate, mean),
		drawn: metrics => waitAt(metrics.throughput.submitted, drawnService(metrics) / 1e6),
	};
}

function repairman(clients: number, runs: number): TheoryCheck {
	return {
		law: 'machine repairman',
		applies: 'closed clients that wait for each response, exponential times, a ring that never fills',
		setting: `N = ${clients}, think 100 us, service 20 us`,
		quantity: 'commands a second',
		configuration: idealMachine(
			{
				'device.cost.SUBMIT_3D': exponentialTime(service),
			},
			[{threads: clients, think: exponentialTime(think), wait: 'response'}],
		),
		duration: 1_000_000_000,
		runs,
		simulated: ({throughput}) => throughput.completed,
		exact: closedThroughput({clients, think: think / 1e9, service: service / 1e9}),
		drawn: metrics => closedThroughput({clients, think: think / 1e9, service: drawnService(metrics) / 1e6}),
	};
}

function bound(clients: number): TheoryCheck {
	return {
		law: 'asymptotic bound',
		applies: 'any closed load; constant times attain it',
		setting: `N = ${clients}, think 100 us, service 20 us, both constant`,
		quantity: 'commands a second',
		configuration: idealMachine(
			{
				'device.cost.SUBMIT_3D': constantTime(service),
			},
			[{threads: clients, think: constantTime(think), wait: 'response'}],
		),
		duration: 500_000_000,
		runs: 1,
		simulated: ({throughput}) => throughput.completed,
		exact: throughputBound(clients, think / 1e9, [service / 1e9]),
	};
}

/** Client threads that share a vCPU, and the main loop: two stations, no think time. */
function chain(clients: number, runs: number): TheoryCheck {
	const prepare = 30_000;
	return {
		law: 'closed chain',
		applies: 'threads on one vCPU that compute, submit and wait for the response; exponential times',
		setting: `N = ${clients}, 30 us on the vCPU, 20 us in the main loop`,
		quantity: 'commands a second',
		configuration: idealMachine(
			{
				'device.cost.SUBMIT_3D': exponentialTime(service),
				'guest.cost.prepare': exponentialTime(prepare),
			},
			[{threads: clients, vcpu: 0, wait: 'response'}],
		),
		duration: 1_000_000_000,
		runs,
		simulated: ({throughput}) => throughput.completed,
		exact: chainThroughput({clients, think: 0, services: [prepare / 1e9, service / 1e9]}),
		drawn: metrics => chainThroughput({clients, think: 0, services: [prepare / 1e9, drawnService(metrics) / 1e6]}),
	};
}

/** A cursor that moves now and then, and a control queue whose commands begin one by one. */
const residual: TheoryCheck = {
	law: 'residual wait',
	applies: 'cursor commands behind a control queue with one command a pass: both are served by the main loop',
	setting: '1000 commands of 200 us a second, 1618 moves a second that meet every phase of them',
	quantity: 'wait of a move, us',
	configuration: idealMachine({'device.cost.SUBMIT_3D': constantTime(200_000)}, [
		{kind: 'paced', hz: 1000},
		{
			kind: 'paced',
			hz: 1618,
			queue: 'cursor',
			commands: ['MOVE_CURSOR'],
		},
	]),
	duration: 2_000_000_000,
	runs: 1,
	simulated: ({cursor}) => cursor?.latency.mean ?? Number.NaN,
	exact: 1e6 * residualWait({rate: 1000, secondMoment: 200e-6 * 200e-6}),
};

/** Waiting, loss and throughput of the control queue. */
export const queueChecks: readonly TheoryCheck[] = [
	loss(0.9, 2_000_000_000, 12),
	loss(1, 2_000_000_000, 8),
	loss(1.2, 1_000_000_000, 4),
	wait({
		law: 'M/M/1 wait',
		setting: 'load 0.5',
		rate: 25_000,
		spec: exponentialTime(service),
		duration: 2_000_000_000,
		runs: 6,
	}),
	wait({
		law: 'M/D/1 wait',
		setting: 'load 0.8',
		rate: 40_000,
		spec: constantTime(service),
		duration: 2_000_000_000,
		runs: 6,
	}),
	wait({
		law: 'Pollaczek-Khinchine',
		setting: 'load 0.6, service uniform 0 to 40 us',
		rate: 30_000,
		spec: {kind: 'uniform', low: 0, high: 2 * service},
		duration: 2_000_000_000,
		runs: 6,
	}),
	wait({
		law: 'M/M/1 wait, wake',
		setting: 'load 0.6, main loop wakes in 100 us',
		rate: 30_000,
		spec: exponentialTime(service),
		wake: 100_000,
		duration: 1_500_000_000,
		runs: 6,
	}),
	repairman(1, 6),
	repairman(4, 3),
	repairman(8, 2),
	repairman(16, 2),
	...[4, 16].map(clients => bound(clients)),
	chain(2, 4),
	chain(8, 3),
	residual,
];

import {type DistributionSpec, meanOf} from '../engine/distribution.js';
import {armedInterrupts} from '../theory/interrupt-arming.js';
import {type BackendName} from '../host/backends/backends.js';
import {batchedDelay, batchedKicks} from '../theory/batching.js';
import {drainInterrupts} from '../theory/drain-interrupts.js';
import {popAllKicks} from '../theory/pop-all-kicks.js';
import {popOneKicks} from '../theory/pop-one-kicks.js';
import {idealMachine, type IdealClient} from './ideal-machine.js';
import {type TheoryCheck} from './theory-check.js';
import {constantTime, exponentialTime} from './times.js';

const service = 20_000;
const rate = 40_000;

function timesOf(kind: 'exponential' | 'constant'): DistributionSpec {
	return kind === 'exponential' ? exponentialTime(service) : constantTime(service);
}

function popOne(kind: 'exponential' | 'constant'): TheoryCheck {
	return {
		law: 'kicks, one popped at a time',
		applies: 'event-idx on, cursor queue of QEMU, Poisson arrivals, no wake delay',
		setting: `load 0.8, ${kind} service`,
		quantity: 'kicks a second',
		configuration: idealMachine({'device.cost.MOVE_CURSOR': timesOf(kind)}, [
			{
				kind: 'open',
				rate,
				queue: 'cursor',
				commands: ['MOVE_CURSOR'],
			},
		]),
		duration: 1_500_000_000,
		runs: 5,
		simulated: ({cursor}) => cursor?.kicks.perSecond ?? Number.NaN,
		exact: popOneKicks(rate, (rate * service) / 1e9, kind),
		drawn: ({cursor}) =>
			popOneKicks(
				cursor?.throughput.submitted ?? rate,
				((cursor?.throughput.submitted ?? rate) * (cursor?.latency.stages.service.mean ?? Number.NaN)) / 1e6,
				kind,
			),
	};
}

/** The same law on the control queue of a backend that pops one at a time. */
function popOneBackend(backend: BackendName, kind: 'exponential' | 'constant'): TheoryCheck {
	return {
		law: 'kicks, one popped at a time',
		applies: `event-idx on, control queue of ${backend}, Poisson arrivals, no wake delay`,
		setting: `load 0.8, ${kind} service`,
		quantity: 'kicks a second',
		configuration: idealMachine({'host.backend': backend, 'device.cost.SUBMIT_3D': timesOf(kind)}, [
			{kind: 'open', rate},
		]),
		duration: 1_000_000_000,
		runs: 3,
		simulated: ({kicks}) => kicks.perSecond,
		exact: popOneKicks(rate, (rate * service) / 1e9, kind),
		drawn: ({throughput, latency}) =>
			popOneKicks(
				throughput.submitted,
				(throughput.submitted * (latency.stages.service.mean ?? Number.NaN)) / 1e6,
				kind,
			),
	};
}

function oneInterruptADrain(backend: BackendName, kind: 'exponential' | 'constant'): TheoryCheck {
	return {
		law: 'interrupts, one a drain',
		applies: `${backend}, which interrupts when the queue is empty; Poisson arrivals, no wake delay`,
		setting: `load 0.8, ${kind} service`,
		quantity: 'interrupts a second',
		configuration: idealMachine({'host.backend': backend, 'device.cost.SUBMIT_3D': timesOf(kind)}, [
			{kind: 'open', rate},
		]),
		duration: 1_000_000_000,
		runs: 3,
		simulated: ({irqs}) => irqs.sent,
		exact: drainInterrupts(rate, (rate * service) / 1e9),
		drawn: ({throughput, latency}) =>
			drainInterrupts(
				throughput.submitted,
				(throughput.submitted * (latency.stages.service.mean ?? Number.NaN)) / 1e6,
			),
	};
}

function popAll(kind: 'exponential' | 'constant', wake: number): TheoryCheck {
	return {
		law: 'kicks, all popped first',
		applies: 'event-idx on, control queue of QEMU, Poisson arrivals',
		setting: `load 0.8, ${kind} service, main loop wakes in ${wake / 1000} us`,
		quantity: 'kicks a second',
		configuration: idealMachine(
			{
				'device.cost.SUBMIT_3D': timesOf(kind),
				'host.cost.loopWake': constantTime(wake),
			},
			[{kind: 'open', rate}],
		),
		duration: 1_500_000_000,
		runs: 4,
		simulated: ({kicks}) => kicks.perSecond,
		exact: popAllKicks({
			rate,
			meanService: service / 1e9,
			service: kind,
			wake: wake / 1e9,
		}),
		drawn: ({throughput, latency}) =>
			popAllKicks({
				rate: throughput.submitted,
				meanService: (latency.stages.service.mean ?? Number.NaN) / 1e6,
				service: kind,
				wake: wake / 1e9,
			}),
	};
}

const noEventIdx = (backend: BackendName): TheoryCheck => ({
	law: 'kicks without event-idx',
	applies: `${backend}: it never sets NO_NOTIFY for virtio-gpu, so every kick_prepare with something added rings`,
	setting: 'load 0.8, one command a kick_prepare',
	quantity: 'kicks a command',
	configuration: idealMachine(
		{'host.backend': backend, 'queue.eventIdx': false, 'device.cost.SUBMIT_3D': exponentialTime(service)},
		[{kind: 'open', rate}],
	),
	duration: 500_000_000,
	runs: 1,
	simulated: ({kicks}) => kicks.perCommand ?? Number.NaN,
	exact: 1,
});

const oneAtATime: TheoryCheck = {
	law: 'kicks at depth one',
	applies: 'a client with one command under way: the host has popped all it had, so EVENT_IDX saves no doorbell',
	setting: 'one closed client, exponential think and service, event-idx on',
	quantity: 'kicks a command',
	configuration: idealMachine({'device.cost.SUBMIT_3D': exponentialTime(service)}, [
		{think: exponentialTime(service), wait: 'response'},
	]),
	duration: 200_000_000,
	runs: 1,
	simulated: ({kicks}) => kicks.perCommand ?? Number.NaN,
	exact: 1,
};

function armed(arrivals: number, what: 'perSecond' | 'batch' | 'added'): TheoryCheck {
	const spec = exponentialTime(5000);
	const delay = 50_000;
	const names = {perSecond: 'interrupts a second', batch: 'commands a worker run', added: 'delay of a response, us'};
	return {
		law: 'interrupt arming',
		applies: 'event-idx on, Poisson completions (M/M/1), constant delay from interrupt to drain',
		setting: `${arrivals / 1000}k commands a second, worker starts after 50 us`,
		quantity: names[what],
		configuration: idealMachine({'device.cost.SUBMIT_3D': spec, 'guest.cost.workerWake': constantTime(delay)}, [
			{kind: 'open', rate: arrivals},
		]),
		duration: arrivals > 50_000 ? 1_000_000_000 : 3_000_000_000,
		runs: 3,
		simulated({irqs, worker, latency}) {
			const mean = meanOf(spec) / 1e3;
			const sojourn = mean / (1 - (arrivals * mean) / 1e6);
			return {
				perSecond: irqs.perSecond,
				batch: worker.batch ?? Number.NaN,
				added: (latency.mean ?? Number.NaN) - sojourn,
			}[what];
		},
		exact: armedInterrupts(arrivals, delay / 1e9)[what] * (what === 'added' ? 1e6 : 1),
	};
}

function batch(what: 'kicks' | 'delay'): TheoryCheck {
	const commands = 8;
	const client: IdealClient = {wait: 'response', commands: Array.from({length: commands}, () => 'SUBMIT_3D')};
	const build = 5000;
	return {
		law: 'batching',
		applies: 'kick-batched, one notify for a batch, a host that sleeps when it begins',
		setting: `${commands} commands a notify, 5 us each`,
		quantity: what === 'kicks' ? 'kicks a command' : 'delay of the doorbell, us',
		configuration: idealMachine({'driver.lockPolicy': 'kick-batched', 'guest.cost.prepare': constantTime(build)}, [
			client,
		]),
		duration: 200_000_000,
		runs: 1,
		simulated: ({kicks, latency}) =>
			what === 'kicks' ? (kicks.perCommand ?? Number.NaN) : (latency.stages.notifyDelay.mean ?? Number.NaN),
		exact: what === 'kicks' ? batchedKicks({commands, build}) : batchedDelay({commands, build: build / 1e3}),
	};
}

/** Doorbells and interrupts. */
export const kickChecks: readonly TheoryCheck[] = [
	noEventIdx('qemu'),
	noEventIdx('libkrun'),
	oneAtATime,
	popOne('exponential'),
	popOne('constant'),
	popOneBackend('crosvm', 'exponential'),
	popOneBackend('vhost-user-gpu', 'constant'),
	popOneBackend('mapped', 'exponential'),
	oneInterruptADrain('crosvm', 'constant'),
	oneInterruptADrain('libkrun', 'exponential'),
	popAll('exponential', 0),
	popAll('exponential', 20_000),
	popAll('constant', 20_000),
	armed(20_000, 'perSecond'),
	armed(100_000, 'batch'),
	armed(20_000, 'added'),
	batch('kicks'),
	batch('delay'),
];

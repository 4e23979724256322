import {polledFence} from '../theory/fence-poll.js';
import {inStation} from '../theory/little.js';
import {lockThroughput} from '../theory/lock-saturation.js';
import {lostInStop, preemptionSlack} from '../theory/preemption-slack.js';
import {quantisedFrameRate} from '../theory/vsync.js';
import {idealMachine} from './ideal-machine.js';
import {type TheoryCheck} from './theory-check.js';
import {constantTime, exponentialTime} from './times.js';

function fence(gpuTime: number, period: number): TheoryCheck {
	return {
		law: 'fence poll',
		applies: 'device.fence=poll, a client that waits for each fence, no other kick in between',
		setting: `GPU ${gpuTime / 1e6} ms, poll ${period / 1e6} ms`,
		quantity: 'round trip, ms',
		configuration: idealMachine(
			{
				'device.kind': 'virgl',
				'device.fence': 'poll',
				'device.fencePoll': period,
				'device.gpuTime': constantTime(gpuTime),
			},
			[{wait: 'fence', fenced: true}],
		),
		duration: 1_000_000_000,
		runs: 1,
		simulated: ({latency}) => (latency.mean ?? Number.NaN) / 1e3,
		exact: polledFence(gpuTime, period) / 1e6,
	};
}

function vsync(hz: number, frameTime: number): TheoryCheck {
	return {
		law: 'vsync',
		applies: 'paced clients: a frame begins at a vblank and is shown at one',
		setting: `${hz} Hz, frame ${frameTime / 1e6} ms`,
		quantity: 'frames a second',
		configuration: idealMachine({'device.cost.SUBMIT_3D': constantTime(frameTime)}, [
			{kind: 'paced', hz, wait: 'response'},
		]),
		duration: 5_000_000_000,
		runs: 1,
		simulated: ({frames}) => frames?.client0?.perSecond ?? Number.NaN,
		exact: quantisedFrameRate(hz, frameTime / 1e9),
	};
}

/** The serial times behind 14K and 34K requests a second of linux e8edca6f7f92, ns. */
const bothInside = 71_400;
const addInside = 29_400;

function lock(policy: 'kick-under-lock' | 'kick-after-unlock'): TheoryCheck {
	const times = {
		threads: 4,
		hold: addInside / 1e9,
		doorbell: (bothInside - addInside) / 1e9,
		outside: 0,
	};
	return {
		law: 'lock saturation',
		applies: 'threads on vCPUs of their own, one doorbell a command, a host that keeps up',
		setting: `${policy}, 4 threads, add 29.4 us, doorbell 42 us`,
		quantity: 'commands a second',
		configuration: idealMachine(
			{
				'driver.lockPolicy': policy,
				'queue.eventIdx': false,
				'queue.size': 1024,
				'guest.vcpus': 5,
				'guest.irqVcpu': 4,
				'guest.cost.add': constantTime(addInside),
				'host.cost.exitKernel': constantTime(bothInside - addInside),
			},
			[0, 1, 2, 3].map(vcpu => ({vcpu})),
		),
		duration: 500_000_000,
		runs: 1,
		simulated: ({throughput}) => throughput.completed,
		exact: lockThroughput(times, policy === 'kick-under-lock' ? 'under-lock' : 'after-unlock'),
	};
}

/** Even arrivals, ns apart, and a ring of 16 slots. */
const arrival = 100_000;
const slots = 16;

function slack(stop: number): TheoryCheck {
	const rate = 1e9 / arrival;
	const period = 20_000_000;
	const lost = lostInStop({rate, free: slots}, stop / 1e9);
	return {
		law: 'preemption slack',
		applies:
			`even arrivals, an empty ring when the host stops; ${slots} slots bear ` +
			`${preemptionSlack({rate, free: slots}) * 1e3} ms here`,
		setting: `10k commands a second, the host stops for ${stop / 1e6} ms every 20 ms`,
		quantity: lost > 0 ? 'commands lost a second' : 'commands not lost a second',
		configuration: idealMachine(
			{'queue.size': slots, 'driver.fullRing': 'busy-error'},
			[{kind: 'paced', hz: rate}],
			[
				{
					at: arrival / 2,
					kind: 'host-stall',
					for: stop,
					every: period,
				},
			],
		),
		duration: 1_000_000_000,
		runs: 1,
		simulated: ({ring, throughput}) => (lost > 0 ? ring.busyErrors : throughput.submitted),
		exact: lost > 0 ? (lost * 1e9) / period : rate,
	};
}

const little: TheoryCheck = {
	law: 'Little',
	applies: 'every station of every run; here the ring, from add to reaping',
	setting: 'load 0.8, exponential, worker starts after 10 us',
	quantity: 'in flight over rate times stay',
	configuration: idealMachine(
		{
			'device.cost.SUBMIT_3D': exponentialTime(20_000),
			'guest.cost.workerWake': constantTime(10_000),
		},
		[{kind: 'open', rate: 40_000}],
	),
	duration: 1_000_000_000,
	runs: 1,
	simulated: ({ring, throughput, latency}) =>
		(ring.inFlight.mean ?? Number.NaN) / inStation(throughput.completed, (latency.traced.mean ?? Number.NaN) / 1e6),
	exact: 1,
};

/** Fences, frames, locks and stops: constant times, exact answers. */
export const timeChecks: readonly TheoryCheck[] = [
	little,
	fence(300_000, 10_000_000),
	fence(300_000, 1_000_000),
	fence(12_000_000, 10_000_000),
	vsync(60, 10_300_000),
	vsync(120, 10_300_000),
	vsync(144, 10_300_000),
	vsync(120, 1_300_000),
	vsync(60, 17_000_000),
	lock('kick-under-lock'),
	lock('kick-after-unlock'),
	slack(1_600_000),
	slack(2_600_000),
];

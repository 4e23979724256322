import {readingsOf} from '../../source/session/readings.js';
import {type ParameterRow} from '../../source/session/parameter-list.js';
import {type OverviewSnapshot} from '../../source/session/snapshot.js';
import {seedMetrics} from '../helpers/seed-metrics.js';

/** A line that wanders between two values, the same each time. */
function wander(low: number, high: number, count: number, seed: number): number[] {
	let state = seed;
	let level = 0.5;
	return Array.from({length: count}, () => {
		state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
		level = Math.min(1, Math.max(0, level + (state / 2_147_483_648 - 0.5) * 0.7));
		return low + (high - low) * level;
	});
}

function row(key: string, label: string, value: string, effect: ParameterRow['effect'] = 'next-use'): ParameterRow {
	return {
		key,
		label,
		value,
		changed: false,
		effect,
		provenance: 'source code',
	};
}

const parameters: readonly ParameterRow[] = [
	row('driver.lockPolicy', 'lock policy', 'kick-under-lock'),
	row('driver.spinlock', 'spinlock', 'pv-qspinlock', 'restart'),
	row('queue.size', 'queue size', '64', 'reset'),
	row('queue.eventIdx', 'event idx', 'on', 'reset'),
	row('queue.indirect', 'indirect', 'on', 'reset'),
	row('host.ioeventfd', 'ioeventfd', 'off', 'reset'),
	row('host.accel', 'accel', 'kvm', 'reset'),
	row('host.cpus', 'host CPUs', '2', 'restart'),
	row('host.load', 'host load', '0'),
	row('guest.vcpus', 'vCPUs', '2', 'restart'),
	row('guest.irqVcpu', 'IRQ on vCPU', '1'),
	row('device.kind', 'device', '2d', 'reset'),
	row('device.fence', 'fences', 'sync', 'reset'),
	...Array.from({length: 56}, (_, index) =>
		row(`host.cost.made${index + 1}`, `made-up cost ${index + 1}`, `${index + 1}us`),
	),
];

const points = 520;

/** The canonical numbers of the drawn screens (28.2k cmd/s, 7.1 %, 4.23k IRQs, 56.9 of 64 …). */
export const canonical: OverviewSnapshot = {
	preset: 'seed-2019-kick-under-lock',
	machine: 'qemu 2d, Linux to 5.4',
	server: 'main loop',
	seed: 1,
	sides: 'A',
	irqVcpu: 1,
	state: 'running',
	speed: '1:10',
	time: 3_482_000_000,
	fine: false,
	window: 200_000_000,
	settled: true,
	isNow: false,
	ringSize: 64,
	parameters,
	order: 'effect',
	selected: 'driver.lockPolicy',
	filter: undefined,
	filtering: false,
	readings: readingsOf(
		{
			...seedMetrics,
			cursor: {
				...seedMetrics,
				throughput: {asked: 0, submitted: 60, completed: 60},
				kicks: {
					perSecond: 60,
					perCommand: 1,
					suppressed: 0,
					forced: 0,
				},
				irqs: {
					perSecond: 60,
					perCommand: 1,
					spurious: 0,
					sent: 60,
				},
				ring: {
					numFree: {
						mean: 16,
						min: 15,
						max: 16,
						atAdd: 16,
					},
					inFlight: {mean: 0.01, max: 1},
					fullWaits: 0,
					busyErrors: 0,
				},
			},
		},
		seedMetrics,
		{control: 64, cursor: 16},
		92_631,
	),
	charts: {
		column: 10_000_000,
		charts: {
			'throughput.completed': {lines: [wander(26_300, 29_900, points, 1)]},
			'lock.contentionShare': {lines: [wander(0.03, 0.115, points, 2)]},
			'irqs.perSecond': {lines: [wander(3600, 5000, points, 3)]},
			'ring.numFree.mean': {lines: [wander(50, 63, points, 4)]},
			'latency.mean': {lines: [wander(220, 380, points, 5)]},
			'lock.spin.worker': {lines: [wander(40, 110, points, 6), wander(1, 6, points, 7)]},
		},
		lows: {},
		marks: [],
	},
	verdict: {
		id: 'worker-spin',
		text: 'Dequeue worker spins 67.6 ms/s on ctrlq.qlock; 646 of its 832 waits/s meet a holder in its doorbell.',
		short: 'Worker spins 67.6 ms/s; 646 of 832 waits/s: holder in doorbell',
		severity: 'problem',
	},
	advice: {
		id: 'try',
		text: 'driver.lockPolicy = kick-after-unlock: worker spin -98.7 %, throughput no difference [-1.0, +0.6 %]',
		short: 'lockPolicy = kick-after-unlock: worker spin -98.7 %, cmd/s same',
		set: {'driver.lockPolicy': 'kick-after-unlock'},
	},
	noHelp: [
		{key: 'queue.size', why: '34 or more of 64 free'},
		{key: 'host.cpus', why: 'nobody waits for one'},
	],
	question: {
		title: 'The 2019 report: the doorbell is rung under ctrlq.qlock',
		text: 'Is the ring too small?',
		answer: '34 or more of 64 free: no',
	},
	changes: [],
	planned: [],
	before: null,
	extra: 'none',
	lock: null,
	lockWaits: 832,
	frames: null,
	achieved: null,
	panel: 'parameters',
	isZoomed: false,
};

import {type Metrics} from '../../source/metrics/metrics.js';
import {type Configuration} from '../../source/simulation/configuration.js';
import {seedMetrics, withPause, withStages, withWaits} from '../helpers/seed-metrics.js';
import {burstClient, configurationWith, seedConfiguration} from '../helpers/seed-report.js';

export const quiet: Metrics = {
	...seedMetrics,
	lock: {...seedMetrics.lock, spin: {worker: 0.5, submitter: 1, total: 1.5}},
	cpu: {
		vcpus: [
			{
				guest: 0.3,
				spin: 0,
				exit: 0.05,
				poll: 0,
				blocked: 0,
				idle: 0.65,
				stolen: 0,
			},
			{
				guest: 0.1,
				spin: 0,
				exit: 0.01,
				poll: 0,
				blocked: 0,
				idle: 0.89,
				stolen: 0,
			},
		],
		vcpusBusy: 0.46,
		mainLoop: 0.2,
	},
};

export const open = {...burstClient, kind: 'open', rate: 5000} as const;
export const paced = {
	...burstClient,
	kind: 'paced',
	hz: 120,
	name: 'compositor',
} as const;
export const time = {
	mean: 10_300,
	p50: 10_000,
	p90: 12_000,
	p99: 24_100,
	max: 30_000,
};

export const starved: Metrics = {
	...seedMetrics,
	lock: {
		...seedMetrics.lock,
		spin: {worker: 625, submitter: 0, total: 625},
		waits: {
			workerOnNotify: 120,
			workerOther: 8,
			submitterOnNotify: 0,
			submitterOther: 0,
		},
	},
};

/** A finding with figures and a configuration that show it. */
export const cases: ReadonlyArray<readonly [string, Metrics, Configuration]> = [
	['worker-spin', seedMetrics, seedConfiguration],
	[
		'submitter-spin',
		{
			...seedMetrics,
			lock: {
				...seedMetrics.lock,
				spin: {worker: 3, submitter: 69.2, total: 72.2},
				waits: {
					workerOnNotify: 1,
					workerOther: 2,
					submitterOnNotify: 712,
					submitterOther: 2058,
				},
			},
		},
		seedConfiguration,
	],
	[
		'spin-starves-host',
		starved,
		configurationWith({'driver.lockPolicy': 'kick-under-lock', 'driver.spinlock': 'qspinlock', 'host.cpus': 1}),
	],
	['loop-bound', {...quiet, cpu: {...quiet.cpu, mainLoop: 0.984}}, seedConfiguration],
	[
		'ring-full',
		withStages(
			{
				...quiet,
				ring: {
					...quiet.ring,
					numFree: {
						mean: 3,
						min: 0,
						max: 64,
						atAdd: 2,
					},
					fullWaits: 4200,
				},
			},
			{ringWait: 100},
		),
		configurationWith({}, [{...burstClient, threads: 48}]),
	],
	[
		'fence-poll',
		withWaits(withStages({...quiet, frames: {compositor: {perSecond: 60, missed: 60, time}}}, {fence: 9980}), {
			fence: 9980,
			poll: 9000,
		}),
		configurationWith({'device.kind': 'virgl'}, [paced]),
	],
	[
		'fence-wait',
		withWaits(withStages({...quiet, frames: {compositor: {perSecond: 60, missed: 60, time}}}, {fence: 9980}), {
			fence: 9980,
			poll: 100,
		}),
		configurationWith({'device.kind': 'virgl'}, [paced]),
	],
	[
		'fence-wait',
		withWaits(withStages(quiet, {fence: 9980}), {fence: 9980}),
		configurationWith({'device.kind': 'virgl', 'driver.fenceContexts': 'global'}, [open, paced]),
	],
	[
		'host-pause',
		withWaits(
			withPause(quiet, 'hostPause', {
				perSecond: 25,
				share: 0.05,
				completed: 0,
				longest: 300_000,
				at: 12.345,
			}),
			{hostPause: 200},
		),
		seedConfiguration,
	],
	[
		'renderer-block',
		withPause(quiet, 'rendererBlock', {
			perSecond: 60,
			share: 0.36,
			completed: 12,
			longest: 6000,
			at: 0.101,
		}),
		seedConfiguration,
	],
	[
		'vcpu-preempt',
		withPause({...quiet, latency: {...quiet.latency, max: 9000, unfinished: 3}}, 'vcpuPreempt', {
			perSecond: 1,
			share: 0.01,
			completed: null,
			longest: 9000,
			at: 0.5,
		}),
		seedConfiguration,
	],
	[
		'lost-kick',
		withPause({...quiet, latency: {...quiet.latency, max: 900_000, unfinished: 64}}, 'lostKick', {
			perSecond: 1,
			share: 0.4,
			completed: 0,
			longest: 890_000,
			at: 0.5,
		}),
		seedConfiguration,
	],
	[
		'lost-irq',
		withWaits(
			withPause(quiet, 'lostIrq', {
				perSecond: 1,
				share: 0.01,
				completed: 0,
				longest: 890,
				at: 0.5,
			}),
			{lostIrq: 160},
		),
		seedConfiguration,
	],
	['commands-lost', {...quiet, ring: {...quiet.ring, busyErrors: 1090}}, seedConfiguration],
	[
		'commands-unanswered',
		{...quiet, latency: {...quiet.latency, max: 900_000, unfinished: 64}},
		configurationWith({}, [open]),
	],
	['lock-wait', withWaits(quiet, {lock: 200}), configurationWith({}, [open])],
	[
		'bql-busy',
		withWaits(
			{...quiet, bql: {waitPerSecond: 374, holdShare: 0.69, byHolder: {mainLoop: 0.2, vcpus: 0.08, other: 0.41}}},
			{bql: 100},
		),
		seedConfiguration,
	],
	['bql-busy', withWaits(quiet, {bql: 200}), seedConfiguration],
	['worker-long', withWaits(withStages(quiet, {workerDelay: 3000}), {workerRun: 3000}), seedConfiguration],
	['host-queue', withWaits(quiet, {otherClients: 180}), seedConfiguration],
	[
		'demand-short',
		{...quiet, throughput: {asked: 31_000, submitted: 28_300, completed: 28_224}},
		configurationWith({}, [open]),
	],
	[
		'missed-frames',
		{...quiet, frames: {compositor: {perSecond: 108, missed: 12.4, time}}},
		configurationWith({}, [paced]),
	],
	[
		'doorbell',
		{
			...quiet,
			cpu: {
				...quiet.cpu,
				vcpus: [
					{
						guest: 0.4,
						spin: 0,
						exit: 0.3,
						poll: 0,
						blocked: 0.2,
						idle: 0.1,
						stolen: 0,
					},
				],
			},
		},
		seedConfiguration,
	],
	[
		'submitter-bound',
		{
			...quiet,
			cpu: {
				...quiet.cpu,
				vcpus: [
					{
						guest: 0.872,
						spin: 0,
						exit: 0.125,
						poll: 0,
						blocked: 0,
						idle: 0.003,
						stolen: 0,
					},
				],
			},
		},
		seedConfiguration,
	],
	['worker-late', withStages(quiet, {workerDelay: 612}), seedConfiguration],
	['round-trip', quiet, seedConfiguration],
	['demand-met', quiet, configurationWith({}, [open])],
];

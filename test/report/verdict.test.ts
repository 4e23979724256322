import {expect, test} from 'vitest';
import {type Metrics} from '../../source/metrics/metrics.js';
import {type Configuration} from '../../source/parameters/configuration.js';
import {judge} from '../../source/report/verdict.js';
import {seedMetrics, withStages} from '../helpers/seed-metrics.js';
import {burstClient, configurationWith, seedConfiguration} from '../helpers/seed-report.js';

const quiet: Metrics = {
	...seedMetrics,
	lock: {...seedMetrics.lock, spin: {worker: 0.5, submitter: 1, total: 1.5}},
	cpu: {
		vcpus: [
			{
				guest: 0.3, spin: 0, exit: 0.05, blocked: 0, idle: 0.65, stolen: 0,
			},
			{
				guest: 0.1, spin: 0, exit: 0.01, blocked: 0, idle: 0.89, stolen: 0,
			},
		],
		vcpusBusy: 0.46,
		mainLoop: 0.2,
	},
};

const open = {...burstClient, kind: 'open', rate: 5000} as const;
const paced = {
	...burstClient, kind: 'paced', hz: 120, name: 'compositor',
} as const;
const time = {
	mean: 10_300, p50: 10_000, p90: 12_000, p99: 24_100, max: 30_000,
};

const starved: Metrics = {
	...seedMetrics,
	lock: {
		...seedMetrics.lock,
		spin: {worker: 625, submitter: 0, total: 625},
		waits: {
			workerOnNotify: 120, workerOther: 8, submitterOnNotify: 0, submitterOther: 0,
		},
	},
};

const cases: ReadonlyArray<readonly [string, Metrics, Configuration]> = [
	['worker-spin', seedMetrics, seedConfiguration],
	['submitter-spin', {
		...seedMetrics,
		lock: {
			...seedMetrics.lock,
			spin: {worker: 3, submitter: 69.2, total: 72.2},
			waits: {
				workerOnNotify: 1, workerOther: 2, submitterOnNotify: 712, submitterOther: 2058,
			},
		},
	}, seedConfiguration],
	['spin-starves-host', starved, configurationWith({'driver.lockPolicy': 'kick-under-lock', 'driver.spinlock': 'qspinlock', 'host.cpus': 1})],
	['loop-bound', {...quiet, cpu: {...quiet.cpu, mainLoop: 0.984}}, seedConfiguration],
	['ring-full', withStages({
		...quiet,
		ring: {
			...quiet.ring,
			numFree: {
				mean: 3, min: 0, max: 64, atAdd: 2,
			},
			fullWaits: 4200,
		},
	}, {ringWait: 100}), configurationWith({}, [{...burstClient, threads: 48}])],
	['fence-poll', withStages({...quiet, frames: {compositor: {perSecond: 60, missed: 60, time}}}, {fence: 9980}), configurationWith({'device.kind': 'virgl'}, [paced])],
	['missed-frames', {...quiet, frames: {compositor: {perSecond: 108, missed: 12.4, time}}}, configurationWith({}, [paced])],
	['doorbell', {
		...quiet,
		cpu: {
			...quiet.cpu,
			vcpus: [{
				guest: 0.4, spin: 0, exit: 0.3, blocked: 0.2, idle: 0.1, stolen: 0,
			}],
		},
	}, seedConfiguration],
	['submitter-bound', {
		...quiet,
		cpu: {
			...quiet.cpu,
			vcpus: [{
				guest: 0.872, spin: 0, exit: 0.125, blocked: 0, idle: 0.003, stolen: 0,
			}],
		},
	}, seedConfiguration],
	['worker-late', withStages(quiet, {workerDelay: 612}), seedConfiguration],
	['round-trip', quiet, seedConfiguration],
	['demand-met', quiet, configurationWith({}, [open])],
];

test.each(cases)('%s is named, with its numbers', (name, metrics, configuration) => {
	const verdict = judge(metrics, configuration);
	expect(verdict.bottleneck).toBe(name);
	expect(verdict).toMatchSnapshot();
	expect(` ● ${name}  ${verdict.text}`.length).toBeLessThanOrEqual(118);
	expect(` ● ${name}  ${verdict.short}`.length).toBeLessThanOrEqual(80);
	expect(verdict.text).toMatch(/\d/v);
	expect(verdict.evidence.length).toBeGreaterThan(0);
});

test.each(['vhost-user-gpu', 'crosvm', 'libkrun'])('%s: who serves the device has its name, and an ioeventfd is not suggested to who has one', backend => {
	const configuration = configurationWith({'host.backend': backend, 'driver.lockPolicy': 'kick-after-unlock', 'host.cpus': 4});
	const bound = judge({...quiet, cpu: {...quiet.cpu, mainLoop: 0.984}}, configuration);
	expect(bound.text).toContain(`${backend === 'vhost-user-gpu' ? 'gpu process' : 'gpu worker'} 98.4 % busy`);
	expect(` ● loop-bound  ${bound.text}`.length).toBeLessThanOrEqual(118);
	expect(` ● loop-bound  ${bound.short}`.length).toBeLessThanOrEqual(80);
	const [, exits] = cases.find(([name]) => name === 'doorbell') ?? ['', quiet];
	expect(judge(exits, configuration).suggestion?.set).toEqual({'driver.lockPolicy': 'kick-batched'});
});

test('the seed story wastes CPU time but is bound by the submitter', () => {
	const verdict = judge(seedMetrics, seedConfiguration);
	expect(verdict.text).toBe('Dequeue worker spins 67.6 ms/s on ctrlq.qlock; 646 of its 832 waits/s meet a holder in its doorbell.');
	expect(verdict.also).toContain('vCPU 0 is 99.7 % busy');
	expect(verdict.suggestion?.set).toEqual({'driver.lockPolicy': 'kick-after-unlock'});
});

test('no host CPU is starved when there is one for each thread', () => {
	expect(judge(starved, configurationWith({'driver.lockPolicy': 'kick-under-lock', 'host.cpus': 3})).bottleneck).toBe('worker-spin');
});

test('a run in which nothing happened is judged without inventing numbers', () => {
	const none = {
		...quiet,
		throughput: {asked: 0, submitted: 0, completed: 0},
		latency: {
			...quiet.latency, mean: null, p50: null, p90: null, p99: null, p999: null, max: null, count: 0,
		},
	};
	const verdict = judge(none, seedConfiguration);
	expect(verdict.bottleneck).toBe('demand-met');
	expect(verdict.text).not.toMatch(/NaN|null|undefined|Infinity/v);
});

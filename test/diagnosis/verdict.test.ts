import {expect, test} from 'vitest';
import {verdictNames} from '../../source/metrics/verdict-names.js';
import {findingPages} from '../../source/diagnosis/finding-pages.js';
import {judge} from '../../source/diagnosis/verdict.js';
import {seedMetrics, withPause, withWaits} from '../helpers/seed-metrics.js';
import {configurationWith, seedConfiguration} from '../helpers/seed-report.js';
import {quiet, open, paced, time, starved, cases} from './verdict-cases.js';

/** Names without a case. */
const untold = new Set<string>(verdictNames);

test.each(cases)('%s is named, with its numbers', (name, metrics, configuration) => {
	untold.delete(name);
	const verdict = judge(metrics, configuration);
	expect(verdict.bottleneck).toBe(name);
	expect(verdict).toMatchSnapshot();
	expect(` ● ${name}  ${verdict.text}`.length).toBeLessThanOrEqual(118);
	expect(` ● ${name}  ${verdict.short}`.length).toBeLessThanOrEqual(80);
	expect(verdict.text).toMatch(/\d/v);
	expect(verdict.evidence.length).toBeGreaterThan(0);
});

test.each(['vhost-user-gpu', 'crosvm', 'libkrun'])(
	'%s: who serves the device has its name, and an ioeventfd is not suggested to who has one',
	backend => {
		const configuration = configurationWith({
			'host.backend': backend,
			'driver.lockPolicy': 'kick-after-unlock',
			'host.cpus': 4,
		});
		const bound = judge({...quiet, cpu: {...quiet.cpu, mainLoop: 0.984}}, configuration);
		expect(bound.text).toContain(`${backend === 'vhost-user-gpu' ? 'gpu process' : 'gpu worker'} 98.4 % busy`);
		expect(` ● loop-bound  ${bound.text}`.length).toBeLessThanOrEqual(118);
		expect(` ● loop-bound  ${bound.short}`.length).toBeLessThanOrEqual(80);
		const [, exits] = cases.find(([name]) => name === 'doorbell') ?? ['', quiet];
		expect(judge(exits, configuration).suggestion?.set).toEqual({'driver.lockPolicy': 'kick-batched'});
	},
);

test('every name that a verdict may have is named here, and has a page', () => {
	untold.delete('stall');
	// What a run was seen to do, whatever its figures are: test/tracking/atomic-sleeps.test.ts.
	untold.delete('sleep-in-atomic');
	// That of a stretch which is not judged.
	untold.delete('settling');
	expect([...untold]).toEqual([]);
	expect(Object.keys(findingPages).toSorted()).toEqual([...verdictNames].toSorted());
	for (const page of Object.values(findingPages)) {
		for (const words of Object.values(page)) {
			expect(words).toMatch(/\.$/v);
		}
	}
});

test('a stall is the bottleneck whatever else there is to say', () => {
	const verdict = judge(
		{
			...quiet,
			throughput: {asked: 5000, submitted: 4240, completed: 2960},
			latency: {...quiet.latency, max: 900_000, unfinished: 65},
		},
		seedConfiguration,
		{kind: 'lost-irq', text: '64 slots are taken and both sides sleep'},
	);
	expect(verdict).toMatchObject({
		bottleneck: 'stall',
		severity: 'problem',
		asked: 5000,
		done: 2960,
		unfinished: 65,
	});
	expect(verdict.text).toBe('64 slots are taken and both sides sleep (lost-irq).');
	expect(verdict.also.map(({bottleneck}) => bottleneck)).not.toContain('commands-unanswered');
});

test('what a user would complain of is told beside a waste', () => {
	const slow = withWaits(
		{...seedMetrics, frames: {compositor: {perSecond: 108, missed: 12, time}}},
		{otherClients: 200},
	);
	const {bottleneck, also, severity} = judge(
		slow,
		configurationWith({'driver.lockPolicy': 'kick-under-lock'}, [paced]),
	);
	expect([bottleneck, severity]).toEqual(['missed-frames', 'problem']);
	expect(also.map(other => other.bottleneck)).toContain('host-queue');
});

test('one missed frame is enough', () => {
	expect(
		judge({...quiet, frames: {compositor: {perSecond: 119.5, missed: 0.5, time}}}, configurationWith({}, [paced]))
			.bottleneck,
	).toBe('missed-frames');
});

test('a waiter that meets a holder in its add is not told of doorbells', () => {
	const {lock} = seedMetrics;
	const add = {
		...lock,
		waits: {...lock.waits, workerOnNotify: 0, workerOther: 14_100},
		matrix: {
			...lock.matrix,
			doorbell: lock.matrix.forced,
			submit: {...lock.matrix.submit, worker: {count: 14_100, spin: 60}},
		},
	};
	const verdict = judge({...seedMetrics, lock: add}, seedConfiguration);
	expect(verdict.text).toContain('14.1k of its 14.1k waits/s meet a holder in its add');
	expect(verdict.suggestion).toBeNull();
});

test('a vCPU whose pause nobody waits for is not blamed', () => {
	const away = withPause(quiet, 'vcpuPreempt', {
		perSecond: 1,
		share: 0.5,
		completed: 28_000,
		longest: 500_000,
		at: 0.5,
	});
	expect(judge(away, configurationWith({}, [open])).bottleneck).toBe('demand-met');
});

test('the seed story wastes CPU time but is bound by the submitter', () => {
	const verdict = judge(seedMetrics, seedConfiguration);
	expect(verdict.text).toBe(
		'Dequeue worker spins 67.6 ms/s on ctrlq.qlock; 646 of its 832 waits/s meet a holder in its doorbell.',
	);
	expect(verdict.also.map(({text}) => text).join(' ')).toContain('vCPU 0 is 99.7 % busy');
	expect(verdict.suggestion?.set).toEqual({'driver.lockPolicy': 'kick-after-unlock'});
});

/** The seed story with other spinning (worker, submitters), in ms per second. */
function spinning(worker: number, submitter: number): typeof seedMetrics {
	const waits = {workerOnNotify: 200, workerOther: 50, submitterOnNotify: 300, submitterOther: 100};
	return {...quiet, lock: {...seedMetrics.lock, spin: {worker, submitter, total: worker + submitter}, waits}};
}

test.each([
	['the worker', 400, 200, 'The worker spins 400 ms/s', '250 waits/s of 1.60 ms', 'lock.spin.worker'],
	['submitters', 200, 400, 'Submitters spin 400 ms/s', '400 waits/s of 1.00 ms', 'lock.spin.submitter'],
])('a host that is starved is starved by %s, who spin most', (_, worker, submitter, who, waits, metric) => {
	const configuration = configurationWith({'driver.lockPolicy': 'kick-under-lock', 'host.cpus': 1});
	const verdict = judge(spinning(worker, submitter), configuration);
	expect(verdict.bottleneck).toBe('spin-starves-host');
	expect(verdict.text).toContain(who);
	expect(verdict.text).toContain(waits);
	expect(verdict.evidence[1].metric).toBe(metric);
});

test.each([
	['of the worker, when it spins most', 60, 40, 'worker-spin'],
	['of submitters, when they spin most', 40, 60, 'submitter-spin'],
	['not at all below 2 % of a CPU', 19, 19, 'round-trip'],
])('spinning is told %s', (_, worker, submitter, expected) => {
	expect(judge(spinning(worker, submitter), seedConfiguration).bottleneck).toBe(expected);
});

test('no host CPU is starved when there is one for each thread', () => {
	expect(judge(starved, configurationWith({'driver.lockPolicy': 'kick-under-lock', 'host.cpus': 3})).bottleneck).toBe(
		'worker-spin',
	);
});

test('a run in which nothing happened is judged without inventing numbers', () => {
	const none = {
		...quiet,
		throughput: {asked: 0, submitted: 0, completed: 0},
		latency: {
			...quiet.latency,
			mean: null,
			p50: null,
			p90: null,
			p99: null,
			p999: null,
			max: null,
			count: 0,
		},
	};
	const verdict = judge(none, seedConfiguration);
	expect(verdict.bottleneck).toBe('demand-met');
	expect(verdict.text).not.toMatch(/NaN|null|undefined|Infinity/v);
});

import {expect, test} from 'vitest';
import {metrics} from '../../source/metrics/metric-table.js';
import {UserError} from '../../source/errors/user-error.js';
import {assertionExample, failureOf, parseAssertion} from '../../source/report/assertion.js';
import {type WrittenStretch} from '../../source/report/stretch.js';
import {seedMetrics} from '../helpers/seed-metrics.js';
import {seedReport} from '../helpers/seed-report.js';

test.each([
	['latency.p99 < 5ms', 'latency.p99', '<', 5000],
	['latency.p99<5000', 'latency.p99', '<', 5000],
	['latency.stages.service.mean <= 250ns', 'latency.stages.service.mean', '<=', 0.25],
	['latency.stages.hostQueue.share < 50%', 'latency.stages.hostQueue.share', '<', 0.5],
	['cpu.vcpus[1].spin >= 0.4', 'cpu.vcpus[1].spin', '>=', 0.4],
	['lock.contentionShare > 1.5e-2', 'lock.contentionShare', '>', 0.015],
	['lock.spin.worker < 20ms/s', 'lock.spin.worker', '<', 20],
	['throughput.completed > 28k/s', 'throughput.completed', '>', 28_000],
	['cursor.lock.hold.p50 < 1us', 'cursor.lock.hold.p50', '<', 1],
	['frames.compositor.time.p99 < 16ms', 'frames.compositor.time.p99', '<', 16_000],
	['ring.numFree.min == 0', 'ring.numFree.min', '==', 0],
	['ring.fullWaits != -1', 'ring.fullWaits', '!=', -1],
] as const)('%s is read', (text, path, operator, value) => {
	const assertion = parseAssertion(text);
	expect(assertion).toMatchObject({text, path, operator});
	expect(assertion.value).toBeCloseTo(value, 9);
});

test.each([
	'',
	'latency.p99',
	'latency.p99 <',
	'latency.p99 = 5',
	'latency.p99 < 5 < 6',
	'latency.p99 < five',
	'latency.p99 < 1e999',
	'latency.p99 < 5%',
	'lock.contentionShare < 5ms',
	'kicks.perCommand < 1us',
])('%s is refused in one line', text => {
	expect(() => parseAssertion(text)).toThrow(UserError);
	expect(() => parseAssertion(text)).toThrow(/^--assert '[^\n]*$/v);
});

test.each([
	['throughput.completed > 20000', true],
	['throughput.completed >= 28224', true],
	['throughput.completed < 28224', false],
	['throughput.completed <= 28224', true],
	['throughput.completed == 28224', true],
	['throughput.completed != 28224', false],
	['cpu.vcpus[1].spin > 0.06', true],
	['lock.matrix.doorbell.worker.count > 600/s', true],
	['latency.p99 < 1ms', true],
	['latency.p99 > 1ms', false],
])('%s: %s', (text, holds) => {
	expect(failureOf(parseAssertion(text), seedReport) === undefined).toBe(holds);
});

test('a failure says what the figure is', () => {
	expect(failureOf(parseAssertion('latency.p99 < 500us'), seedReport)).toBe(
		'assertion failed: latency.p99 < 500us (it is 843)',
	);
});

test('a metric that does not exist is refused with the nearest, before the run', () => {
	expect(() => parseAssertion('latency.p98 < 1')).toThrow('did you mean latency.p9');
	expect(() => parseAssertion('lock.spin < 1')).toThrow('lock.spin is a group');
	expect(() => parseAssertion('cpu.vcpus < 1')).toThrow('cpu.vcpus is a group');
	expect(() => parseAssertion('xyzzy < 1')).toThrow(/there is no metric xyzzy$/v);
});

test('an index or a client that this run lacks is refused', () => {
	expect(() => failureOf(parseAssertion('cpu.vcpus[7].spin < 1'), seedReport)).toThrow(
		'this run has no cpu.vcpus[7].spin; did you mean cpu.vcpus[0].spin?',
	);
	expect(() =>
		failureOf(parseAssertion('frames.nobody.missed < 1'), {...seedReport, metrics: {...seedMetrics, frames: {}}}),
	).toThrow('this run has no frames.nobody.missed');
});

test('a metric that is null here is refused: there is nothing to compare', () => {
	expect(() => failureOf(parseAssertion('lock.hold.p99 < 1us'), seedReport)).toThrow(UserError);
	expect(() => failureOf(parseAssertion('cursor.kicks.perSecond < 1'), seedReport)).toThrow(
		'not defined in this run',
	);
	expect(() => failureOf(parseAssertion('frames.compositor.missed < 1'), seedReport)).toThrow(
		'not defined in this run',
	);
});

test('after a change the last stretch counts; whole: asks for all of the run', () => {
	const stretch = (completed: number): WrittenStretch => ({
		from: 0.2,
		to: 1,
		set: {},
		settling: false,
		metrics: {...seedMetrics, throughput: {asked: completed, submitted: completed, completed}},
		verdict: seedReport.verdict,
		server: 'main loop',
	});
	const report = {...seedReport, stretches: [stretch(10), stretch(20)]};
	expect(failureOf(parseAssertion('throughput.completed == 20'), report)).toBeUndefined();
	expect(failureOf(parseAssertion('whole:throughput.completed == 28224'), report)).toBeUndefined();
	expect(failureOf(parseAssertion('whole: throughput.completed == 20'), report)).toBe(
		'assertion failed: whole: throughput.completed == 20 (it is 28224)',
	);
	expect(failureOf(parseAssertion('whole:throughput.completed == 28224'), seedReport)).toBeUndefined();
});

test('whole: stands before a metric, not before nothing', () => {
	expect(() => parseAssertion('whole: < 5')).toThrow(/^--assert/v);
	expect(() => parseAssertion('all:latency.p99 < 5')).toThrow(/^--assert/v);
});

test('every example is an assertion, in the direction of its metric', () => {
	for (const metric of metrics.filter(({path}) => !path.includes('<'))) {
		const example = assertionExample({...metric, path: metric.path.replace('[i]', '[0]')});
		expect(parseAssertion(example).operator).toBe(metric.better === 'higher' ? '>' : '<');
	}
});

test('half an assertion is answered with a whole one about the same metric', () => {
	expect(() => parseAssertion('throughput.completed')).toThrow("for example 'throughput.completed > 1000/s'");
	expect(() => parseAssertion('whole:lock.spin.worker < five')).toThrow("for example 'lock.spin.worker < 20ms/s'");
	expect(() => parseAssertion('five')).toThrow("for example 'latency.p99 < 5ms'");
});

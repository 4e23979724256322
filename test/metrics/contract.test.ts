import {expect, test} from 'vitest';
import {metricOf, metrics as table} from '../../source/metrics/metric-table.js';
import {pauseNames, stageNames, waitNames} from '../../source/metrics/metrics.js';
import {client, configurationOf, cursorClient, loopStep, ms} from '../helpers/model-configuration.js';
import {leaves, measured} from '../helpers/model-run.js';

const clients = [
	client({loop: [loopStep({commands: ['RESOURCE_CREATE_2D', 'RESOURCE_FLUSH']})]}),
	client({name: 'frames', kind: 'paced', hz: 500}),
	cursorClient({think: {kind: 'exp', mean: 50_000}}),
];
const {metrics} = measured(configurationOf({}, clients), {duration: 20 * ms});
const paths = new Map(leaves(metrics));

const summary = ['mean', 'p50', 'p90', 'p99', 'max'];

/** docs/contract.md, section 4, for a queue. */
const queuePaths: readonly string[] = [
	'throughput.asked',
	'throughput.submitted',
	'throughput.completed',
	'kicks.perSecond',
	'kicks.perCommand',
	'kicks.suppressed',
	'kicks.forced',
	'irqs.perSecond',
	'irqs.perCommand',
	'irqs.spurious',
	'irqs.sent',
	'worker.runs',
	'worker.batch',
	...summary.map(name => `worker.runTime.${name}`),
	'worker.runTime.hogged',
	'worker.hogged',
	'lock.acquisitions',
	'lock.contended',
	'lock.spin.worker',
	'lock.spin.submitter',
	'lock.spin.total',
	'lock.halted',
	'lock.contentionShare',
	'lock.waits.workerOnNotify',
	'lock.waits.workerOther',
	'lock.waits.submitterOnNotify',
	'lock.waits.submitterOther',
	...['submit', 'notify', 'doorbell', 'forced', 'worker'].flatMap(holder =>
		['submit', 'notify', 'worker'].flatMap(waiter => [
			`lock.matrix.${holder}.${waiter}.count`,
			`lock.matrix.${holder}.${waiter}.spin`,
		]),
	),
	...summary.flatMap(name => [`lock.hold.${name}`, `lock.wait.${name}`, `latency.${name}`, `latency.traced.${name}`]),
	'ring.numFree.mean',
	'ring.numFree.min',
	'ring.numFree.max',
	'ring.numFree.atAdd',
	'ring.inFlight.mean',
	'ring.inFlight.max',
	'ring.fullWaits',
	'ring.busyErrors',
	'latency.p999',
	'latency.unfinished',
	...waitNames.flatMap(name => ['mean', 'share', 'tail'].map(figure => `latency.waits.${name}.${figure}`)),
	...stageNames.flatMap(name => ['mean', 'share', 'tail'].map(figure => `latency.stages.${name}.${figure}`)),
];

/** The rest of it. */
const machinePaths: readonly string[] = [
	'exits.perSecond',
	'exits.perCommand',
	'exits.user',
	'exits.kernel',
	'exits.halt',
	'exits.pause',
	'bql.waitPerSecond',
	'bql.holdShare',
	'bql.byHolder.mainLoop',
	'bql.byHolder.vcpus',
	'bql.byHolder.other',
	...[0, 1].flatMap(vcpu =>
		['guest', 'spin', 'exit', 'blocked', 'idle', 'stolen'].map(state => `cpu.vcpus[${vcpu}].${state}`),
	),
	'cpu.vcpusBusy',
	'cpu.mainLoop',
	'frames.frames.perSecond',
	'frames.frames.missed',
	...pauseNames.flatMap(name =>
		['perSecond', 'share', 'completed', 'longest', 'at'].map(figure => `pauses.${name}.${figure}`),
	),
];

test.each([...queuePaths, ...machinePaths, ...queuePaths.map(path => `cursor.${path}`)])(
	'%s is there, and in the table',
	path => {
		expect(paths.has(path)).toBe(true);
		expect(metricOf(path)).toBeDefined();
	},
);

test('every figure of a run has a metric in the table', () => {
	expect(paths.size).toBeGreaterThan(250);
	expect([...paths.keys()].filter(path => metricOf(path) === undefined)).toEqual([]);
});

test('every metric of the table is a figure of a run', () => {
	const general = new Set([...paths.keys()].map(path => metricOf(path)?.path));
	expect(table.filter(({path}) => !general.has(path))).toEqual([]);
});

test('figures are finite numbers or null', () => {
	for (const [path, value] of paths) {
		expect(value === null || Number.isFinite(value), path).toBe(true);
	}
});

test('a run in which nothing happens has no NaN either', () => {
	const idle = measured(configurationOf({}, []), {duration: ms});
	for (const [path, value] of leaves(idle.metrics)) {
		expect(value === null || Number.isFinite(value), path).toBe(true);
	}

	expect([
		idle.metrics.kicks.perCommand,
		idle.metrics.worker.batch,
		idle.metrics.latency.mean,
		idle.metrics.frames,
		idle.metrics.cursor,
	]).toEqual([null, null, null, null, null]);
});

test('under tcg exits are null', () => {
	const {exits} = measured(configurationOf({'host.accel': 'tcg', 'driver.spinlock': 'qspinlock'}, clients), {
		duration: ms,
	}).metrics;
	expect(new Set(Object.values(exits))).toEqual(new Set([null]));
});

import {expect, test} from 'vitest';
import {metricOf, metrics} from '../../source/metrics/metric-table.js';
import {stageNames} from '../../source/metrics/metrics.js';
import {stages} from '../../source/metrics/stage-table.js';
import {parameters} from '../../source/simulation/parameters/table.js';

test('paths are unique, every one has a unit and a meaning', () => {
	expect(new Set(metrics.map(metric => metric.path)).size).toBe(metrics.length);
	for (const metric of metrics) {
		expect(metric.unit).not.toBe('');
		expect(metric.meaning).toMatch(/\.$/v);
	}
});

test.each([
	['cpu.vcpus[3].spin', 'cpu.vcpus[i].spin'],
	['frames.game.missed', 'frames.<client>.missed'],
	['frames.my.game.time.p99', 'frames.<client>.time.p99'],
	['cursor.lock.matrix.doorbell.worker.spin', 'cursor.lock.matrix.<holder>.<waiter>.spin'],
	['cursor.latency.p99', 'cursor.latency.p99'],
	['latency.stages.workerLockWait.tail', 'latency.stages.workerLockWait.tail'],
])('%s is %s', (path, general) => {
	expect(metricOf(path)?.path).toBe(general);
});

test('what the contract does not have is not there', () => {
	expect(metricOf('cpu.vcpus[x].spin')).toBeUndefined();
	expect(metricOf('cursor.exits.user')).toBeUndefined();
	expect(metricOf('latency')).toBeUndefined();
});

test('the stages are those of the contract, in order', () => {
	expect(stages.map(stage => stage.name)).toEqual([...stageNames]);
});

test('every metric that a parameter names exists', () => {
	for (const entry of parameters) {
		for (const path of entry.metrics ?? []) {
			expect(metricOf(path)?.path, `${entry.key} names ${path}`).toBeDefined();
		}
	}
});

/** docs/contract.md, section 8, by example. */
const directions: ReadonlyArray<readonly [string, string | null]> = [
	['throughput.completed', 'higher'],
	['frames.<client>.perSecond', 'higher'],
	['throughput.submitted', null],
	['latency.mean', 'lower'],
	['latency.traced.p99', 'lower'],
	['latency.stages.hostQueue.mean', 'lower'],
	['latency.stages.hostQueue.tail', 'lower'],
	['latency.stages.hostQueue.share', null],
	['latency.count', null],
	['lock.spin.worker', 'lower'],
	['lock.wait.p99', 'lower'],
	['lock.waits.workerOther', null],
	['lock.hold.p99', null],
	['lock.contentionShare', 'lower'],
	['kicks.perCommand', 'lower'],
	['kicks.perSecond', null],
	['irqs.perCommand', 'lower'],
	['irqs.perSecond', null],
	['exits.user', 'lower'],
	['ring.fullWaits', 'lower'],
	['ring.busyErrors', 'lower'],
	['ring.numFree.mean', null],
	['bql.waitPerSecond', 'lower'],
	['bql.holdShare', null],
	['cpu.vcpusBusy', 'lower at equal throughput'],
	['cpu.mainLoop', 'lower at equal throughput'],
	['cpu.vcpus[i].stolen', 'lower'],
	['cpu.vcpus[i].guest', null],
	['frames.<client>.missed', 'lower'],
];

test.each(directions)('%s: %s is better', (path, direction) => {
	expect(metricOf(path)?.better).toBe(direction);
});

test('the cursor queue has the directions of the control queue', () => {
	for (const {path, better} of metrics) {
		expect(metricOf(`cursor.${path}`)?.better ?? better, path).toBe(better);
	}
});

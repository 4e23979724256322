import {expect, test} from 'vitest';
import {type Metrics} from '../../source/metrics/metrics.js';
import {client, configurationOf, cursorClient, loopStep, ms, times} from '../helpers/model-configuration.js';
import {leaves, measured, runOf} from '../helpers/model-run.js';

const configuration = configurationOf(
	{
		'queue.size': 16,
		'guest.vcpus': 3,
		'host.cpus': 2,
		'driver.lockPolicy': 'kick-under-lock',
		'device.cost.RESOURCE_CREATE_2D': {kind: 'exp', mean: 9000},
		'guest.cost.prepare': {kind: 'exp', mean: 5000},
	},
	[
		client({threads: 2, loop: [loopStep({commands: times(6, 'RESOURCE_CREATE_2D')})]}),
		client({name: 'frames', kind: 'paced', hz: 500}),
		cursorClient({think: {kind: 'exp', mean: 50_000}}),
	],
);

/** Parts of the paths of rates and shares, and of means over time. */
const rates = `
	throughput perSecond suppressed forced spurious sent runs acquisitions contended spin halted contentionShare waits matrix hogged
	inFlight.mean numFree.mean fullWaits busyErrors exits.user exits.kernel exits.halt exits.pause bql cpu missed
`
	.trim()
	.split(/\s+/v);

/** Figures that are rates, shares or integrals over time: those of two halves have their mean. */
function additive(metrics: Metrics): Map<string, number> {
	const found = new Map<string, number>();
	for (const [path, value] of leaves(metrics)) {
		if (!path.includes('latency') && rates.some(part => path.includes(part)) && typeof value === 'number') {
			found.set(path, value);
		}
	}

	return found;
}

test('the windows of a run sum to its totals, whatever their length', () => {
	for (const window of [ms / 4, ms, 7 * ms]) {
		const {metrics, windows} = measured(configuration, {duration: 28 * ms, window});
		const count = (28 * ms) / window;
		expect(windows.end).toBe(count);
		const sums = new Map<string, number>();
		let commands = 0;
		let latency = 0;
		let least = Infinity;
		for (let i = 0; i < count; i++) {
			const part = windows.metrics(i, i + 1);
			for (const [path, value] of additive(part)) {
				sums.set(path, (sums.get(path) ?? 0) + value / count);
			}

			commands += part.latency.count;
			latency += (part.latency.mean ?? 0) * part.latency.count;
			least = Math.min(least, part.ring.numFree.min ?? Infinity);
		}

		for (const [path, value] of additive(metrics)) {
			expect(sums.get(path), path).toBeCloseTo(value, 5);
		}

		expect(additive(metrics).size).toBeGreaterThan(120);
		expect(commands).toBe(metrics.latency.count);
		expect(latency / commands).toBeCloseTo(metrics.latency.mean ?? 0, 6);
		expect(least).toBe(metrics.ring.numFree.min);
		expect(additive(windows.metrics(0, count))).toEqual(additive(metrics));
	}
});

test('a column of a chart is the figure of the same window in the metrics', () => {
	const {windows} = measured(configuration, {duration: 20 * ms});
	for (const [from, to] of [
		[0, 1],
		[7, 8],
		[3, 19],
	] as const) {
		const part = windows.metrics(from, to);
		expect(windows.value('throughput.completed', from, to)).toBeCloseTo(part.throughput.completed, 9);
		expect(windows.value('lock.contentionShare', from, to)).toBeCloseTo(part.lock.contentionShare, 12);
		expect(windows.value('irqs.perSecond', from, to)).toBeCloseTo(part.irqs.perSecond, 9);
		expect(windows.value('kicks.perSecond', from, to)).toBeCloseTo(part.kicks.perSecond, 9);
		expect(windows.value('ring.numFree.mean', from, to)).toBeCloseTo(part.ring.numFree.mean ?? -1, 9);
		expect(windows.value('lock.spin.worker', from, to)).toBeCloseTo(part.lock.spin.worker, 9);
		expect(windows.value('lock.spin.submitter', from, to)).toBeCloseTo(part.lock.spin.submitter, 9);
		expect(windows.value('latency.mean', from, to) ?? -1).toBeCloseTo(part.latency.mean ?? -1, 9);
	}
});

test('the warm-up is cut: what is measured after it is what its windows hold', () => {
	const whole = measured(configuration, {duration: 30 * ms});
	const cut = measured(configuration, {warmup: 10 * ms, duration: 20 * ms});
	expect(cut.eventHash).toBe(whole.eventHash);
	expect(cut.firstWindow).toBe(10);
	const later = whole.windows.metrics(10, 30);
	const expected = additive(later);
	for (const [path, value] of additive(cut.metrics)) {
		expect(value, path).toBeCloseTo(expected.get(path) ?? -1, 5);
	}

	// A latency that ends later counts whole.
	expect(cut.metrics.latency.count).toBe(later.latency.count);
	expect(cut.metrics.latency.mean).toBeCloseTo(later.latency.mean ?? -1, 9);
	expect(cut.metrics.ring.numFree.min).toBe(later.ring.numFree.min);
});

test('a warm-up that ends within a window is cut there', () => {
	const {metrics, measured: time} = measured(configuration, {warmup: 3_456_789, duration: 20 * ms});
	expect(time).toBe(20 * ms);
	for (const shares of metrics.cpu.vcpus) {
		expect(Object.values(shares).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
	}
});

test('a restart zeroes every accumulator and nothing else', () => {
	const run = runOf(configuration, {duration: 40 * ms});
	const {simulation, recorder} = run;
	simulation.runUntil(15 * ms);
	recorder.restart();
	const empty = recorder.metrics();
	expect([
		empty.latency.count,
		empty.throughput.completed,
		empty.lock.hold.max,
		empty.latency.p99,
		recorder.duration,
	]).toEqual([0, 0, null, null, 0]);
	simulation.runUntil(20 * ms);
	const once = recorder.metrics();
	const expected = measured(configuration, {warmup: 15 * ms, duration: 5 * ms}).metrics;
	expect(once).toEqual(expected);
	// To look is not to change.
	expect(recorder.metrics()).toEqual(once);
});

test('each complete window after the warm-up is reported once, with the changes in it', () => {
	const seen: Array<readonly [number, number]> = [];
	measured(configuration, {
		warmup: 2 * ms,
		duration: 10 * ms,
		changes: [
			{at: 5 * ms, set: {'host.load': 1}},
			{at: 5_999_999, set: {'host.load': 0}},
			{at: 6 * ms, set: {'host.load': 2}},
		],
		onWindow({index, changes}) {
			seen.push([index, changes.length]);
		},
	});
	expect(seen).toEqual([
		[2, 0],
		[3, 0],
		[4, 0],
		[5, 2],
		[6, 1],
		[7, 0],
		[8, 0],
		[9, 0],
		[10, 0],
		[11, 0],
	]);
});

test('a path that no run has is a mistake of the program, one that this run has not is null', () => {
	const {windows} = measured(configuration, {duration: 2 * ms});
	expect(() => windows.value('lock.contention', 0, 1)).toThrow('there is no metric lock.contention');
	expect(windows.value('frames.nobody.missed', 0, 1)).toBeNull();
});

import {expect, test} from 'vitest';
import {type RunOutcome} from '../../source/run/run.js';
import {settledCommands} from '../../source/run/stretches.js';
import {type Change} from '../../source/parameters/configuration.js';
import {client, configurationOf, loopStep, ms, times} from '../helpers/model-configuration.js';
import {leaves, measured, runOf} from '../helpers/model-run.js';

const configuration = configurationOf(
	{
		'queue.size': 16,
		'host.cpus': 2,
		'driver.lockPolicy': 'kick-under-lock',
		'driver.spinlock': 'qspinlock',
		'guest.cost.prepare': {kind: 'exp', mean: 5000},
	},
	[
		client({threads: 2, loop: [loopStep({commands: times(12, 'RESOURCE_CREATE_2D')})]}),
		client({name: 'frames', kind: 'paced', hz: 500}),
	],
);

const kickOut: Change = {at: 30 * ms, set: {'driver.lockPolicy': 'kick-after-unlock'}};
const largerRing: Change = {at: 30 * ms, set: {'queue.size': 64}};
const warmup = 10 * ms;

function changed(changes: readonly Change[], duration = 50 * ms): RunOutcome {
	return measured(configuration, {warmup, duration, changes});
}

test('a run without changes has no stretches', () => {
	expect(changed([]).stretches).toEqual([]);
});

test('a change cuts: each stretch is what a run measures that is warmed up to its start and ends at its end', () => {
	const {stretches, metrics} = changed([kickOut]);
	expect(stretches.map(({from, to, set}) => ({from, to, set}))).toEqual([
		{from: warmup, to: 30 * ms, set: {}},
		{from: 30 * ms, to: 60 * ms, set: kickOut.set},
	]);
	expect(stretches[0].metrics).toEqual(changed([], 20 * ms).metrics);
	expect(stretches[1].metrics).toEqual(
		measured(configuration, {warmup: 30 * ms, duration: 30 * ms, changes: [kickOut]}).metrics,
	);
	expect(metrics.latency.count).toBe(stretches[0].metrics.latency.count + stretches[1].metrics.latency.count);
	expect(stretches.map(stretch => stretch.configuration.parameters['driver.lockPolicy'])).toEqual([
		'kick-under-lock',
		'kick-after-unlock',
	]);
});

test('stretches that fill the measured time make up its rates and shares', () => {
	const {stretches, metrics, measured: time} = changed([kickOut, {at: 41_234_567, set: {'host.load': 1}}]);
	const sums = new Map<string, number>();
	for (const {from, to, metrics: part} of stretches) {
		for (const [path, value] of leaves(part)) {
			sums.set(path, (sums.get(path) ?? 0) + (Number(value) * (to - from)) / time);
		}
	}

	const additive = leaves(metrics).filter(([path]) =>
		/^(?:throughput|lock\.(?:spin|waits|matrix|contentionShare)|cpu|bql|ring\.(?:numFree|inFlight)\.mean)/v.test(
			path,
		),
	);
	expect(additive.length).toBeGreaterThan(50);
	for (const [path, value] of additive) {
		expect(sums.get(path), path).toBeCloseTo(Number(value), 6);
	}
});

test('a device reset: the drain is in no stretch, and the next one begins with the new rings', () => {
	const {
		stretches: [before, after],
		metrics,
	} = changed([largerRing]);
	expect(before.to).toBe(30 * ms);
	expect(before.metrics).toEqual(changed([], 20 * ms).metrics);
	expect(before.metrics.ring.numFree.min).toBe(0);
	expect(after.from).toBeGreaterThan(30 * ms);
	expect(after.from).toBeLessThan(32 * ms);
	expect(after.metrics.throughput.submitted).toBe(
		measured(configuration, {warmup: after.from, duration: 60 * ms - after.from, changes: [largerRing]}).metrics
			.throughput.submitted,
	);
	expect(after.metrics.ring).toMatchObject({fullWaits: 0, numFree: {max: 64}});
	// The whole is of both rings.
	expect(metrics.ring.numFree).toMatchObject({min: 0, max: 64});
	expect(metrics.ring.fullWaits).toBeGreaterThan(0);
});

test('changes at one time, in the warm-up and during a drain begin no stretch of their own', () => {
	const both = {'driver.lockPolicy': 'kick-after-unlock', 'host.load': 1};
	const sets = (changes: readonly Change[]): unknown => changed(changes).stretches.map(({set}) => set);
	expect(sets([kickOut, {at: 30 * ms, set: {'host.load': 1}}])).toEqual([{}, both]);
	expect(
		sets([
			{...kickOut, at: ms},
			{at: warmup, set: {'host.load': 1}},
		]),
	).toEqual([both]);
	expect(sets([largerRing, {at: 30 * ms + 1, set: {'host.load': 1}}])).toEqual([
		{},
		{'queue.size': 64, 'host.load': 1},
	]);
});

test('a change at its next use during a drain waits with it', () => {
	const {stretches} = changed([largerRing, {at: 30 * ms + 1, set: {'host.load': 1}}]);
	expect(stretches[1].from).toBeGreaterThan(30 * ms + 1);
});

test('a stretch of fewer than 200 commands is settling', () => {
	const {stretches} = changed([kickOut, {at: 60 * ms - 50_000, set: {'host.load': 1}}]);
	expect(stretches.map(({settling}) => settling)).toEqual([false, false, true]);
	expect(stretches[0].commands).toBeGreaterThanOrEqual(settledCommands);
	expect(stretches[2].commands).toBeLessThan(settledCommands);
});

test('a run that ends in a drain has a last stretch with nothing in it', () => {
	const {stretches} = changed([{...largerRing, at: 60 * ms - 1}]);
	expect(stretches.at(-1)).toMatchObject({
		from: 60 * ms,
		to: 60 * ms,
		set: largerRing.set,
		commands: 0,
		settling: true,
	});
	for (const [path, value] of leaves(stretches.at(-1)?.metrics)) {
		expect(value === null || Number.isFinite(value), path).toBe(true);
	}
});

test('a run cut short has the stretches that it came to', () => {
	const run = runOf(configuration, {warmup, changes: [kickOut]});
	expect(run.outcome().stretches).toEqual([]);
	while (run.simulation.now < 20 * ms) {
		run.advance(100);
	}

	expect(run.outcome().stretches).toMatchObject([{from: warmup, to: run.simulation.now, set: {}}]);
});

test('pieces and looks on the way change no stretch and no event', () => {
	const changes = [kickOut, {...largerRing, at: 40 * ms}];
	const whole = changed(changes);
	const run = runOf(configuration, {warmup, duration: 50 * ms, changes});
	for (let piece = 1; !run.advance(piece); piece = (piece % 997) + 13) {
		run.outcome();
	}

	const {stretches, eventHash, metrics} = run.outcome();
	expect(stretches).toEqual(whole.stretches);
	expect(metrics).toEqual(whole.metrics);
	expect(eventHash).toBe(whole.eventHash);
});

test('exits are there while there is KVM', () => {
	const {stretches, metrics} = changed([{at: 30 * ms, set: {'host.accel': 'tcg'}}]);
	expect(stretches[0].metrics.exits.user).toBeGreaterThan(0);
	expect(stretches[1].metrics.exits.user).toBeNull();
	expect(metrics.exits.user).toBeGreaterThan(0);
});

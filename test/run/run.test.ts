import {expect, test} from 'vitest';
import {UserError} from '../../source/errors/user-error.js';
import {client, configurationOf, constant, ms} from '../helpers/model-configuration.js';
import {measured, runOf} from '../helpers/model-run.js';

const configuration = configurationOf({}, [client({threads: 2})]);

test('a run ends at its duration, and says how far it is', () => {
	const run = runOf(configuration, {warmup: 5 * ms, duration: 15 * ms});
	expect(run.progress).toBe(0);
	expect(run.advance(50)).toBe(false);
	expect(run.outcome().end).toBe('interrupted');
	expect(run.progress).toBeGreaterThan(0);
	expect(run.progress).toBeLessThan(1);
	while (!run.advance(1000)) {
		// To the end.
	}

	const outcome = run.outcome();
	expect([run.progress, outcome.end, outcome.measured, outcome.stall]).toEqual([1, 'duration', 15 * ms, null]);
	expect(run.simulation.now).toBe(20 * ms);
	// A run that has ended stays there.
	expect(run.advance(1000)).toBe(true);
	expect(run.outcome().eventHash).toBe(outcome.eventHash);
});

test('an interrupted run has the figures of what was simulated', () => {
	const run = runOf(configuration, {warmup: 0, duration: 1000 * ms});
	run.advance(2000);
	const {measured: time, metrics, end} = run.outcome();
	expect(end).toBe('interrupted');
	expect(time).toBe(run.simulation.now);
	expect((metrics.throughput.completed * time) / 1e9).toBeCloseTo(metrics.latency.count, 6);
});

test('changes act at their time, whatever their order in the list', () => {
	const early = {at: 3 * ms, set: {'device.cost.RESOURCE_CREATE_2D': constant(ms)}};
	const late = {at: 13 * ms, set: {'device.cost.RESOURCE_CREATE_2D': constant(1000)}};
	const ordered = measured(configuration, {changes: [early, late], duration: 20 * ms});
	const disordered = measured(configuration, {changes: [late, early], duration: 20 * ms});
	expect(disordered.eventHash).toBe(ordered.eventHash);
	const rate = (from: number, to: number): number => ordered.windows.metrics(from, to).throughput.completed;
	expect(rate(5, 13)).toBeLessThan(rate(0, 3) / 5);
	expect(rate(14, 20)).toBeGreaterThan(rate(0, 3));
	expect(ordered.simulation.configuration.parameters['device.cost.RESOURCE_CREATE_2D']).toEqual(constant(1000));
});

test('a change after the end of the run does not act', () => {
	const plain = measured(configuration, {duration: 5 * ms});
	const after = measured(configuration, {duration: 5 * ms, changes: [{at: 6 * ms, set: {'host.load': 2}}]});
	expect(after.eventHash).toBe(plain.eventHash);
	expect(after.simulation.configuration.parameters['host.load']).toBe(0);
});

test('a change that needs a new run is refused when its time comes', () => {
	const run = runOf(configuration, {duration: 5 * ms, changes: [{at: 2 * ms, set: {'guest.vcpus': 4}}]});
	expect(() => run.advance(Infinity)).toThrow(UserError);
});

test('observers are told of the simulation before its first event', () => {
	let points = 0;
	const outcome = measured(configuration, {
		duration: ms,
		prepare(simulation) {
			expect(simulation.events).toBe(0);
			simulation.observe({
				every() {
					points++;
				},
			});
		},
	});
	expect(points).toBeGreaterThan(outcome.events / 4);
});

test('what has been started and not answered is unfinished', () => {
	const {unfinished} = measured(
		configurationOf({'device.cost.RESOURCE_CREATE_2D': constant(50 * ms)}, [client({threads: 3})]),
		{duration: 20 * ms},
	);
	expect(unfinished).toBe(3);
});

import {expect, test} from 'vitest';
import {Simulation} from '../../source/simulation/simulation.js';
import {
	client,
	configurationOf,
	constant,
	cursorClient,
	loopStep,
	ms,
	type Settings,
	times,
} from '../helpers/model-configuration.js';
import {ModelLog} from '../helpers/model-log.js';

const clients = [
	client({threads: 2, loop: [loopStep({commands: times(12, 'RESOURCE_CREATE_2D')})]}),
	cursorClient({think: constant(100_000)}),
];

/** Runs 10 ms, applies the change, runs 10 ms more. */
function changed(
	set: Settings,
	before: Settings = {},
): {readonly simulation: Simulation; readonly log: ModelLog; readonly effect: string} {
	const simulation = new Simulation(configurationOf({'queue.size': 16, ...before}, clients), 1);
	const log = new ModelLog();
	simulation.observe(log);
	simulation.runUntil(10 * ms);
	const effect = simulation.apply(set);
	simulation.runUntil(20 * ms);
	return {simulation, log, effect};
}

test.each([
	[{'queue.size': 64}, 64, 'split'],
	[{'queue.size': 4}, 4, 'split'],
	[{'queue.layout': 'packed'}, 16, 'packed'],
	[{'queue.layout': 'packed', 'queue.size': 23}, 23, 'packed'],
	[{'host.ioeventfd': true}, 16, 'split'],
] as const)('%o: what is outstanding is drained, the ring is made anew, submitters go on', (set, size, layout) => {
	const {simulation, log, effect} = changed(set);
	expect(effect).toBe('reset');
	const [begin, end] = log.of('reset');
	expect([begin.value, end.value]).toEqual([1, 0]);
	expect(begin.time).toBe(10 * ms);
	expect(end.time).toBeGreaterThan(begin.time);
	// Every command that had been published has been answered before the rings are replaced.
	const until = log.entries.indexOf(end);
	const during = new ModelLog();
	during.entries.push(...log.entries.slice(0, until));
	expect(during.count('responded')).toBe(during.count('published'));
	expect(log.of('responded').filter(({time}) => time > end.time).length).toBeGreaterThan(20);
	const {ring} = simulation.state.guest.core.queues[0];
	expect([ring.size, ring.layout]).toEqual([size, layout]);
	expect(simulation.isResetting).toBe(false);
	// The first add after it finds an empty ring.
	expect(log.of('freeAtAdd').find(({time, subject}) => time >= end.time && subject === 0)?.value).toBe(size);
});

test('no submitter takes the lock while the reset drains, but for those that sleep for room', () => {
	const {log} = changed({'queue.size': 64}, {'queue.size': 256});
	const [begin, end] = log.of('reset');
	const calls = log.of('lockCalled').filter(({time, value}) => value !== 2 && time > begin.time && time < end.time);
	expect(calls).toEqual([]);
});

test.each([
	[{'driver.lockPolicy': 'kick-under-lock'}],
	[{'device.cost.RESOURCE_CREATE_2D': constant(1000)}],
	[{'host.load': 1}],
	[{'queue.size': 16}],
] as const)('%o takes effect at its next use, without a reset', set => {
	const {log, effect} = changed(set);
	expect(effect).toBe('next-use');
	expect(log.count('reset')).toBe(0);
});

test.each([[{'guest.vcpus': 4}], [{'host.cpus': 1}], [{'driver.spinlock': 'qspinlock'}]] as const)(
	'%o needs a new run, and is refused',
	set => {
		const simulation = new Simulation(configurationOf({}, clients), 1);
		simulation.runUntil(ms);
		const before = simulation.configuration;
		expect(() => simulation.apply(set)).toThrow(/new run/v);
		expect(simulation.configuration).toBe(before);
	},
);

test('a cost changed between two commands holds for the second', () => {
	const {log} = changed({'device.cost.RESOURCE_CREATE_2D': constant(1000)});
	const services = (from: number, to: number): Set<number> => {
		const seen = new Set<number>();
		const started = new Map<number, number>();
		for (const {point, time, subject} of log.of('serviceStarted', 'usedPublished')) {
			if (point === 'serviceStarted') {
				started.set(subject, time);
			} else if (time >= from && time < to) {
				// The push takes 350 ns.
				seen.add(time - 350 - (started.get(subject) ?? 0));
			}
		}

		return seen;
	};

	expect(services(0, 10 * ms).has(20_000)).toBe(true);
	expect(services(11 * ms, 20 * ms).has(20_000)).toBe(false);
	expect(services(11 * ms, 20 * ms).has(1000)).toBe(true);
});

test('a second change during a reset joins it', () => {
	const simulation = new Simulation(configurationOf({'queue.size': 16}, clients), 1);
	const log = new ModelLog();
	simulation.observe(log);
	simulation.runUntil(10 * ms);
	simulation.apply({'queue.size': 64});
	expect(simulation.isResetting).toBe(true);
	simulation.apply({'queue.layout': 'packed'});
	simulation.runUntil(20 * ms);
	const {ring} = simulation.state.guest.core.queues[0];
	expect([ring.size, ring.layout, log.count('reset')]).toEqual([64, 'packed', 2]);
});

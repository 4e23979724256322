import {expect, test} from 'vitest';
import {runSimulation, type RunOutcome} from '../../source/run/run.js';
import {type FaultSpec} from '../../source/parameters/configuration.js';
import {type Configuration} from '../../source/simulation/configuration.js';
import {UserError} from '../../source/errors/user-error.js';
import {Simulation} from '../../source/simulation/simulation.js';
import {client, configurationOf, constant, loopStep, ms, type Settings, times} from '../helpers/model-configuration.js';
import {logged} from '../helpers/model-log.js';

function run(configuration: Configuration): RunOutcome {
	return runSimulation({
		configuration,
		seed: 1,
		warmup: 0,
		duration: 200 * ms,
		changes: [],
	});
}

const slow = client({think: constant(ms)});
const faulty = (fault: FaultSpec, set: Settings = {}): Configuration => configurationOf(set, [slow], [fault]);

test.each([
	['lost-kick', 1, 0],
	['lost-irq', 0, 1],
] as const)(
	'a %s leaves work in the ring and both sides asleep: the run ends with a stall',
	(kind, unpopped, unreaped) => {
		const outcome = run(faulty({at: 10 * ms, kind}));
		expect(outcome.end).toBe('stall');
		expect(outcome.stall).toMatchObject({kind, ring: {unpopped, unreaped}});
		expect(outcome.stall?.at).toBeGreaterThan(0.01);
		expect(outcome.stall?.at).toBeLessThan(0.0125);
		expect(outcome.stall?.waits).toEqual([{who: 'app (thread 0)', on: 'response', holder: null}]);
		expect(outcome.unfinished).toBe(1);
	},
);

test('a lost kick is made good by the next one, if somebody rings', () => {
	const outcome = run(
		configurationOf(
			{},
			[slow, client({name: 'other', think: constant(3 * ms)})],
			[{at: 10 * ms, kind: 'lost-kick'}],
		),
	);
	// The next doorbell is not needed: the ring says that the host still has to pop.
	expect(outcome.end).toBe('stall');
	expect(outcome.stall?.ring.unpopped).toBe(2);
	const flags = run(
		configurationOf(
			{'queue.eventIdx': false},
			[slow, client({name: 'other', think: constant(3 * ms)})],
			[{at: 10 * ms, kind: 'lost-kick'}],
		),
	);
	// Without event indices every notify rings, and the second finds both.
	expect(flags.end).toBe('duration');
});

test('faults that never strike change nothing but the events of their timers', () => {
	const never = run(
		faulty({
			at: ms,
			kind: 'lost-kick',
			every: ms,
			probability: 0,
		}),
	);
	expect(never.end).toBe('duration');
	expect(never.metrics.throughput).toEqual(run(configurationOf({}, [slow])).metrics.throughput);
});

test('a repeated fault strikes with its probability', () => {
	const {log} = logged(
		configurationOf(
			{'queue.eventIdx': false},
			[slow, client({name: 'other', think: constant(700_000)})],
			[
				{
					at: ms,
					kind: 'lost-kick',
					every: 4 * ms,
					probability: 0.5,
				},
			],
		),
		1000 * ms,
	);
	const lost = log.of('doorbellDelivered').filter(({value}) => value === 1).length;
	// A binomial of 250 and one half, four standard deviations.
	expect(Math.abs(lost - 125)).toBeLessThan(4 * Math.sqrt(250 / 4) + 1);
});

test('a host stall keeps the BQL for its time, and everybody waits', () => {
	const {log} = logged(configurationOf({}, [slow], [{at: 5 * ms, kind: 'host-stall', for: 20 * ms}]), 60 * ms);
	let taken = -1;
	let longest = 0;
	for (const {point, time} of log.of('bqlAcquired', 'bqlReleased')) {
		longest = point === 'bqlReleased' ? Math.max(longest, time - taken) : longest;
		taken = point === 'bqlAcquired' ? time : taken;
	}

	expect(longest).toBeGreaterThanOrEqual(20 * ms);
	expect(longest).toBeLessThan(20.1 * ms);
	expect(log.of('responded').some(({time}) => time > 6 * ms && time < 25 * ms)).toBe(false);
	expect(log.of('responded').some(({time}) => time > 26 * ms)).toBe(true);
});

test('a stalled device refuses a reset and says why', () => {
	const simulation = new Simulation(faulty({at: 10 * ms, kind: 'lost-kick'}), 1);
	simulation.runUntil(50 * ms);
	expect(simulation.stall()?.kind).toBe('lost-kick');
	expect(() => simulation.apply({'queue.size': 128})).toThrow(UserError);
	expect(simulation.configuration.parameters['queue.size']).toBe(64);
	expect(simulation.isResetting).toBe(false);
});

test('a healthy run is never stalled, idle ones included', () => {
	const simulation = new Simulation(configurationOf({}, [slow]), 1);
	for (let time = ms; time <= 100 * ms; time += 250_000) {
		simulation.runUntil(time);
		expect(simulation.stall()).toBeNull();
	}
});

test.each([
	[64, 'stall'],
	[256, 'duration'],
] as const)('a ring of %i slots and a lost kick while a burst of 120 fills it: %s', (size, end) => {
	const burst = client({
		wait: 'none',
		kind: 'paced',
		hz: 100,
		loop: [
			loopStep({commands: times(60, 'RESOURCE_CREATE_2D'), notify: 'none', prepare: constant(500)}),
			loopStep({commands: times(60, 'RESOURCE_CREATE_2D'), prepare: constant(500)}),
		],
	});
	const outcome = run(
		configurationOf({'queue.size': size, 'queue.eventIdx': false}, [burst], [{at: 20 * ms, kind: 'lost-kick'}]),
	);
	expect(outcome.end).toBe(end);
	expect(outcome.stall?.waits.map(({on}) => on)).toEqual(end === 'stall' ? ['ack_queue (ring full)'] : undefined);
});

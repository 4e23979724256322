import {expect, test} from 'vitest';
import {scriptedChooser} from '../../source/engine/choice-points.js';
import {type FaultSpec} from '../../source/parameters/configuration.js';
import {type Configuration} from '../../source/simulation/configuration.js';
import {explore} from '../../source/simulation/exploration.js';
import {Simulation} from '../../source/simulation/simulation.js';
import {
	client,
	configurationOf,
	constant,
	loopStep,
	ms,
	noCosts,
	type Settings,
} from '../helpers/model-configuration.js';

/**
Two submitters with a command each, and nothing takes time: whatever can come in
another order is due at one time.
*/
function tiny(set: Settings = {}, faults: readonly FaultSpec[] = [], pages = 0): Configuration {
	return configurationOf(
		{
			...noCosts,
			'guest.vcpus': 1,
			'host.cpus': 2,
			'host.ioeventfd': true,
			'queue.size': 4,
			'queue.cursorSize': 4,
			...set,
		},
		[
			client({
				threads: 2,
				loop: [loopStep(pages === 0 ? {} : {commands: ['RESOURCE_ATTACH_BACKING'], pages})],
				think: constant(10 * ms),
			}),
		],
		faults,
	);
}

const popped = ({state}: Simulation): boolean => state.guest.core.queues[0].ring.lastAvail >= 2;
const reaped = ({state}: Simulation): boolean => state.guest.core.queues[0].ring.lastUsed >= 2;

test('two submitters, a command each: on no way is a kick lost or an invariant broken before both are popped', () => {
	const {breaches, isComplete, states, ways} = explore(new Simulation(tiny(), 1), {isDone: popped, until: 5 * ms});
	expect(breaches).toEqual([]);
	expect(isComplete).toBe(true);
	expect(states).toBeGreaterThan(200);
	// Ways meet again: a state says nothing of its past.
	expect(ways).toBeGreaterThan(states);
});

test('nor is an interrupt, from there until the guest has both back', () => {
	const simulation = new Simulation(tiny(), 1);
	simulation.choices.stepsApart = true;
	while (!popped(simulation)) {
		simulation.step();
	}

	const {breaches, isComplete, states} = explore(simulation, {isDone: reaped, until: 5 * ms});
	expect(breaches).toEqual([]);
	expect(isComplete).toBe(true);
	expect(states).toBeGreaterThan(10);
});

test('a kick that is lost is found, and the answers that were given lead there again', () => {
	const configuration = tiny({}, [{kind: 'lost-kick', at: 0}]);
	const {breaches, isComplete} = explore(new Simulation(configuration, 1), {isDone: reaped, until: 5 * ms});
	expect(isComplete).toBe(false);
	expect(breaches).toMatchObject([{kind: 'stall', what: 'lost-kick'}]);
	const again = new Simulation(configuration, 1);
	again.choices.stepsApart = true;
	again.choices.chooser = scriptedChooser(breaches[0].choices);
	while (again.now < ms && again.stall() === null && again.step()) {
		// Up to the stall.
	}

	expect(again.stall()?.kind).toBe('lost-kick');
});

test('driver.waitBug, which asks for more slots than there are, is found', () => {
	const simulation = new Simulation(tiny({'driver.waitBug': true}, [], 8), 1);
	expect(explore(simulation, {isDone: reaped, until: 5 * ms}).breaches).toMatchObject([
		{kind: 'stall', what: 'wait-condition'},
	]);
});

import {expect, test} from 'vitest';
import {type Chooser, scriptedChooser} from '../../source/engine/choice-points.js';
import {randomChooser} from '../../source/engine/random-chooser.js';
import {loadPreset} from '../../source/presets/load-preset.js';
import {configurationOf as presetConfiguration} from '../../source/presets/preset.js';
import {type Configuration} from '../../source/simulation/configuration.js';
import {checkInvariants} from '../../source/simulation/invariants.js';
import {Simulation} from '../../source/simulation/simulation.js';
import {client, configurationOf, noCosts, us} from '../helpers/model-configuration.js';

/**
Six clients on four vCPUs, which share three host CPUs, and a lock without a
queue; next to nothing takes time.
*/
const crowded: Configuration = configurationOf(
	{
		...noCosts,
		'guest.cost.prepare': us,
		'guest.cost.add': us,
		'device.cost.RESOURCE_CREATE_2D': us,
		'guest.vcpus': 4,
		'host.cpus': 3,
		'host.newidle': 0.5,
		'host.migrationCost': 0,
		'driver.spinlock': 'test-and-set',
		'queue.size': 8,
	},
	[client({threads: 6})],
);

/** Runs so many events with these choices, the invariants checked after each. */
function chosen(
	configuration: Configuration,
	chooser: Chooser | undefined,
	events: number,
	stepsApart = false,
): Simulation {
	const simulation = new Simulation(configuration, 1);
	simulation.choices.chooser = chooser;
	simulation.choices.stepsApart = stepsApart;
	for (let i = 0; i < events && simulation.step(); i++) {
		checkInvariants(simulation.state);
	}

	return simulation;
}

test.each(['seed-2019-kick-under-lock', 'testbed', 'testbed-pmem', 'big-lock-bystander'])(
	'%s has the same events with a chooser that says what the rules say',
	preset => {
		const hash = (chooser: Chooser | undefined): string => {
			const simulation = new Simulation(presetConfiguration(loadPreset(preset)), 1);
			simulation.choices.chooser = chooser;
			simulation.runUntil(Infinity, 15_000);
			return simulation.eventHash();
		};

		expect(hash((_kind, _count, usual) => usual)).toBe(hash(undefined));
	},
);

test('whatever is chosen keeps the invariants, and every kind of question is asked', () => {
	const kinds = new Set<string>();
	const hashes = new Set<string>();
	for (let seed = 0; seed < 20; seed++) {
		const random = randomChooser(seed);
		const simulation = chosen(
			crowded,
			(kind, count, usual) => {
				kinds.add(kind);
				return random(kind, count, usual);
			},
			300,
			seed % 2 === 1,
		);
		expect(simulation.stall()).toBeNull();
		hashes.add(simulation.eventHash());
	}

	expect(hashes.size).toBe(20);
	expect([...kinds].toSorted()).toEqual(['first', 'handover', 'newidle']);
});

test('the same answers give the same events and the same state', () => {
	const answers: number[] = [];
	const random = randomChooser(3);
	const first = chosen(
		crowded,
		(kind, count, usual) => {
			answers.push(random(kind, count, usual));
			return answers.at(-1) ?? usual;
		},
		600,
	);
	const second = chosen(crowded, scriptedChooser(answers), 600);
	expect(second.eventHash()).toBe(first.eventHash());
	expect(second.stateHash()).toBe(first.stateHash());
	expect(chosen(crowded, scriptedChooser(answers.slice(0, 50)), 600).eventHash()).not.toBe(first.eventHash());
});

test('steps apart are more events', () => {
	const [together, apart] = [false, true].map(stepsApart => {
		const simulation = new Simulation(crowded, 1);
		simulation.choices.stepsApart = stepsApart;
		simulation.runUntil(100 * us);
		return simulation.events;
	});
	expect(apart).toBeGreaterThan(1.2 * together);
});

test('a state has the fingerprint that it had, in the run that goes back and in another one', () => {
	const simulation = new Simulation(presetConfiguration(loadPreset('testbed')), 1);
	simulation.runUntil(2e6);
	const checkpoint = simulation.checkpoint();
	const before = simulation.stateHash();
	simulation.runUntil(4e6);
	const after = simulation.stateHash();
	expect(after).not.toBe(before);
	simulation.restore(checkpoint);
	expect(simulation.stateHash()).toBe(before);
	simulation.runUntil(4e6);
	expect(simulation.stateHash()).toBe(after);
	const other = new Simulation(presetConfiguration(loadPreset('testbed')), 1);
	other.restore(checkpoint);
	other.runUntil(3e6, 100);
	other.runUntil(4e6);
	expect(other.stateHash()).toBe(after);
});

import {expect, test} from 'vitest';
import {commands} from '../../source/devices/gpu/commands.js';
import {loadPreset} from '../../source/presets/load-preset.js';
import {configurationOf as presetConfiguration} from '../../source/presets/preset.js';
import {type Configuration} from '../../source/simulation/configuration.js';
import {parameters} from '../../source/simulation/parameters/table.js';
import {Simulation} from '../../source/simulation/simulation.js';
import {client, configurationOf, loopStep, ms, type Settings} from '../helpers/model-configuration.js';
import {otherValue} from '../helpers/other-value.js';

const live = parameters.filter(
	({effect, group, devices}) => effect === 'next-use' && group !== 'run' && devices === undefined,
);

type Case = {readonly name: string; readonly configure: (settings: Settings) => Configuration};

const preset = (name: string, settings: Settings = {}): Case => ({
	name,
	configure: changed => presetConfiguration(loadPreset(name), {...settings, ...changed}),
});

const namesOf = (queue: string) => commands.filter(command => command.queue === queue).map(({name}) => name);

/** Every command there is, on the backend that asks QEMU for display information. */
const everyCommand: Case = {
	name: 'every command',
	configure: settings =>
		configurationOf(
			{
				'device.kind': 'virgl',
				'host.backend': 'vhost-user-gpu',
				'host.cpus': 2,
				'guest.freePeriod': '2ms',
				...settings,
			},
			[
				client({loop: [loopStep({commands: namesOf('control')})], wait: 'response'}),
				client({
					name: 'pointer',
					queue: 'cursor',
					loop: [loopStep({commands: namesOf('cursor')})],
					wait: 'none',
				}),
			],
		),
};

/** In this order: a parameter is compared where it first changes an event. */
const cases: readonly Case[] = [
	everyCommand,
	preset('display-swap-blocks'),
	preset('pause-loop-exits'),
	preset('seed-2019-kick-under-lock', {'guest.cost.spinThreshold': 20}),
	preset('resource-wait-flood'),
	preset('venus-fence-callback'),
	preset('mapped-doorbell'),
	preset('fence-under-lock'),
	preset('libkrun-no-event-idx'),
	preset('testbed'),
	preset('wait-condition-bug'),
	preset('big-lock-bystander'),
];

/**
A machine is on its way before anything can be changed: it has used these,
and they act at their next use.
*/
const usedAtStart: readonly string[] = ['host.load', 'host.contextSwitch', 'host.cost.haltWake', 'host.timeslice'];

/**
Nothing in these cases shows them; where a function may sleep does not move an event,
a test of its own looks at it.
*/
const notExercised: readonly string[] = ['driver.edidProperty', 'guest.runToParity'];

const length = 10 * ms;

function hashOf(configuration: Configuration, change?: Settings): string {
	const simulation = new Simulation(configuration, 1);
	if (change !== undefined) {
		simulation.apply(change);
	}

	simulation.runUntil(length);
	return simulation.eventHash();
}

test('a live parameter that is changed at once has the settings of a run that starts with it', () => {
	const before = everyCommand.configure({});
	for (const entry of live) {
		const change = {[entry.key]: otherValue(entry, before.parameters[entry.key], before.parameters['guest.vcpus'])};
		const changed = new Simulation(before, 1);
		changed.apply(change);
		const started = new Simulation(everyCommand.configure(change), 1);
		for (const part of ['driver', 'hostSettings', 'guestScheduler', 'hostScheduler'] as const) {
			expect(changed.state[part], `${entry.key} in ${part}`).toEqual(started.state[part]);
		}
	}
});

test('a live parameter that is changed at once gives the events of a run that starts with it', () => {
	const left = new Set(live);
	const stale = new Set<string>();
	for (const {configure} of cases) {
		const base = configure({});
		const plain = hashOf(base);
		for (const entry of left) {
			const change = {[entry.key]: otherValue(entry, base.parameters[entry.key], base.parameters['guest.vcpus'])};
			const changed = hashOf(base, change);
			if (changed === plain) {
				continue;
			}

			// It acts; elsewhere it may not be in use when the machine starts.
			if (changed === hashOf(configure(change))) {
				left.delete(entry);
				stale.delete(entry.key);
			} else {
				stale.add(entry.key);
			}
		}
	}

	expect([...stale]).toEqual(usedAtStart);
	expect([...left].map(({key}) => key).filter(key => !stale.has(key))).toEqual(notExercised);
});

import {expect, test} from 'vitest';
import {loadPreset} from '../../source/presets/load-preset.js';
import {configurationOf as presetConfiguration} from '../../source/presets/preset.js';
import {Simulation} from '../../source/simulation/simulation.js';
import {client, configurationOf, constant, loopStep, ms, type Settings, us} from '../helpers/model-configuration.js';
import {logged} from '../helpers/model-log.js';

const emulated: Settings = {'host.accel': 'tcg', 'driver.spinlock': 'test-and-set'};

/** vCPU 0 computes for long. */
const busy = client({vcpu: 0, loop: [loopStep({prepare: constant(50 * ms)})]});

test.each([
	['tcg', true],
	['kvm', false],
] as const)('%s: sending an interrupt to another vCPU takes the vCPU to the BQL: %s', (accel, leaves) => {
	const simulation = new Simulation(
		configurationOf({...emulated, 'host.accel': accel, 'host.cost.apicBql': constant(3 * us)}, [busy]),
		1,
	);
	simulation.runUntil(ms);
	const {state} = simulation;
	const cpu = state.guest.core.cpus.cpus[0];
	expect(cpu.frozen).toBe(false);
	state.ipi(cpu.id);
	state.settle();
	expect(cpu.frozen).toBe(leaves);
	simulation.runUntil(ms + 10 * us);
	expect(cpu.frozen).toBe(false);
});

test.each([
	[0, 0],
	[75, 0.5],
	[150, 0.75],
	[1000, 0.75],
])('a PAUSE of 150 ns that has the BQL for %s ns is met with the chance %s', (held, chance) => {
	const {pauses} = new Simulation(
		configurationOf({...emulated, 'guest.pause': 150, 'host.cost.pauseBql': constant(held)}, [busy]),
		1,
	).state.host.core;
	let met = 0;
	for (let i = 0; i < 10_000; i++) {
		met += pauses.meet() ? 1 : 0;
	}

	// Five standard deviations.
	expect(Math.abs(met / 10_000 - chance)).toBeLessThan(0.025);
});

test.each([
	[0, 0, 0],
	[100, 1, Infinity],
])('with %s ns of BQL in a PAUSE others find it taken though nobody has it, %s times or more', (held, least, most) => {
	const {log} = logged(presetConfiguration(loadPreset('testbed'), {'host.cost.pauseBql': constant(held)}), 300 * ms);
	let owned = false;
	let count = 0;
	for (const {point} of log.of('bqlAcquired', 'bqlReleased', 'bqlContended')) {
		if (point === 'bqlContended') {
			count += owned ? 0 : 1;
		} else {
			owned = point === 'bqlAcquired';
		}
	}

	expect(count).toBeGreaterThanOrEqual(least);
	expect(count).toBeLessThanOrEqual(most);
});

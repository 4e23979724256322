import {expect, test} from 'vitest';
import {threadState} from '../../source/cpu/thread.js';
import {runSimulation, type RunOutcome} from '../../source/run/run.js';
import {type GivenParameters} from '../../source/simulation/parameters/resolve.js';
import {loadPreset} from '../../source/presets/load-preset.js';
import {configurationOf as presetConfiguration} from '../../source/presets/preset.js';
import {Simulation} from '../../source/simulation/simulation.js';
import {ms} from '../helpers/model-configuration.js';

/** The incident of 2019. */
function seed(set: GivenParameters): RunOutcome {
	return runSimulation({
		configuration: presetConfiguration(loadPreset('seed-2019-kick-under-lock'), set),
		seed: 1,
		warmup: 50 * ms,
		duration: 250 * ms,
		changes: [],
		check: true,
	});
}

test('with pause-loop exits all kinds of spinlock do work of one order on one host CPU', () => {
	const rates = (['pv-qspinlock', 'test-and-set', 'qspinlock'] as const).map(
		spinlock => seed({'host.cpus': 1, 'driver.spinlock': spinlock}).metrics.throughput.completed,
	);
	expect(Math.min(...rates)).toBeGreaterThan(5000);
	expect(Math.max(...rates) / Math.min(...rates)).toBeLessThan(3);
});

test('a lock is acquired by threads that execute only, also where it is handed to one whose vCPU is off its CPU', () => {
	const simulation = new Simulation(
		presetConfiguration(loadPreset('seed-2019-kick-under-lock'), {'host.cpus': 1, 'driver.spinlock': 'qspinlock'}),
		1,
	);
	const {guest, host} = simulation.state;
	let acquired = 0;
	simulation.observe({
		lockAcquired(_time, thread) {
			const {cpu} = guest.core.cpus.threads[thread];
			expect([guest.core.cpus.cpus[cpu].frozen, host.core.cpus.threads[cpu].state]).toEqual([
				false,
				threadState.running,
			]);
			acquired++;
		},
	});
	simulation.runUntil(200 * ms);
	expect(acquired).toBeGreaterThan(500);
});

test('other load shares the CPUs that the VMM has, and takes its part', () => {
	const [alone, loaded] = [0, 4].map(load => seed({'host.cpus': 'auto', 'host.load': load}).metrics);
	expect(loaded.throughput.completed).toBeLessThan(0.6 * alone.throughput.completed);
	expect(loaded.cpu.vcpus[0].stolen).toBeGreaterThan(0.1);
	expect(alone.cpu.vcpus[0].stolen).toBe(0);
});

test('two host CPUs give the same wherever the main loop is pinned, and as much as where it is not', () => {
	const spins = [{}, {'host.pinServer': 0}, {'host.pinServer': 1}].map(
		set => seed({'host.cpus': 2, ...set}).metrics.lock.spin.worker,
	);
	expect(Math.max(...spins)).toBeLessThan(10);
});

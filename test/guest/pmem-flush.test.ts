import {expect, test} from 'vitest';
import {loadPreset} from '../../source/presets/load-preset.js';
import {configurationOf} from '../../source/presets/preset.js';
import {runSimulation} from '../../source/run/run.js';
import {checkInvariants} from '../../source/simulation/invariants.js';
import {Simulation} from '../../source/simulation/simulation.js';
import {type ParameterValue} from '../../source/parameters/configuration.js';

const ms = 1_000_000;
const flush = loadPreset('pmem-flush');
const testbed = loadPreset('testbed-pmem');

function metricsOf(preset: typeof flush, set: Record<string, ParameterValue>, clients = {}) {
	const configuration = configurationOf(preset, set);
	return runSimulation({
		configuration: {...configuration, clients: configuration.clients.map(client => ({...client, ...clients}))},
		seed: 1,
		warmup: 20 * ms,
		duration: 40 * ms,
		window: 40 * ms,
		changes: [],
	}).metrics;
}

test('the interrupt handler spins for a flusher that is out in its doorbell, and many flushes share an interrupt', () => {
	const {lock, irqs, ring} = metricsOf(flush, {});
	expect(lock.waits.workerOnNotify).toBeGreaterThan(1000);
	expect(irqs.perCommand).toBeLessThan(0.8);
	expect(ring.inFlight.max).toBeGreaterThan(4);
});

test('with flush_lock a flush is alone: one interrupt each, nobody waits for pmem_lock', () => {
	const {lock, irqs, ring} = metricsOf(flush, {'driver.flushers': 'one-at-a-time'});
	expect(irqs.perCommand).toBeCloseTo(1, 2);
	expect(ring.inFlight.max).toBe(1);
	expect(lock.contended).toBe(0);
});

test('a full ring waits on req_list, of which each used buffer wakes one', () => {
	const {ring, throughput} = metricsOf(flush, {'queue.flushSize': 2});
	expect(ring.fullWaits).toBeGreaterThan(100);
	expect(throughput.completed).toBeGreaterThan(1000);
});

test('a message-signalled device saves an exit in each interrupt', () => {
	expect(metricsOf(flush, {'device.interrupt': 'msix'}).exits.perCommand ?? 0).toBeLessThan(
		metricsOf(flush, {}).exits.perCommand ?? 0,
	);
});

test('fsyncs to a disk overlap and end together', () => {
	const alone = metricsOf(testbed, {'driver.flushers': 'one-at-a-time'}, {threads: 4});
	const together = metricsOf(testbed, {'driver.flushers': 'any-number'}, {threads: 4});
	expect(together.throughput.completed).toBeGreaterThan(1.3 * alone.throughput.completed);
	expect(together.irqs.perCommand).toBeLessThan(0.8);
});

test("on one host CPU a flusher beside the interrupt's vCPU is slow, on it fast", () => {
	const one = {'host.cpus': 1, 'device.backing': 'tmpfs', 'guest.irqVcpu': 0} as const;
	const beside = metricsOf(testbed, one, {threads: 1, vcpu: 1});
	const on = metricsOf(testbed, one, {threads: 1, vcpu: 0});
	expect(on.throughput.completed).toBeGreaterThan(2 * beside.throughput.completed);
	expect(beside.lock.spin.total).toBeGreaterThan(20);
});

test('with NEXT_BUDDY each flush beside the interrupt takes a slice or two, as measured: 97 to 184 a second', () => {
	const one = {'host.cpus': 1, 'device.backing': 'tmpfs', 'guest.irqVcpu': 0, 'host.nextBuddy': true} as const;
	const beside = metricsOf(testbed, one, {threads: 1, vcpu: 1});
	const on = metricsOf(testbed, one, {threads: 1, vcpu: 0});
	// Neither mode by more than a factor of 3.
	expect(beside.throughput.completed).toBeGreaterThan(97 / 3);
	expect(beside.throughput.completed).toBeLessThan(184 * 3);
	expect(beside.latency.p50).toBeGreaterThan(5218 / 3);
	expect(on.throughput.completed).toBeGreaterThan(13_000 / 3);
});

test('every event keeps the rules of the machine, and a checkpoint goes on as the run did', () => {
	const simulation = new Simulation(configurationOf(testbed, {'driver.flushers': 'any-number', 'guest.vcpus': 4}), 1);
	for (let i = 0; i < 20_000; i++) {
		simulation.step();
		checkInvariants(simulation.state);
	}

	const checkpoint = simulation.checkpoint();
	const again = new Simulation(configurationOf(testbed, {'driver.flushers': 'any-number', 'guest.vcpus': 4}), 1);
	again.restore(checkpoint);
	simulation.runUntil(simulation.now + 20 * ms);
	again.runUntil(simulation.now);
	expect(again.eventHash()).toBe(simulation.eventHash());
});

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

function metricsOf(preset: typeof flush, set: Record<string, ParameterValue>, clients = {}, duration = 40 * ms) {
	const configuration = configurationOf(preset, set);
	return runSimulation({
		configuration: {...configuration, clients: configuration.clients.map(client => ({...client, ...clients}))},
		seed: 1,
		warmup: 20 * ms,
		duration,
		window: duration,
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

test.each([
	// Measured: runs of a second, and their medians (test/testbed/pmem-cells.json, byPlacement).
	{backing: 'tmpfs', vcpu: 1, least: 97, most: 184, p50: [5218, 11_365]},
	{backing: 'tmpfs', vcpu: 0, least: 13_053, most: 17_235, p50: [50, 74]},
	{backing: 'disk', vcpu: 1, least: 1179, most: 2888, p50: [202, 298]},
	{backing: 'disk', vcpu: 0, least: 3351, most: 3886, p50: [223, 274]},
] as const)(
	"on one host CPU the flusher's place beside the interrupt's vCPU or on it makes the mode: $backing, vCPU $vcpu",
	({backing, vcpu, least, most, p50}) => {
		const one = {'host.cpus': 1, 'device.backing': backing, 'guest.irqVcpu': 0} as const;
		const {throughput, latency} = metricsOf(testbed, one, {threads: 1, vcpu}, 400 * ms);
		expect(throughput.completed).toBeGreaterThan(least / 1.3);
		expect(throughput.completed).toBeLessThan(most * 1.3);
		expect(latency.p50).toBeGreaterThan(p50[0] / 1.3);
		expect(latency.p50).toBeLessThan(p50[1] * 1.3);
		// One flush in a hundred beside it takes a slice of the host's and longer.
		expect((latency.p99 ?? 0) > 2000).toBe(vcpu === 1);
	},
);

test('who is answered on the way to its sleep does not sleep', () => {
	const given = {'host.cpus': 2, 'device.backing': 'tmpfs', 'guest.cost.schedule': '200us'} as const;
	const {latency, throughput} = metricsOf(testbed, given, {threads: 1, vcpu: 0});
	expect(throughput.completed).toBeGreaterThan(1000);
	// The answer is there long before: all that is left is the way to the sleep and back.
	expect(latency.p50).toBeGreaterThan(200);
	expect(latency.p50).toBeLessThan(400);
});

test('a pool thread that shares its CPU with the main loop keeps it waiting for its rest', () => {
	const one = {'host.cpus': 1, 'guest.vcpus': 1, 'device.backing': 'tmpfs'} as const;
	const without = metricsOf(testbed, {...one, 'host.cost.poolRest': '0us'}, {threads: 1});
	const with30 = metricsOf(testbed, {...one, 'host.cost.poolRest': '30us'}, {threads: 1});
	const more = 1e6 / with30.throughput.completed - 1e6 / without.throughput.completed;
	expect(more).toBeGreaterThan(25);
	// More flushers reach their sleep before the answer then, and have to be woken.
	expect(more).toBeLessThan(60);
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

import {expect, test} from 'vitest';
import {runSimulation, type RunOutcome} from '../../source/run/run.js';
import {loadPreset} from '../../source/presets/load-preset.js';
import {configurationOf} from '../../source/presets/preset.js';
import {ms} from '../helpers/model-configuration.js';

function incident(name: string, set = {}): RunOutcome {
	const preset = loadPreset(new URL(`../fixtures/incidents/${name}.json`, import.meta.url).pathname);
	return runSimulation({
		configuration: configurationOf(preset, set),
		seed: 1,
		warmup: 20 * ms,
		duration: 500 * ms,
		changes: [],
	});
}

test('i15-two-users: a step has a service time of its own', () => {
	const {metrics} = incident('i15-two-users');
	expect(metrics.latency.stages.service.mean).toBeCloseTo(15_000, -1);
	expect(metrics.throughput.completed).toBeGreaterThan(64);
	expect(metrics.throughput.completed).toBeLessThan(67);
	const cheap = incident('i15-two-users', {'clients.a.service': '20us'});
	expect(cheap.metrics.throughput.completed).toBeGreaterThan(5000);
});

test.each(['i08-chain-over-1024', 'i08-seg-max-128'])('%s: a command that never fits ends the run', name => {
	const {end, stall} = incident(name);
	expect(end).toBe('stall');
	expect(stall?.kind).toBe('impossible-request');
});

test('i08-chain-over-1024: the text says whose limit it is, and that the ring does not matter', () => {
	expect(incident('i08-chain-over-1024', {'queue.indirect': false}).stall?.text).toMatch(
		/wants 1502 free slots.+no ring would help, qemu takes at most 1024/v,
	);
	for (const set of [{}, {'queue.size': 4096, 'queue.indirect': false}, {'host.backend': 'vhost-user-gpu'}]) {
		expect(incident('i08-chain-over-1024', set).stall?.text).toMatch(
			/1502 segments.+takes at most 1024 \(VIRTQUEUE_MAX_SIZE\)/v,
		);
	}
});

import {expect, test} from 'vitest';
import {runSimulation} from '../../../source/run/run.js';
import {pinnedCpu} from '../../../source/host/machine/affinity.js';
import {HostRoles} from '../../../source/host/roles.js';
import {loadPreset} from '../../../source/presets/load-preset.js';
import {configurationOf} from '../../../source/presets/preset.js';
import {Simulation} from '../../../source/simulation/simulation.js';

const roles = new HostRoles(3);
const testbed = loadPreset('testbed');
const second = 1_000_000_000;

test.each([
	[{vcpus: true, server: -1}, [0, 1, 0, -1, -1]],
	[{vcpus: false, server: 1}, [-1, -1, -1, 1, -1]],
	[{vcpus: true, server: 0}, [0, 1, 0, 0, -1]],
])('three vCPUs on two CPUs with %o: pinned to %j', (affinity, expected) => {
	expect(
		[...roles.vcpus.map(vcpu => roles.vcpuThread(vcpu)), roles.server, roles.bqlUser].map(id =>
			pinnedCpu(id, roles, {cpus: 2, affinity}),
		),
	).toEqual(expected);
});

test('a pinned thread stays, whatever moves the others', () => {
	const simulation = new Simulation(
		configurationOf(testbed, {'host.pinVcpus': true, 'host.pinServer': 0, 'host.moves': 1000}),
		1,
	);
	const {threads} = simulation.state.host.core.cpus;
	const places = new Set<string>();
	for (let time = 0; time <= 100_000_000; time += 100_000) {
		simulation.runUntil(time);
		places.add(
			threads
				.slice(0, 3)
				.map(thread => thread.cpu)
				.join(' '),
		);
	}

	expect([...places]).toEqual(['0 1 0']);
});

test('there is a CPU to pin to', () => {
	expect(() => configurationOf(testbed, {'host.pinServer': 2})).toThrow(
		'host.pinServer: there is no CPU 2 with host.cpus=2: 0 to 1, or -1 for anywhere',
	);
});

// A live guest of the testbed's kind (docs/decisions/scheduler.md), pinned with taskset: of the
// worker's runs 22 to 43 % met a doorbell in flood and 55 to 62 % in xfer with the main loop beside
// the submitter, 3 to 5 % and 3 to 7 % beside the worker.
test.each([
	['the submitter', 0, 0.2, 0.5],
	['the worker', 1, 0.02, 0.08],
])(
	"the share of the worker's runs that meet a doorbell is that of a pinned guest, the main loop beside %s",
	(_, server, least, most) => {
		const {metrics} = runSimulation({
			configuration: configurationOf(testbed, {'host.pinVcpus': true, 'host.pinServer': server}),
			seed: 1,
			warmup: 0.1 * second,
			duration: second,
			changes: [],
		});
		const share = metrics.lock.waits.workerOnNotify / metrics.worker.runs;
		expect(share).toBeGreaterThan(least);
		expect(share).toBeLessThan(most);
	},
);

import {type RunReport} from '../../source/report/run-report.js';
import {judge} from '../../source/diagnosis/verdict.js';
import {resolveParameters} from '../../source/simulation/parameters/resolve.js';
import {type ClientSpec} from '../../source/parameters/configuration.js';
import {type Configuration} from '../../source/simulation/configuration.js';
import {schema} from '../../source/version.js';
import {seedMetrics} from './seed-metrics.js';

/** A client that keeps several commands outstanding and waits for them. */
export const burstClient: ClientSpec = {
	name: 'game',
	threads: 1,
	vcpu: 0,
	kind: 'closed',
	queue: 'control',
	loop: [
		{
			commands: ['TRANSFER_TO_HOST_2D', 'RESOURCE_FLUSH'],
			notify: 'end',
			fenced: false,
			objects: 0,
		},
	],
	wait: 'response',
};

/** The defaults with these parameters and one client. */
export function configurationWith(
	set: Readonly<Record<string, string | number | boolean>>,
	clients: readonly ClientSpec[] = [burstClient],
): Configuration {
	return {parameters: resolveParameters(set), clients, faults: []};
}

export const seedConfiguration = configurationWith({'driver.lockPolicy': 'kick-under-lock', 'host.cpus': 4});

/** A report of the seed story with the canonical figures. */
export const seedReport: RunReport = {
	schema,
	vqlab: '1.0.0',
	node: '20.20.2',
	preset: 'seed-2019-kick-under-lock',
	parametersHash: '7c41e09a00000000',
	eventHash: '9d1f0c3a77b2e104',
	hashes: [],
	seed: 1,
	parameters: {'queue.size': 64},
	clients: [],
	faults: [],
	changes: [],
	warmupSeconds: 0.2,
	simulatedSeconds: 2,
	wallSeconds: 0.4,
	events: 1_360_000,
	end: 'duration',
	unfinished: 3,
	metrics: seedMetrics,
	stretches: [],
	verdict: judge(seedMetrics, seedConfiguration),
	stall: null,
};

import {type Metrics} from '../metrics/metrics.js';
import {type Configuration} from '../simulation/configuration.js';

/** A parameter that changes nothing of a run, and the fact that says so. */
export type NoHelp = {readonly key: string; readonly why: string};

/** A share below is written 0.0. */
const nothing = 0.0005;

/**
What is tried first and would change nothing, by the mechanism: a fact of the run that leaves the
parameter nothing to act on. What was tried in runs of its own may be put in its place.
*/
export function whatDoesNotHelp(metrics: Metrics, configuration: Configuration): readonly NoHelp[] {
	const {ring, cpu} = metrics;
	const {parameters, clients} = configuration;
	const size = Number(parameters['queue.size']);
	const isNeverFull =
		ring.numFree.min !== null && ring.numFree.min > 0 && ring.fullWaits === 0 && ring.busyErrors === 0;
	const found: NoHelp[] = [];
	if (isNeverFull) {
		found.push({key: 'queue.size', why: `${ring.numFree.min} or more of ${size} free`});
	}

	if (cpu.vcpus.length > 0 && cpu.vcpus.every(({stolen}) => stolen < nothing)) {
		found.push({key: 'host.cpus', why: 'nobody waits for one'});
	}

	let threads = 0;
	for (const client of clients) {
		threads += client.threads;
	}

	if (threads === 1) {
		found.push({key: 'driver.spinlock', why: 'one waiter at a time'});
	}

	if (isNeverFull && parameters['queue.indirect']) {
		found.push({key: 'queue.indirect', why: 'slots are spare'});
	}

	return found;
}

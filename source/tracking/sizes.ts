import {type Simulation} from '../simulation/simulation.js';

/**
How many of each a machine has; among the threads are those of the kernel and the interrupt
handlers, which own locks as well, among the locks that of `ack_queue`.
*/
export type Sizes = {
	readonly threads: number;
	readonly vcpus: number;
	readonly queues: number;
	readonly locks: number;
};

export function sizesOf({
	state: {
		guest: {core},
	},
}: Simulation): Sizes {
	const {cpus, queues, locks, roles} = core;
	return {
		threads: roles.owners,
		vcpus: cpus.cpus.length,
		queues: queues.length,
		locks: locks.length,
	};
}

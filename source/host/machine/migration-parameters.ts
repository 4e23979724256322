import {type Parameter} from '../../parameters/parameter.js';

/** How often the scheduler moves the thread that serves the device. */
export const migrationParameters = [
	{
		key: 'host.moves',
		sets: 'moves',
		label: 'server moves',
		group: 'host',
		type: 'number',
		unit: 'per second',
		min: 0,
		max: 10_000,
		default: 0,
		provenance: {
			kind: 'assumed',
			source: 'threads stay; 2 to 20 a second in scheduler traces of QEMU under load (measured)',
		},
		words:
			'How often the thread that serves the device changes its host CPU, at random. Beside the vCPU that ' +
			"rings it makes the doorbell long; beside the worker's it delays the worker.",
		effect: 'next-use',
		metrics: ['latency.stages.doorbell.mean', 'lock.waits.workerOnNotify'],
	},
] as const satisfies readonly Parameter[];

import {distributionRows} from '../distribution-rows.js';
import {type Rows} from '../metric-row.js';
import {rate, ratio} from '../source.js';

/** The dequeue worker. */
export const workerRows = {
	'worker.runs': {
		label: 'Worker runs',
		short: 'runs',
		unit: 'per second',
		words: 'Entries of virtio_gpu_dequeue_ctrl_func.',
		from: rate('workerRuns'),
	},
	'worker.batch': {
		label: 'Worker batch',
		short: 'batch',
		unit: 'buffers',
		words: 'Buffers reaped per run of the worker.',
		from: ratio('workerBuffers', 'workerRuns'),
	},
	...distributionRows('worker.runTime', 'runs', {
		label: 'Worker run time',
		short: 'run',
		words: 'From the entry of virtio_gpu_dequeue_ctrl_func to its return.',
		direction: 'lower',
	}),
	'worker.runTime.hogged': {
		label: 'Long worker runs',
		short: 'hogs',
		unit: 'per second',
		words: 'Runs of more than 10 ms, of which the kernel warns (workqueue: … hogged CPU).',
		direction: 'lower',
		from: rate('hogged'),
	},
	'worker.hogged': {
		label: 'Long worker runs',
		short: 'hogs',
		unit: 'per second',
		words: 'The same as worker.runTime.hogged.',
		from: rate('hogged'),
	},
} as const satisfies Rows;

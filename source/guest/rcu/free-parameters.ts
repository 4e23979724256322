import {microsecond, millisecond, type Parameter} from '../../parameters/parameter.js';

/** When the guest gives memory back. */
export const freeParameters = [
	{
		key: 'guest.freePeriod',
		sets: 'freePeriod',
		label: 'free period',
		group: 'guest',
		type: 'duration',
		unit: 'duration',
		min: 10 * microsecond,
		max: 1000 * millisecond,
		default: 12 * millisecond,
		provenance: {
			kind: 'measured',
			source: 'inferred from a 6.12 guest with 250 ticks a second: an RCU grace period of three ticks',
		},
		words:
			'How often the memory of freed objects is given back (guest.cost.free). The RCU softirq does it in one ' +
			'go, and the dequeue worker of that vCPU waits.',
		effect: 'next-use',
		metrics: ['latency.stages.workerDelay.tail'],
	},
] as const satisfies readonly Parameter[];

import {microsecond, type Parameter} from '../parameters/parameter.js';

/** What a spinning CPU does. */
export const pauseParameters = [
	{
		key: 'guest.pause',
		sets: 'pause',
		label: 'PAUSE',
		group: 'guest',
		type: 'duration',
		unit: 'duration a PAUSE',
		min: 1,
		max: 10 * microsecond,
		default: 45,
		provenance: {kind: 'published', source: 'about 140 cycles from Skylake on, about 10 before; at 3 GHz'},
		words:
			'Time of one PAUSE of a spinning vCPU. With guest.cost.spinThreshold it gives the time after which a PV ' +
			'waiter halts: 1.5 ms with both defaults.',
		effect: 'next-use',
		metrics: ['lock.spin.total', 'lock.halted'],
	},
] as const satisfies readonly Parameter[];

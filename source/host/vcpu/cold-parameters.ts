import {millisecond, type Parameter} from '../../parameters/parameter.js';

/** When a vCPU's caches are cold. */
export const coldParameters = [
	{
		key: 'host.coldTime',
		sets: 'coldTime',
		label: 'cold after',
		group: 'host',
		type: 'duration',
		unit: 'duration',
		min: 1,
		max: 1000 * millisecond,
		default: millisecond,
		provenance: {kind: 'assumed', source: 'no published figure'},
		words:
			'CPU time of others on its host CPU after which a vCPU has lost half of its caches (host.cost.cold). ' +
			'Time in which they only spin or poll does not count; on another CPU all is lost.',
		effect: 'next-use',
		metrics: ['throughput.completed'],
	},
] as const satisfies readonly Parameter[];

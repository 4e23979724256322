import {type Parameter} from '../../parameters/parameter.js';
import {deviceKinds} from '../devices.js';

/** Which device it is. */
export const deviceKindParameters = [
	{
		key: 'device.kind',
		label: 'device',
		group: 'device',
		type: 'choice',
		unit: 'choice',
		choices: deviceKinds,
		default: '2d',
		provenance: {kind: 'assumed', source: 'the device of the 2019 report and of the measured guest'},
		words: 'Which device model processes commands. It sets the automatic ring size and how fences complete.',
		effect: 'reset',
		metrics: ['latency.stages.fence.mean', 'latency.stages.service.mean'],
	},
] as const satisfies readonly Parameter[];

import {second, type Parameter} from '../parameters/parameter.js';
import {notifyChoices, waitChoices} from './client-choices.js';

/** What can be set of a client by a key of its own, `clients.<name>.<setting>`. */
export const clientSettingNames = [
	'rate',
	'hz',
	'think',
	'prepare',
	'service',
	'gpuTime',
	'fenced',
	'notify',
	'wait',
] as const;

export type ClientSettingName = (typeof clientSettingNames)[number];

/** A client's key in its parts. */
export type ClientKey = {readonly client: string; readonly setting: ClientSettingName};

const automatic = {word: 'inherit', words: 'what the preset gives the client'} as const;

const common = {
	group: 'client',
	effect: 'next-use',
	provenance: {kind: 'assumed', source: 'the preset'},
	default: 'inherit',
	automatic,
} as const;

const time = {
	...common,
	type: 'distribution',
	unit: 'duration',
	min: 0,
	max: 60 * second,
} as const;

const entries: Readonly<Record<ClientSettingName, Parameter>> = {
	rate: {
		...common,
		key: 'clients.<name>.rate',
		label: 'rate',
		type: 'number',
		unit: 'arrivals per second and thread',
		min: 0.001,
		max: 10_000_000,
		words:
			'Arrivals of an open client. A change stretches what is left of the wait for the next one: arrivals ' +
			'have no memory.',
		metrics: ['throughput.submitted'],
	},
	hz: {
		...common,
		key: 'clients.<name>.hz',
		label: 'hz',
		type: 'number',
		unit: 'frames per second',
		min: 0.001,
		max: 10_000,
		words:
			'Vblanks of a paced client, at multiples of 1/hz from the start. A frame that waits for its vblank at a ' +
			'change waits for the next of the new rate.',
		metrics: ['frames.<client>.perSecond', 'frames.<client>.missed'],
	},
	think: {
		...time,
		key: 'clients.<name>.think',
		label: 'think',
		words:
			'Pauses of a client: the one after each round of its loop, and those of steps. It is set where the ' +
			'client has one, after each round when it has none; a pause under way keeps its length.',
		metrics: ['throughput.completed'],
	},
	prepare: {
		...time,
		key: 'clients.<name>.prepare',
		label: 'prepare',
		unit: 'duration a command',
		words:
			'Guest time before each command of the client, in all steps of its loop. It takes the place of ' +
			'guest.cost.prepare and of its keys by command.',
		metrics: ['latency.stages.prepare.mean'],
	},
	service: {
		...time,
		key: 'clients.<name>.service',
		label: 'service',
		unit: 'duration a command',
		words:
			'Host time of each command of the client, in all steps of its loop. It takes the place of ' +
			'device.cost.<COMMAND>; device.cost.perKiB of a rectangle comes on top.',
		metrics: ['latency.stages.service.mean', 'cpu.mainLoop'],
	},
	gpuTime: {
		...time,
		key: 'clients.<name>.gpuTime',
		label: 'gpuTime',
		unit: 'duration a command',
		words:
			'GPU time behind each fenced command of the client, in all steps of its loop. It takes the place of ' +
			'device.gpuTime.',
		metrics: ['latency.stages.fence.mean'],
	},
	fenced: {
		...common,
		key: 'clients.<name>.fenced',
		label: 'fenced',
		type: 'boolean',
		unit: 'switch',
		words:
			'Whether the commands of the client ask for a fence, in all steps on the control queue. A step that ' +
			'gets its first fence gives it to one buffer object.',
		metrics: ['latency.stages.fence.mean', 'lock.hold.mean'],
	},
	notify: {
		...common,
		key: 'clients.<name>.notify',
		label: 'notify',
		type: 'choice',
		unit: 'choice',
		choices: notifyChoices,
		words:
			'Where the client calls virtio_gpu_notify, in all steps of its loop. Only the batched lock policies ' +
			'look at it.',
		metrics: ['kicks.perCommand', 'latency.stages.notifyDelay.mean'],
	},
	wait: {
		...common,
		key: 'clients.<name>.wait',
		label: 'wait',
		type: 'choice',
		unit: 'choice',
		choices: waitChoices,
		words:
			'What the client waits for: at the end of each round of its loop, and in steps that wait. It is set ' +
			'where the client waits, at the end of the round when it waits nowhere.',
		metrics: ['throughput.completed', 'ring.inFlight.mean'],
	},
};

/** The entries of the keys that each client has, for a client called `<name>`. */
export const clientParameters: readonly Parameter[] = clientSettingNames.map(name => entries[name]);

/**
The parts of `clients.<name>.<setting>`, or undefined. Names are those that a preset
may use, or the words `<name>`.
*/
export function clientKey(key: string): ClientKey | undefined {
	const [, client, last] = /^clients\.([A-Za-z][\w \-]{0,39}|<name>)\.(\w+)$/v.exec(key) ?? [];
	const setting = clientSettingNames.find(name => name === last);
	return client === undefined || setting === undefined ? undefined : {client, setting};
}

/** The entry of a client's key, whatever the client; undefined for a key that is none. */
export function clientParameter(key: string): Parameter | undefined {
	const parts = clientKey(key);
	return parts === undefined ? undefined : entryOf(key, parts);
}

function entryOf(key: string, {client, setting}: ClientKey): Parameter {
	return {...entries[setting], key, label: `${client} ${setting}`};
}

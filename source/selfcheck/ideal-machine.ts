import {type ClientSpec, type FaultSpec, type LoopStep} from '../parameters/configuration.js';
import {type Configuration} from '../simulation/configuration.js';
import {type GivenParameters, resolveParameters} from '../simulation/parameters/resolve.js';
import {parameters} from '../simulation/parameters/table.js';

/**
A client as a check states it: what is left out is a closed client with one SUBMIT_3D
a round that waits for nothing.
*/
export type IdealClient = Partial<Omit<ClientSpec, 'loop' | 'name'>> & Partial<LoopStep>;

/**
The whole model with every cost at 0 except those given, a host CPU for everybody, and doorbells
that do not wait for the BQL: what a closed form assumes. Nothing of the model is left out.
*/
export function idealMachine(
	given: GivenParameters,
	clients: readonly IdealClient[],
	faults: readonly FaultSpec[] = [],
): Configuration {
	const settings: Record<string, GivenParameters[string]> = {};
	for (const parameter of parameters) {
		if (parameter.type === 'distribution' && parameter.family === undefined && parameter.devices === undefined) {
			settings[parameter.key] = {kind: 'const', value: 0};
		}
	}

	Object.assign(
		settings,
		{
			'host.ioeventfd': true,
			'host.cpus': 8,
			'host.haltPoll': 0,
			'host.ple': 0,
			'guest.tick': 0,
			'guest.vcpus': 2,
			'driver.lockPolicy': 'kick-after-unlock',
			'driver.spinlock': 'qspinlock',
			'queue.size': 16_384,
			'queue.cursorSize': 16_384,
		},
		given,
	);
	return {
		parameters: resolveParameters(settings),
		clients: clients.map((client, index) => idealClient(client, `client${index}`)),
		faults,
		given: settings,
	};
}

function idealClient(
	{commands, notify, prepare, think, fenced, objects, rect, ...rest}: IdealClient,
	name: string,
): ClientSpec {
	const step: LoopStep = {
		commands: commands ?? ['SUBMIT_3D'],
		notify: notify ?? 'end',
		fenced: fenced ?? false,
		objects: objects ?? 0,
		...(prepare && {prepare}),
		...(rect && {rect}),
	};
	return {
		threads: 1,
		vcpu: 'any',
		kind: 'closed',
		queue: 'control',
		wait: 'none',
		...(think && {think}),
		...rest,
		name,
		loop: [step],
	};
}

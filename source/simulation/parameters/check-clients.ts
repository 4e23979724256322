import {backendOf} from '../../host/backends/backends.js';
import {profileOf} from '../devices.js';
import {commandOf, commands, isCommandName} from '../../devices/gpu/commands.js';
import {queueOfStep, usesQueue} from '../../parameters/client-queues.js';
import {type ClientSpec, type LoopStep, type WaitName} from '../../parameters/configuration.js';
import {type Configuration} from '../configuration.js';
import {UserError} from '../../errors/user-error.js';

/** Client threads of a run, all clients together. */
export const maxThreads = 256;

/** Commands in one step of a loop. */
export const maxCommands = 1024;

/**
Checks clients against each other and against the guest: threads, pins, queues, waits.
`place` names a client in messages (`clients[0]`). Throws `UserError`.
*/
export function checkClients(configuration: Pick<Configuration, 'clients' | 'parameters'>): void {
	const {clients, parameters} = configuration;
	const vcpus = parameters['guest.vcpus'];
	const {value: backend, readsCursor} = backendOf(parameters['host.backend']);
	const names = new Set<string>();
	let threads = 0;
	for (const [index, client] of clients.entries()) {
		const place = `clients[${index}]`;
		if (names.has(client.name)) {
			throw new UserError(
				`${place}.name: two clients are called ${JSON.stringify(client.name)}: each needs a name of its own`,
			);
		}

		names.add(client.name);
		threads += client.threads;
		if (threads > maxThreads) {
			throw new UserError(
				`${place}.threads: ${client.threads} make ${threads} client threads: at most ${maxThreads} in all`,
			);
		}

		if (client.vcpu !== 'any' && client.vcpu >= vcpus) {
			throw new UserError(
				`${place}.vcpu: there is no vCPU ${client.vcpu} with guest.vcpus=${vcpus}: 0 to ${vcpus - 1}, or any`,
			);
		}

		checkKind(client, place);
		for (const [number, step] of client.loop.entries()) {
			checkStep(client, step, `${place}.loop[${number}]`, parameters['device.kind']);
			if (!readsCursor && queueOfStep(client, step) === 'cursor') {
				throw new UserError(
					`${step.queue === undefined ? place : `${place}.loop[${number}]`}.queue: ${backend} never ` +
						'reads the cursor queue: control, or another host.backend',
				);
			}
		}

		checkWait(client, client.wait, place);
	}
}

function checkKind(client: ClientSpec, place: string): void {
	if (client.kind === 'open' && client.rate === undefined) {
		throw new UserError(`${place}.rate: an open client needs its rate: arrivals per second and thread`);
	}

	if (client.kind === 'paced' && client.hz === undefined) {
		throw new UserError(`${place}.hz: a paced client needs its hz: frames per second`);
	}

	for (const [key, kind] of [
		['rate', 'open'],
		['burst', 'open'],
		['hz', 'paced'],
	] as const) {
		if (client[key] !== undefined && client.kind !== kind) {
			throw new UserError(`${place}.${key}: a ${client.kind} client has none: only kind ${kind} looks at it`);
		}
	}
}

function checkWait(client: ClientSpec, wait: WaitName, place: string): void {
	if (wait !== 'none' && !usesQueue(client, 'control')) {
		throw new UserError(`${place}.wait: cursor commands have no response to wait for: none`);
	}

	if (wait === 'fence' && !client.loop.some(step => step.fenced)) {
		throw new UserError(`${place}.wait: nothing in the loop is fenced: "fenced": true in a step, or wait response`);
	}
}

function checkStep(client: ClientSpec, step: LoopStep, place: string, kind: string): void {
	checkDevice(step, place, kind);
	const queue = queueOfStep(client, step);
	for (const name of step.commands.filter(own => isCommandName(own))) {
		if (commandOf(name).queue !== queue) {
			throw new UserError(
				`${place}.commands: ${name} goes through the ${commandOf(name).queue} queue: "queue": ` +
					`"${commandOf(name).queue}", in a step of its own`,
			);
		}
	}

	if (step.fenced && queue === 'cursor') {
		throw new UserError(`${place}.fenced: a cursor command cannot be fenced: false`);
	}

	if (step.gpuTime !== undefined && queue === 'cursor') {
		throw new UserError(
			`${place}.gpuTime: a cursor command cannot be fenced, so nobody sees the GPU work for it: leave it out`,
		);
	}

	if (step.begin === 'vblank' && client.kind !== 'paced') {
		throw new UserError(
			`${place}.begin: a ${client.kind} client has no vblank to begin at: kind paced with its hz, or at-once`,
		);
	}

	checkWait(client, step.wait ?? 'none', place);
	if (step.timeout !== undefined && (step.wait ?? 'none') === 'none') {
		throw new UserError(`${place}.timeout: the step waits for nothing: "wait": "fence" or "response" beside it`);
	}

	if (step.pages !== undefined && !step.commands.some(name => isCommandName(name) && commandOf(name).hasData)) {
		throw new UserError(
			`${place}.pages: none of its commands has data: only ${commands
				.filter(({hasData}) => hasData)
				.map(({name}) => name)
				.join(', ')} have`,
		);
	}
}

/**
Commands are the device's; who writes to its memory does so in a step of its own,
and of a device that has some.
*/
function checkDevice(step: LoopStep, place: string, kind: string): void {
	const {name: device, requests} = profileOf(kind);
	const wrong = step.commands.find(name => !requests.some(request => request.name === name));
	if (wrong !== undefined) {
		throw new UserError(
			`${place}.commands: a ${device} takes no ${wrong}: ` +
				`${requests.length > 8 ? 'another device.kind' : requests.map(({name}) => name).join(', ')}`,
		);
	}

	if (step.write !== undefined && kind !== 'pmem') {
		throw new UserError(`${place}.write: a ${device} has no memory to write to: device.kind=pmem`);
	}

	if ((step.write === undefined) === (step.commands.length === 0)) {
		throw new UserError(`${place}.commands: a step has commands, or else a write`);
	}
}

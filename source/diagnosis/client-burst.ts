import {queueOfStep} from '../parameters/client-queues.js';
import {type ClientSpec} from '../parameters/configuration.js';

/** Whether a client ever waits for what it has submitted: at the end of its round or in a step. */
export function waits(client: Pick<ClientSpec, 'loop' | 'wait'>): boolean {
	return client.wait !== 'none' || client.loop.some(step => step.wait !== undefined && step.wait !== 'none');
}

/**
The most commands that a client has in the control queue before it waits, all its threads together;
undefined when it never waits.
*/
export function burstOf(client: ClientSpec): number | undefined {
	if (!waits(client)) {
		return undefined;
	}

	let burst = 0;
	let commands = 0;
	// A client that does not wait at the end of its round carries on into the next one.
	const rounds = client.wait === 'none' ? [...client.loop, ...client.loop] : client.loop;
	for (const step of rounds) {
		commands += queueOfStep(client, step) === 'control' ? step.commands.length : 0;
		burst = Math.max(burst, commands);
		commands = step.wait === undefined || step.wait === 'none' ? commands : 0;
	}

	return burst * client.threads * (client.burst ?? 1);
}

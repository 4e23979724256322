import {type ClientSpec, type LoopStep, type QueueName} from './configuration.js';

/** The queue that a step's commands go through. */
export function queueOfStep(client: Pick<ClientSpec, 'queue'>, step: Pick<LoopStep, 'queue'>): QueueName {
	return step.queue ?? client.queue;
}

/** Whether some step of a client submits to the queue. */
export function usesQueue(client: Pick<ClientSpec, 'queue' | 'loop'>, queue: QueueName): boolean {
	return client.loop.some(step => queueOfStep(client, step) === queue);
}

/** Commands for a queue in one round of a client's loop (of one thread). */
export function roundOf(client: Pick<ClientSpec, 'queue' | 'loop'>, queue: QueueName): number {
	let commands = 0;
	for (const step of client.loop) {
		commands += queueOfStep(client, step) === queue ? step.commands.length : 0;
	}

	return commands;
}

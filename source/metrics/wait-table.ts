import {type PauseName, type WaitName} from './metric-names.js';

/** A single cause that a command waits for. */
export type WaitWords = {readonly name: WaitName; readonly meaning: string};

/** A kind of pause. */
export type PauseWords = {readonly name: PauseName; readonly label: string; readonly meaning: string};

export const pauses: readonly PauseWords[] = [
	{
		name: 'hostPause',
		label: 'Host pauses',
		meaning: "Who serves the device stands still (QEMU's main loop with the BQL held).",
	},
	{
		name: 'rendererBlock',
		label: 'Renderer blocks',
		meaning: 'The display reads the scanout, and no command is processed (renderer_blocked).',
	},
	{name: 'vcpuPreempt', label: 'vCPU preemptions', meaning: "A fault keeps a vCPU off the host's CPUs."},
	{
		name: 'lostKick',
		label: 'Lost doorbells',
		meaning: 'From a doorbell that was lost to the next one that is delivered.',
	},
	{name: 'lostIrq', label: 'Lost interrupts', meaning: 'From an MSI that was lost to the next entry of the handler.'},
];

/** The causes that verdicts weigh; they may overlap and sum to nothing. */
export const waitWords: readonly WaitWords[] = [
	{name: 'lock', meaning: "Wait for the queue's lock, by the submitter or by the dequeue worker."},
	{name: 'room', meaning: 'Wait for free slots of the ring.'},
	{name: 'bql', meaning: 'Wait for the BQL, in the doorbell and by the main loop before its pass.'},
	{name: 'fence', meaning: "From process_cmd to the fence's response: GPU time, other fences, the poll."},
	{name: 'poll', meaning: "The part of the fence's wait in which the GPU was done already."},
	{name: 'otherClients', meaning: "Service of other clients' commands while it was visible to the host."},
	{
		name: 'workerRun',
		meaning:
			'A run of the dequeue worker under way when its IRQ came, and responses of the same run before its own.',
	},
	...pauses.map(({name, meaning}): WaitWords => ({
		name,
		meaning: `Wait for a pause that ended within its life. ${meaning}`,
	})),
];

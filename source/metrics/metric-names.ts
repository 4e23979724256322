/** Stages of a command's life, in order (docs/contract.md, section 5). */
export const stageNames = [
	'backlog',
	'prepare',
	'lockWait',
	'ringWait',
	'submit',
	'notifyDelay',
	'doorbell',
	'hostWake',
	'hostQueue',
	'service',
	'fence',
	'irqDelay',
	'workerDelay',
	'workerLockWait',
	'reap',
	'response',
] as const;

export type StageName = (typeof stageNames)[number];

/** What the holder of a queue's lock is at: the phases of a submit, and the dequeue worker. */
export const holderPhases = ['submit', 'notify', 'doorbell', 'forced', 'worker'] as const;
/** Who waits for it, as in `lockRole`. */
export const waiterRoles = ['submit', 'notify', 'worker'] as const;

export type HolderPhase = (typeof holderPhases)[number];
export type WaiterRole = (typeof waiterRoles)[number];

/**
What may stand still: who serves the device, the processing of commands (renderer_blocked), a vCPU;
and what waits after a doorbell or an MSI was lost, until the next one of the queue.
*/
export const pauseNames = ['hostPause', 'rendererBlock', 'vcpuPreempt', 'lostKick', 'lostIrq'] as const;

export type PauseName = (typeof pauseNames)[number];

/**
Single causes that a command may wait for (docs/contract.md, section
6); the pauses are the last ones.
*/
export const waitNames = ['lock', 'room', 'bql', 'fence', 'poll', 'otherClients', 'workerRun', ...pauseNames] as const;

export type WaitName = (typeof waitNames)[number];

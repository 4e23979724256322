import {type StageName} from './metric-names.js';

/** A stage in the life of a command (docs/contract.md, section 5), in order. */
export type StageWords = {
	readonly name: StageName;
	readonly from: string;
	readonly to: string;
	readonly meaning: string;
};

/** The stages; they never overlap and sum to the life of a command. */
export const stages: readonly StageWords[] = [
	{
		name: 'backlog',
		from: 'due',
		to: 'its client starts on it',
		meaning: 'The client is late: an open or paced command waits for those before it. 0 for closed clients.',
	},
	{
		name: 'prepare',
		from: 'its client starts on it',
		to: 'first spin_lock call',
		meaning: 'Guest code before the lock: ioctl, allocation, set up (guest.cost.prepare).',
	},
	{
		name: 'lockWait',
		from: 'each spin_lock call of the submit',
		to: 'its return',
		meaning: "The submitter spins or halts for the queue's lock.",
	},
	{
		name: 'ringWait',
		from: 'each acquisition without room',
		to: 'the next spin_lock call',
		meaning: 'The ring is full: forced doorbell, sleep on ack_queue, wake-up.',
	},
	{
		name: 'submit',
		from: 'last return of spin_lock',
		to: 'avail->idx is published',
		meaning: 'Fence and virtqueue_add_sgs with the lock held.',
	},
	{
		name: 'notifyDelay',
		from: 'avail->idx is published',
		to: 'the doorbell write starts',
		meaning: 'The command is visible but not rung: the rest of a batch, kick_prepare, unlock.',
	},
	{
		name: 'doorbell',
		from: 'the doorbell write starts',
		to: 'it is delivered',
		meaning: 'VM exit and BQL wait until the bottom half is scheduled or the eventfd is raised.',
	},
	{
		name: 'hostWake',
		from: 'the doorbell is delivered',
		to: 'first pop of the pass',
		meaning: "The host wakes up: main loop out of ppoll, its CPU, the BQL (or another backend's worker).",
	},
	{
		name: 'hostQueue',
		from: 'first pop of the pass',
		to: 'processing starts',
		meaning: 'Commands of the same pass are popped and processed before it.',
	},
	{
		name: 'service',
		from: 'processing starts',
		to: 'process_cmd returns (fenced and not done) or the used index is published',
		meaning: 'The host works on the command (device.cost).',
	},
	{
		name: 'fence',
		from: 'process_cmd returns',
		to: 'the used index is published',
		meaning: 'GPU time and the delay until the host sees the fence. Fenced commands only.',
	},
	{
		name: 'irqDelay',
		from: 'the used index is published',
		to: "the guest's handler is entered",
		meaning: 'MSI, delivery, a vCPU that is out in an exit; long when a later IRQ did the work.',
	},
	{
		name: 'workerDelay',
		from: "the guest's handler is entered",
		to: 'the worker function is entered',
		meaning: 'queue_work, wake-up of the kworker, the guest scheduler.',
	},
	{
		name: 'workerLockWait',
		from: 'the worker function is entered',
		to: 'the worker has the lock',
		meaning: 'The dequeue worker spins or halts for ctrlq.qlock.',
	},
	{
		name: 'reap',
		from: 'the worker has the lock',
		to: 'it releases it',
		meaning: 'The drain: get_buf for all that is used, with the lock held.',
	},
	{
		name: 'response',
		from: 'the worker has released the lock',
		to: 'the response callback has returned',
		meaning: 'Responses of the same drain up to this one. 0 on the cursor queue.',
	},
];

import {threadState} from '../cpu/thread.js';
import {type Machine} from './machine.js';

/** Work in a ring and nobody awake who would do it (docs/contract.md, section 6, `stall`). */
export type Stall = {
	/** The queue that nobody serves, or that a command does not fit: 0 control, 1 cursor. */
	readonly queue: number;
	/**
	`lost-kick`: the host does not know of visible commands; `lost-irq`: the guest does not know of used ones;
	`impossible-request`: a command wants more slots than the ring has, or its chain is longer than the device takes.
	*/
	readonly kind: 'lost-kick' | 'lost-irq' | 'impossible-request';
	readonly unpopped: number;
	readonly unreaped: number;
	/** `impossible-request`: the guest thread, and the slots it wants. */
	readonly thread: number;
	readonly slots: number;
	/** `impossible-request`: the segments of a chain that broke the device, and how many it takes; else 0. */
	readonly chain: number;
	readonly longestChain: number;
};

/**
The stall of a machine, or null. A queue is stalled when its submitters can do nothing more
(all asleep on it), the host has nothing pending, no interrupt or dequeue work is under way,
and the ring still holds commands. A command that wants more slots than the ring has stalls its
thread at once, whatever the others do; one whose chain is too long breaks the device, for all. Time alone changes none of these.
*/
export function findStall(machine: Machine): Stall | null {
	const {guest, host} = machine;
	const {core, submitters} = guest;
	const impossible = findRefused(machine) ?? findImpossible(machine);
	if (impossible !== null) {
		return impossible;
	}

	if (!host.backend.isIdle || host.vcpus.isWriting) {
		return null;
	}

	for (const queue of core.queues) {
		const {ring} = queue;
		if (ring.numFree === ring.size || guest.work.isBusy(queue) || guest.isInterrupting(queue.id)) {
			continue;
		}

		let blocked = 0;
		let free = 0;
		for (const [id, submitter] of submitters.entries()) {
			if ((submitter.uses & (1 << queue.id)) === 0) {
				continue;
			}

			// What a client waits for comes through the control queue; a wait with a timeout ends by itself.
			const awaits = queue.id === 0 && submitter.waitingFor !== 0 && !core.loop.queue.isArmed(submitter.pauseTimer);
			const waits = core.cpus.threads[id].state === threadState.sleeping && (awaits || isOnAckQueue(queue.sleepers, queue.sleeping, id));
			blocked += waits ? 1 : 0;
			free += waits ? 0 : 1;
		}

		if (free === 0 && blocked > 0) {
			return {
				queue: queue.id,
				kind: ring.isEmpty() ? 'lost-irq' : 'lost-kick',
				unpopped: (ring.availIndex - ring.lastAvail) & 0xFF_FF,
				unreaped: (ring.usedIndex - ring.lastUsed) & 0xFF_FF,
				thread: -1,
				slots: 0,
				chain: 0,
				longestChain: 0,
			};
		}
	}

	return null;
}

/** A command whose chain has broken the device. */
function findRefused({guest, host: {gpu}, pool}: Machine): Stall | null {
	const command = gpu.refused;
	if (command < 0) {
		return null;
	}

	const queue = pool.queue[command];
	const {ring} = guest.core.queues[queue];
	return {
		queue,
		kind: 'impossible-request',
		unpopped: (ring.availIndex - ring.lastAvail) & 0xFF_FF,
		unreaped: (ring.usedIndex - ring.lastUsed) & 0xFF_FF,
		thread: pool.thread[command],
		slots: 0,
		chain: gpu.chainOf(command),
		longestChain: gpu.settings.longestChain,
	};
}

/** A command that has been refused for want of more slots than there are: it sleeps or goes round for ever. */
function findImpossible(machine: Machine): Stall | null {
	const {queues} = machine.guest.core;
	for (const [thread, {queue: id, slotsChecked: slots}] of machine.guest.submitters.entries()) {
		const {ring} = queues[id];
		if (slots > ring.size) {
			return {
				queue: id,
				kind: 'impossible-request',
				unpopped: (ring.availIndex - ring.lastAvail) & 0xFF_FF,
				unreaped: (ring.usedIndex - ring.lastUsed) & 0xFF_FF,
				thread,
				slots,
				chain: 0,
				longestChain: 0,
			};
		}
	}

	return null;
}

function isOnAckQueue(sleepers: Int32Array, count: number, thread: number): boolean {
	for (let i = 0; i < count; i++) {
		if (sleepers[i] === thread) {
			return true;
		}
	}

	return false;
}

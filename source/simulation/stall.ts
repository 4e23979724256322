import {threadState} from '../cpu/thread.js';
import {type Machine} from './machine.js';

/** Work in a ring and nobody awake who would do it (contract section 6, `stall`). */
export type Stall = {
	/** Who sleeps on a queue that nobody serves: 0 control, 1 cursor. */
	readonly queue: number;
	/** `lost-kick`: the host does not know of visible commands; `lost-irq`: the guest does not know of used ones. */
	readonly kind: 'lost-kick' | 'lost-irq';
	readonly unpopped: number;
	readonly unreaped: number;
};

/**
The stall of a machine, or null. A queue is stalled when its submitters can do nothing more
(all asleep on it), the host has nothing pending, no interrupt or dequeue work is under way,
and the ring still holds commands. Time alone will not change that.
*/
export function findStall(machine: Machine): Stall | null {
	const {guest, host} = machine;
	const {core, submitters} = guest;
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
			if (submitter.queue !== queue.id) {
				continue;
			}

			const waits = core.cpus.threads[id].state === threadState.sleeping && (submitter.waitingFor !== 0 || isOnAckQueue(queue.sleepers, queue.sleeping, id));
			blocked += waits ? 1 : 0;
			free += waits ? 0 : 1;
		}

		if (free === 0 && blocked > 0) {
			return {
				queue: queue.id,
				kind: ring.isEmpty() ? 'lost-irq' : 'lost-kick',
				unpopped: (ring.availIndex - ring.lastAvail) & 0xFF_FF,
				unreaped: (ring.usedIndex - ring.lastUsed) & 0xFF_FF,
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

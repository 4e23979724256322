import {threadState} from '../cpu/thread.js';
import {type QueueId} from '../devices/profile.js';
import {type DriverQueue} from '../guest/driver-queue.js';
import {commands, inSegments} from '../devices/gpu/commands.js';
import {type Machine} from './machine.js';

/** Kinds of stall (docs/contract.md, section 6). */
export const stallKinds = [
	'lost-kick',
	'lost-irq',
	'impossible-request',
	'wait-condition',
	'livelock',
	'fence-lost',
	'unknown',
] as const;

export type StallKind = (typeof stallKinds)[number];

/** Work that nobody will ever do (docs/contract.md, section 6, `stall`). */
export type Stall = {
	/** The queue that nobody serves, or that a command does not fit. */
	readonly queue: QueueId;
	/**
	`lost-kick`: the host does not know of visible commands; `lost-irq`: the guest does not
	know of used ones; `impossible-request`: a command wants more slots than the ring has, or
	its chain is longer than the device takes; `wait-condition`: it would fit, but the driver
	checks or waits for what will never be, or sleeps although there is room; `fence-lost`: the
	host has a fence and nobody will look at it; `livelock`: nothing ends although somebody
	runs; `unknown`: none of these.
	*/
	readonly kind: StallKind;
	readonly unpopped: number;
	readonly unreaped: number;
	/**
	`impossible-request` and `wait-condition`: the guest thread, and the
	slots it waits for; else -1 and 0.
	*/
	readonly thread: number;
	readonly slots: number;
	/**
	`impossible-request`: the segments of a chain that broke the device,
	and how many it takes; else 0.
	*/
	readonly chain: number;
	readonly longestChain: number;
};

/**
The stall of a machine, or null. A queue is stalled when its submitters can do nothing more
(all asleep on it), the host has nothing pending, no interrupt or dequeue work is under way,
and the ring still holds commands. A command that wants more slots than the ring has stalls its
thread at once, whatever the others do; one whose chain is too long breaks the device, for all.
Time alone changes none of these.
*/
export function findStall(machine: Machine): Stall | null {
	const {guest, host} = machine;
	const impossible = findRefused(machine) ?? findImpossible(machine);
	if (impossible !== null) {
		return impossible;
	}

	const isForgotten = forgetsFences(machine);
	if ((!host.backend.isIdle && !isForgotten) || host.vcpus.isWriting) {
		return null;
	}

	for (const queue of guest.core.queues) {
		if (guest.driver.isBusy(queue) || guest.interrupts.isBusy(queue.id)) {
			continue;
		}

		const oversleeper = findOversleeper(machine, queue);
		if (oversleeper !== null) {
			return oversleeper;
		}

		if (queue.ring.numFree < queue.ring.size && isStuck(machine, queue)) {
			return stallOf(queue, kindOf(machine, queue), -1, 0);
		}
	}

	return null;
}

/** A stall of a queue as its ring stands. */
export function stallOf({id, ring}: DriverQueue, kind: StallKind, thread: number, slots: number): Stall {
	return {
		queue: id,
		kind,
		unpopped: (ring.availIndex - ring.lastAvail) & 0xff_ff,
		unreaped: (ring.usedIndex - ring.lastUsed) & 0xff_ff,
		thread,
		slots,
		chain: 0,
		longestChain: 0,
	};
}

/** All submitters of the queue sleep, and on it. */
function isStuck({guest: {core, submitters}}: Machine, queue: DriverQueue): boolean {
	let blocked = 0;
	for (const [id, submitter] of submitters.entries()) {
		if ((submitter.uses & (1 << queue.id)) === 0) {
			continue;
		}

		// What a client waits for comes through a queue with responses; a wait
		// with a timeout ends by itself.
		const awaits = queue.responds && submitter.waitingFor !== 0 && !core.loop.queue.isArmed(submitter.pauseTimer);
		if (
			core.cpus.threads[id].state !== threadState.sleeping ||
			(!awaits && !isOnAckQueue(queue.sleepers, queue.sleeping, id))
		) {
			return false;
		}

		blocked++;
	}

	return blocked > 0;
}

/** What a stuck queue lacks, by where its commands are. */
function kindOf(machine: Machine, {ring}: DriverQueue): StallKind {
	if (!ring.isEmpty()) {
		return 'lost-kick';
	}

	if (ring.moreUsed()) {
		return 'lost-irq';
	}

	return forgetsFences(machine) ? 'fence-lost' : 'unknown';
}

/** The device has fences that have not been seen to signal, and sleeps without a timer for them. */
function forgetsFences({host: {backend, core, gpu}}: Machine): boolean {
	const {queue} = core.loop;
	return (
		backend.isAsleep &&
		gpu.fences.count > 0 &&
		!gpu.fencesDue &&
		!queue.isArmed(gpu.gpuTimer) &&
		!queue.isArmed(gpu.pollTimer)
	);
}

/**
Somebody sleeps on ack_queue although what it waits for is there, and nobody is about to wake it.
*/
function findOversleeper(machine: Machine, queue: DriverQueue): Stall | null {
	// Where a used buffer wakes one, another sleeps on behind who was woken and is on his way.
	if (queue.profile.fullRing === 'wake-one' && !isStuck(machine, queue)) {
		return null;
	}

	const {core, submitters} = machine.guest;
	for (let i = 0; i < queue.sleeping; i++) {
		const thread = queue.sleepers[i];
		const {slotsWanted} = submitters[thread];
		if (core.cpus.threads[thread].state === threadState.sleeping && queue.ring.numFree >= slotsWanted) {
			return stallOf(queue, 'wait-condition', thread, slotsWanted);
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

	const queue = guest.core.queues[pool.queue[command]];
	return {
		...stallOf(queue, 'impossible-request', pool.thread[command], 0),
		chain: gpu.chainOf(command),
		longestChain: gpu.settings.longestChain,
	};
}

/**
A command that has been refused for want of more slots than there are: it
sleeps or goes round for ever.
*/
function findImpossible({
	guest: {
		core: {queues},
		submitters,
	},
	pool,
}: Machine): Stall | null {
	for (const [thread, {queue: id, slotsChecked, command}] of submitters.entries()) {
		const queue = queues[id];
		if (slotsChecked > queue.ring.size) {
			const needed =
				command < 0
					? slotsChecked
					: queue.ring.slotsNeeded(pool.out[command], inSegments(commands[pool.type[command]].name));
			return stallOf(
				queue,
				needed > queue.ring.size ? 'impossible-request' : 'wait-condition',
				thread,
				slotsChecked,
			);
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

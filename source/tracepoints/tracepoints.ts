import {type SliceName} from './slices.js';

/**
A slice that a tracepoint opens or closes; with `when` only if that holds of its subject and value.
*/
export type SliceEdge = {
	readonly slice: SliceName;
	readonly when?: (subject: number, value: number) => boolean;
};

/** A place where the model says what it does. What it closes is closed before it opens anything. */
export type Tracepoint = {
	/** Names of its arguments: who, what about, and a number; `_` is one that is always 0. */
	readonly arguments: readonly [actor: Actor, subject: string, value: string];
	readonly opens: readonly SliceEdge[];
	readonly closes: readonly SliceEdge[];
};

/**
Who does something. Guest threads are numbered clients first, then one kworker per vCPU, then one
softirq thread per vCPU, then the RCU kthread; host threads vCPUs first, then the server.
*/
type Actor = 'thread' | 'vcpu' | 'hostThread' | 'client' | '_';

type Edges = {
	readonly opens?: ReadonlyArray<SliceName | SliceEdge>;
	readonly closes?: ReadonlyArray<SliceName | SliceEdge>;
};

const edgesOf = (named: ReadonlyArray<SliceName | SliceEdge> = []): readonly SliceEdge[] =>
	named.map(edge => (typeof edge === 'string' ? {slice: edge} : edge));

function point(actor: Actor, subject: string, value: string, {opens, closes}: Edges = {}): Tracepoint {
	return {arguments: [actor, subject, value], opens: edgesOf(opens), closes: edgesOf(closes)};
}

/** What holds the BQL. */
export const bqlHolder = {mainLoop: 0, vcpu: 1, other: 2} as const;

const isSet = (_subject: number, value: number): boolean => value === 1;
const byMainLoop = (subject: number): boolean => subject === bqlHolder.mainLoop;

/**
What the model reports while it runs, in the order of a command's life. Threads, vCPUs, queues
(0 control, 1 cursor) and commands go by number; times are ns. A row names the arguments after
the time, and the slices that begin and end there.
*/
export const tracepoints = {
	/** A client's thread starts on a command (C1), which was due at `due` (C0). */
	commandStarted: point('thread', 'command', 'due', {opens: ['prepare']}),
	/** spin_lock(qlock) called; `role` as in `lockRole`. */
	lockCalled: point('thread', 'queue', 'role', {closes: ['prepare', 'roomWait']}),
	/** The first try failed. */
	lockContended: point('thread', 'queue', 'role', {opens: ['spin']}),
	/** The lock is taken (for a waiter: handed over). */
	lockAcquired: point('thread', 'queue', 'role', {closes: ['spin'], opens: ['hold', 'owner']}),
	/** spin_unlock. */
	lockReleased: point('thread', 'queue', '_', {closes: ['hold', 'owner']}),
	/** A paravirtual waiter halts its vCPU (kvm_wait). */
	lockHalted: point('thread', 'queue', '_', {opens: ['halt']}),
	/** It runs and spins again. */
	lockResumed: point('thread', 'queue', '_', {closes: ['halt']}),
	/**
	A spinlock other than a qlock is taken: `ack_queue`'s, RCU's, `display_info_lock`; by its
	place among the guest's locks.
	*/
	otherLockAcquired: point('thread', 'lock', '_'),
	otherLockReleased: point('thread', 'lock', '_'),
	/** might_sleep(): the thread sleeps here, or may; `site` as in `mightSleepSite`. */
	mightSleep: point('thread', 'site', '_'),
	/** The lock is held and the ring lacks room. */
	noRoom: point('thread', 'command', 'queue'),
	/** A submitter sleeps on ack_queue. */
	roomWait: point('thread', 'queue', '_', {opens: ['roomWait']}),
	/** `driver.fullRing=busy-error`: the command is given up. */
	busyError: point('thread', 'command', '_'),
	/** avail idx published (A); num_free after it. */
	published: point('thread', 'command', 'numFree'),
	/** num_free before an add, slots. */
	freeAtAdd: point('thread', 'queue', 'numFree'),
	/** kick_prepare: 2 * (something was added) + its answer. */
	kickPrepared: point('thread', 'queue', 'answer'),
	/** The doorbell write starts (K): 2 * vCPU, plus 1 when forced by add. */
	doorbellStarted: point('thread', 'queue', 'vcpuAndForced', {opens: ['doorbell']}),
	/**
	It is delivered: bottom half scheduled, eventfd raised, or the posted write at the device (D).
	`vcpu` is -1 for none; `lost` 1 by a fault.
	*/
	doorbellDelivered: point('vcpu', 'queue', 'lost'),
	/** The write returned to the guest. */
	doorbellReturned: point('thread', 'queue', '_', {closes: ['doorbell']}),
	/** The host begins to pop (B). */
	passStarted: point('_', 'queue', '_', {closes: ['pass', 'service'], opens: ['pass']}),
	/** A command is popped. */
	popped: point('_', 'command', '_'),
	/** Processing starts (S). */
	serviceStarted: point('_', 'command', '_', {opens: ['service']}),
	/** used idx published (U). */
	usedPublished: point('_', 'command', 'queue', {closes: ['service']}),
	/** MSI stored; `lost` 1 by a fault. */
	msiSent: point('_', 'queue', 'lost'),
	/** The guest's handler is entered (I); `found` 1 when something was used. */
	irqEntered: point('vcpu', 'queue', 'found', {opens: [{slice: 'irq', when: isSet}]}),
	/** dequeue work function entered (W). */
	workStarted: point('thread', 'queue', '_', {opens: ['work']}),
	/** Buffer reaped by get_buf; num_free after it. */
	reaped: point('thread', 'command', 'numFree'),
	/** dequeue work released the lock after the drain (X), with so many buffers. */
	workDrained: point('thread', 'queue', 'buffers'),
	/** Response callback returned (R). */
	responded: point('thread', 'command', '_'),
	/** Work function returned. */
	workEnded: point('thread', 'queue', '_', {closes: ['work']}),
	/** VM exit; `kind` as in `exitKind`. */
	exit: point('vcpu', 'kind', '_'),
	/** What a vCPU is doing changed; `state` as in `vcpuState`. */
	vcpuState: point('vcpu', 'state', '_', {closes: ['vcpuState'], opens: ['vcpuState']}),
	/** The thread that serves the device (QEMU: the main loop) got (1) or lost (0) a host CPU. */
	mainLoopOnCpu: point('_', '_', 'on', {closes: ['onCpu'], opens: [{slice: 'onCpu', when: isSet}]}),
	/** A thread fails to take the BQL. */
	bqlContended: point('hostThread', '_', '_'),
	/** BQL taken; `holder` as in `bqlHolder`, `contended` 1 when it had been. */
	bqlAcquired: point('hostThread', 'holder', 'contended', {opens: ['bql']}),
	bqlReleased: point('hostThread', 'holder', '_', {
		closes: ['bql', {slice: 'pass', when: byMainLoop}, {slice: 'service', when: byMainLoop}],
	}),
	/** A device reset begins (1) or has ended (0). */
	reset: point('_', '_', 'begins'),
	/** kworker wake-up asked for by the interrupt; `pending` 1 when it was already. */
	workQueued: point('vcpu', 'queue', 'pending', {closes: ['irq']}),
	/**
	The handler of a queue's interrupt is over; one that queued a work
	was over for the queue with that.
	*/
	irqReturned: point('vcpu', 'queue', '_', {closes: ['irq']}),
	/** process_cmd left a fence to be signalled later. */
	fenceQueued: point('_', 'command', '_', {closes: ['service']}),
	/** A backend other than QEMU has drained a queue, or stops popping from it. */
	passEnded: point('_', 'queue', '_', {closes: ['pass', 'service']}),
	/**
	Something stands still because of a fault: `kind` as in `pauseKind`, the vCPU of a `vcpu` pause.
	*/
	pauseBegan: point('vcpu', 'kind', '_'),
	/** It goes on. */
	pauseEnded: point('vcpu', 'kind', '_'),
} as const satisfies Readonly<Record<string, Tracepoint>>;

export type TracepointName = keyof typeof tracepoints;

/** Names of the tracepoints, by number. */
export const tracepointNames: readonly TracepointName[] = Object.keys(tracepoints) as TracepointName[];

/** Numbers of the tracepoints, handed out in the order of the table: what `Probe.emit` takes. */
export const tracepoint = Object.freeze(
	Object.fromEntries(tracepointNames.map((name, number) => [name, number])),
) as Readonly<Record<TracepointName, number>>;

/** Functions that may sleep. A thread that holds a spinlock must not call them. */
export const mightSleepNames = ['schedule', 'wait_event', 'drm_connector_update_edid_property'] as const;

export const mightSleepSite = {schedule: 0, waitEvent: 1, updateEdid: 2} as const;

/** Why a thread takes the qlock. */
export const lockRole = {submit: 0, notify: 1, worker: 2} as const;

export const exitKind = {
	user: 0,
	kernel: 1,
	halt: 2,
	pause: 3,
} as const;

/**
What a vCPU can be doing, in the order of their numbers (docs/contract.md, section 4: cpu.vcpus[i]).
In the first four its thread is on a host CPU.
*/
export const vcpuStateNames = ['guest', 'spin', 'exit', 'poll', 'blocked', 'idle', 'stolen'] as const;

export const vcpuState = {
	guest: 0,
	spin: 1,
	exit: 2,
	poll: 3,
	blocked: 4,
	idle: 5,
	stolen: 6,
} as const;

/**
What stands still in a pause: who serves the device, command processing (renderer_blocked), a vCPU.
*/
export const pauseKind = {host: 0, renderer: 1, vcpu: 2} as const;

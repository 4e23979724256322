/**
What the model reports while it runs, in the order of a command's life. For each point:
who (`actor`), what about (`subject`) and a number (`value`). Threads, vCPUs, queues
(0 control, 1 cursor) and commands go by number; times are ns.

Guest threads are numbered clients first, then one kworker per vCPU, then one softirq thread per vCPU, then the RCU kthread.
*/
export const tracepoint = {
	/** A client's thread starts on a command (C1). actor thread, subject command, value when it was due (C0). */
	commandStarted: 0,
	/** spin_lock(qlock) called. actor thread, subject queue, value its `lockRole`. */
	lockCalled: 1,
	/** The first try failed. actor thread, subject queue, value its role. */
	lockContended: 2,
	/** The lock is taken (for a waiter: handed over). actor thread, subject queue, value role. */
	lockAcquired: 3,
	/** spin_unlock. actor thread, subject queue. */
	lockReleased: 4,
	/** A paravirtual waiter halts its vCPU (kvm_wait). actor thread, subject queue. */
	lockHalted: 5,
	/** It runs and spins again. actor thread, subject queue. */
	lockResumed: 6,
	/** The lock is held and the ring lacks room. actor thread, subject command, value queue. */
	noRoom: 7,
	/** A submitter sleeps on ack_queue. actor thread, subject queue. */
	roomWait: 8,
	/** `driver.fullRing=busy-error`: the command is given up. actor thread, subject command. */
	busyError: 9,
	/** avail idx published (A). actor thread, subject command, value num_free after it. */
	published: 10,
	/** num_free before an add. actor thread, subject queue, value slots. */
	freeAtAdd: 11,
	/** kick_prepare. actor thread, subject queue, value 2 * (something was added) + answer. */
	kickPrepared: 12,
	/** The doorbell write starts (K). actor thread, subject queue, value 2 * vCPU, plus 1 when forced by add. */
	doorbellStarted: 13,
	/** It is delivered: bottom half scheduled, eventfd raised, or the posted write at the device (D). actor vCPU, subject queue, value 1 when lost by a fault. */
	doorbellDelivered: 14,
	/** The write returned to the guest. actor thread, subject queue. */
	doorbellReturned: 15,
	/** The host begins to pop (B). actor 0, subject queue. */
	passStarted: 16,
	/** A command is popped. subject command. */
	popped: 17,
	/** Processing starts (S). subject command. */
	serviceStarted: 18,
	/** process_cmd returned (E). subject command, value when. */
	serviceEnded: 19,
	/** used idx published (U). subject command, value queue. */
	usedPublished: 20,
	/** MSI stored. subject queue, value 1 when lost by a fault. */
	msiSent: 21,
	/** The guest's handler is entered (I). actor vCPU, subject queue, value 1 when it found something used. */
	irqEntered: 22,
	/** dequeue work function entered (W). actor thread, subject queue. */
	workStarted: 23,
	/** Buffer reaped by get_buf. actor thread, subject command, value num_free after it. */
	reaped: 24,
	/** dequeue work released the lock after the drain (X). actor thread, subject queue, value buffers reaped. */
	workDrained: 25,
	/** Response callback returned (R). actor thread, subject command. */
	responded: 26,
	/** Work function returned. actor thread, subject queue. */
	workEnded: 27,
	/** VM exit. actor vCPU, subject `exitKind`. */
	exit: 28,
	/** What a vCPU is doing changed. actor vCPU, subject `vcpuState`. */
	vcpuState: 29,
	/** The thread that serves the device (QEMU: the main loop) got or lost a host CPU. value 1 or 0. */
	mainLoopOnCpu: 30,
	/** A thread fails to take the BQL. actor host thread. */
	bqlContended: 31,
	/** BQL taken. actor host thread, subject `bqlHolder`, value 1 when it had been contended. */
	bqlAcquired: 32,
	bqlReleased: 33,
	/** Last response of a paced client's frame. actor client, subject 1 when it missed its vblank, value frame time in ns. */
	frameDone: 34,
	/** A device reset begins (1) or has ended (0). value. */
	reset: 35,
	/** Fence signalled to the guest's waiters. subject command. */
	fenceSignalled: 36,
	/** kworker wake-up asked for by the interrupt. actor vCPU, subject queue, value 1 when it was pending already. */
	workQueued: 37,
	/** process_cmd left a fence to be signalled later. subject command. */
	fenceQueued: 38,
	/** A backend other than QEMU has drained a queue, or stops popping from it. subject queue. */
	passEnded: 39,
	/** Something stands still because of a fault (`pauseKind`). actor vCPU of a `vcpu` pause, else 0, subject kind. */
	pauseBegan: 40,
	/** It goes on. actor vCPU of a `vcpu` pause, else 0, subject kind. */
	pauseEnded: 41,
} as const;

/** Why a thread takes the qlock. */
export const lockRole = {submit: 0, notify: 1, worker: 2} as const;

export const exitKind = {
	user: 0, kernel: 1, halt: 2, pause: 3,
} as const;

/** What a vCPU can be doing, in the order of their numbers (docs/contract.md, section 4: cpu.vcpus[i]). In the first four its thread is on a host CPU. */
export const vcpuStateNames = ['guest', 'spin', 'exit', 'poll', 'blocked', 'idle', 'stolen'] as const;

export const vcpuState = {
	guest: 0, spin: 1, exit: 2, poll: 3, blocked: 4, idle: 5, stolen: 6,
} as const;

/** What stands still in a pause: who serves the device, command processing (renderer_blocked), a vCPU. */
export const pauseKind = {host: 0, renderer: 1, vcpu: 2} as const;

export const bqlHolder = {mainLoop: 0, vcpu: 1, other: 2} as const;

import {type ThreadId} from '../../cpu/ids.js';
import {type QueueId} from '../../devices/profile.js';
import {type Thread} from '../../cpu/thread.js';

/**
The program (or the hardware) that implements the device: it is told of doorbells and signalled
fences, takes commands from the rings, and interrupts. All backends of a host but the one that
`host.backend` names are at rest.
*/
export type Backend = {
	/** It sleeps, and nothing is pending that would wake it but fences. */
	readonly isAsleep: boolean;
	/** It sleeps and has no command in hand, no fence left. */
	readonly isIdle: boolean;
	/** Takes over: the device has been reset, and nothing is pending. */
	start(): void;
	/** A doorbell of this queue has arrived; `waker` is the host thread that rang, or `nobody`. */
	schedule(queue: QueueId, waker: ThreadId): void;
	/** The fence poll timer has expired, or the GPU calls back. */
	fencesReady(): void;
	/** A fault: it does nothing for `duration` ns. */
	stallFor(duration: number): void;
	/** The next step of the thread that serves the device. */
	step(thread: Thread): void;
};

/** What a backend sets of the host's settings and of automatic values. */
export type BackendSets = {
	/**
	Segments of the longest chain that it takes, of its own or in an indirect table; no
	limit but the ring's: Infinity.
	*/
	readonly longestChain: number;
	/**
	Accesses to the device's registers in the guest's interrupt handler, each an exit to the VMM:
	vm_interrupt of virtio-mmio makes some, vp_vring_interrupt of virtio-pci with MSI-X none.
	*/
	readonly interruptAccesses: number;
	/** The doorbell page is the device's own: no exit. */
	readonly mapped: boolean;
	/** There is a BQL, which others take too. */
	readonly hasBql: boolean;
	/** A doorbell is an eventfd write whatever `host.ioeventfd` says. */
	readonly ownEventfd: boolean;
	/** Threads of the host that serve the device. */
	readonly serverThreads: number;
	/** Slots of the control queue that it compiles in; 0: as the device is. */
	readonly controlSlots: number;
	readonly cursorSlots: number;
	/** How it hears of virgl's fences unless set otherwise. */
	readonly virglFence: 'poll' | 'async';
};

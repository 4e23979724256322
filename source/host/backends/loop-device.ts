import {type ThreadId} from '../../cpu/ids.js';
import {type Thread} from '../../cpu/thread.js';
import {type QueueId} from '../../devices/profile.js';

/** A device of QEMU, as its main loop sees it. */
export type LoopDevice = {
	/** Bottom halves of its own are scheduled. */
	readonly isReady: boolean;
	/** It has nothing in hand. */
	readonly isIdle: boolean;
	/**
	A kick on the vCPU's thread, in virtio_queue_notify: true when the device has dealt with it
	there, false when a bottom half is to.
	*/
	kick(queue: QueueId, waker: ThreadId): boolean;
	/** The bottom half of a kicked queue. */
	handle(thread: Thread, queue: QueueId): void;
	/** Begins with a bottom half of its own that is ready; false when there is none. */
	dispatch(thread: Thread): boolean;
	/**
	Its display reads the scanout (true), or has done so. True when what was left meanwhile is due.
	*/
	blockRenderer(blocked: boolean): boolean;
	/** The next step of the thread that serves the device. */
	step(thread: Thread): void;
};

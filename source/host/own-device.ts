import {type ThreadId} from '../cpu/ids.js';
import {type Thread} from '../cpu/thread.js';
import {type LoopDevice} from './backends/loop-device.js';
import {type VirtioGpu} from './backends/virtio-gpu.js';

/** A device of QEMU that uses threads of its pool. */
export type PoolDevice = LoopDevice & {
	start(): void;
	/** The next step of a thread of the pool. */
	poolStep(thread: Thread): void;
	/** The disk has written. */
	written(): void;
};

/** What the VMM has for a device that is no GPU. */
export type OwnDevice = {
	/** Threads of QEMU's pool that it uses. */
	readonly poolThreads: number;
	/** Undefined: the backend serves it as it does a GPU. */
	createDevice(parts: {
		readonly device: VirtioGpu;
		/** Kind of the timer of its disk. */
		readonly timerKind: number;
		/** Wakes the main loop. */
		readonly schedule: (waker: ThreadId) => void;
	}): PoolDevice | undefined;
};

import {type Spinlock} from '../cpu/spinlock.js';
import {type Virtqueue} from '../virtqueue/virtqueue.js';

/**
What the driver keeps for a virtqueue: `struct virtio_gpu_queue` (virtgpu_drv.h): the ring,
`qlock`, the wait queue `ack_queue`, `dequeue_work`; and `pending_commands` of the device.
*/
export class GpuQueue {
	/** 0 control, 1 cursor. */
	readonly id: number;
	ring: Virtqueue;
	readonly lock: Spinlock;
	/** Commands added since the last notify (batched policies). */
	pendingCommands = 0;
	/** Sleepers on ack_queue, in order. */
	readonly sleepers: Int32Array;
	sleeping = 0;
	/** The dequeue work is queued and has not started. */
	workPending = false;
	/** vCPU whose kworker runs the dequeue work, or -1. */
	workOn = -1;
	/** Buffers that the running work has reaped and not answered. */
	reaped: Int32Array;
	reapedCount = 0;
	reapedNext = 0;

	constructor(id: number, ring: Virtqueue, lock: Spinlock, threads: number) {
		this.id = id;
		this.ring = ring;
		this.lock = lock;
		this.sleepers = new Int32Array(threads);
		this.reaped = new Int32Array(ring.size);
	}

	/** A fresh ring after a device reset; nothing may be outstanding. */
	replaceRing(ring: Virtqueue): void {
		this.ring = ring;
		this.reaped = new Int32Array(ring.size);
		this.pendingCommands = 0;
	}
}

import {type Spinlock} from '../cpu/spinlock.js';
import {type QueueId, type QueueProfile} from '../devices/profile.js';
import {type Virtqueue} from '../virtqueue/virtqueue.js';
import {type LockId} from './lock-id.js';

/**
What a driver keeps for a virtqueue, as `struct virtio_gpu_queue` (virtgpu_drv.h) does: the
ring, its lock (`qlock`), who sleeps for room (`ack_queue`), `dequeue_work`; and
`pending_commands` of the device.
*/
export class DriverQueue {
	readonly id: QueueId;
	readonly profile: QueueProfile;
	ring: Virtqueue;
	readonly lock: Spinlock;
	readonly lockId: LockId;
	/** The lock of the list of sleepers. */
	readonly waitLockId: LockId;
	/**
	Of the profile, for the hot path: a policy may batch its doorbells; the room rule
	holds; requests have an answer.
	*/
	readonly mayBatch: boolean;
	readonly mayCheck: boolean;
	readonly responds: boolean;
	/** Commands added since the last notify (batched policies). */
	pendingCommands = 0;
	/** Sleepers for room, in order. */
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

	constructor(options: {
		readonly id: QueueId;
		readonly profile: QueueProfile;
		readonly ring: Virtqueue;
		readonly lock: Spinlock;
		readonly lockId: LockId;
		readonly waitLockId: LockId;
		readonly threads: number;
	}) {
		this.id = options.id;
		// Frozen: not part of the state.
		this.profile = Object.freeze(options.profile);
		this.ring = options.ring;
		this.lock = options.lock;
		this.lockId = options.lockId;
		this.waitLockId = options.waitLockId;
		this.mayBatch = options.profile.kick === 'policy';
		this.mayCheck = options.profile.room === 'rule';
		this.responds = options.profile.responses;
		this.sleepers = new Int32Array(options.threads);
		this.reaped = new Int32Array(options.ring.size);
	}

	/** A fresh ring after a device reset; nothing may be outstanding. */
	replaceRing(ring: Virtqueue): void {
		this.ring = ring;
		this.reaped = new Int32Array(ring.size);
		this.pendingCommands = 0;
	}
}

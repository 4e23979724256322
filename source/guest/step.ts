/** Steps of the guest's threads, named after what the thread does next. */
export const step = {
	/** Client: waits for its next round to be due. */
	beginRound: 0,
	/** Client: makes its next command. */
	nextCommand: 1,
	/** virtio_gpu_queue_ctrl_sgs / virtio_gpu_queue_cursor: takes the lock. */
	submit: 2,
	/** It has the lock: room for the command? */
	locked: 3,
	/** virtqueue_add_sgs. */
	add: 4,
	/** Doorbell of a refused add has returned. */
	refused: 5,
	/** virtqueue_kick_prepare after the add. */
	kickPrepare: 6,
	/** Doorbell under the lock has returned. */
	rungUnderLock: 7,
	/** Doorbell after the unlock has returned. */
	rung: 8,
	/** virtio_gpu_notify: looks at pending_commands. */
	notify: 9,
	/** It takes the lock. */
	notifyLock: 10,
	notifyLocked: 11,
	notifyPrepare: 12,
	notifyRungUnderLock: 13,
	notifyRung: 14,
	/** wait_event(ack_queue): looks at the condition, sleeps or goes on. */
	waitForRoom: 15,
	/** prepare_to_wait_event(ack_queue): has the list's lock. */
	waitLocked: 16,
	/** The step of the loop is over. */
	endBatch: 17,
	/** The round's wait. */
	waitForRound: 18,
	endRound: 19,
	/** The step's wait is over. */
	batchWaited: 27,
	/** kworker: takes work from its list. */
	workerIdle: 20,
	/** virtio_gpu_dequeue_*_func entered. */
	workerStart: 21,
	workerLocked: 22,
	/** reclaim_vbufs done for what was used. */
	workerReaped: 23,
	/** A response callback returned. */
	workerResponded: 24,
	/** __wake_up(ack_queue): has its lock and wakes the next sleeper. */
	workerWake: 26,
	/** Sleepers on ack_queue have been woken. */
	workerEnd: 25,
	/** Softirq: frees what a grace period has released. */
	freeStart: 30,
	freeEnd: 31,
	/** RCU kthread: woken, takes the lock of its wait queue, has it, has done its work. */
	graceWake: 40,
	graceLocked: 41,
	graceEnd: 42,
} as const;

/** What a submitter does after a notify. */
export const after = {nextCommand: 0, waitForRoom: 1} as const;

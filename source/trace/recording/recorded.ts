/** Commands that are kept; a longer recording is used up to there. */
export const mostCommands = 40_000;

/** A command as the guest's tracepoints show it; times in ns. */
export type RecordedCommand = {
	/**
	Its place among all commands of the recording: time stamps of different events may be equal.
	*/
	readonly index: number;
	/** 0 control, 1 cursor. */
	readonly queue: number;
	/** Who submitted it. */
	thread: string;
	readonly pid: number;
	/** -1 where the recording has none. */
	readonly cpu: number;
	/** `enum virtio_gpu_ctrl_type`. */
	readonly type: number;
	readonly fenced: boolean;
	/**
	Whether the preemption depth shows a lock: its tracepoint is under qlock; null
	when the recording has no depth.
	*/
	readonly underLock: boolean | null;
	readonly published: number;
	/** Slots free after it; null up to Linux 6.2. */
	readonly numFree: number | null;
	/** When its response was processed; null when the recording ends before it. */
	responded: number | null;
};

/** A doorbell, from the call of the transport's notify function to its return. */
export type RecordedKick = {
	readonly queue: number;
	thread: string;
	readonly pid: number;
	readonly cpu: number;
	/** The function that was probed. */
	readonly function: string;
	/** Commands that were queued before it. */
	readonly after: number;
	readonly start: number;
	end: number;
	/** Its return is in the recording: `end` is known. */
	isReturned: boolean;
	/** Whether the lock was held: the preemption depth; null when the recording does not say. */
	readonly underLock: boolean | null;
	/** Rung by virtqueue_add for want of room. */
	forced: boolean;
};

export type RecordedIrq = {
	readonly queue: number;
	readonly cpu: number;
	/** It interrupted nobody. */
	readonly isIdle: boolean;
	readonly entry: number;
	/** Its handler queued the work; null when one was queued already. */
	queued: number | null;
	exit: number | null;
};

/** A run of the dequeue work. */
export type RecordedRun = {
	readonly queue: number;
	readonly cpu: number;
	readonly start: number;
	/**
	When its work was queued, null when the recording does not say; and whether its
	CPU had nothing else to do then.
	*/
	readonly queued: number | null;
	readonly isIdle: boolean;
	end: number | null;
	/** Time of each response with the type of its command and its place among all commands. */
	readonly responses: Array<{readonly time: number; readonly type: number; readonly command: number}>;
	/** Time that it waited for the lock, as far as the recording has marks. */
	lockWait: number;
};

/** A contended acquisition of qlock. */
export type RecordedWait = {
	readonly who: string;
	readonly holder: string;
	thread: string;
	readonly pid: number;
	readonly start: number;
	end: number;
};

/** A command that a thread slept: from sched_switch. */
export type RecordedSleep = {thread: string; readonly pid: number; readonly start: number; end: number};

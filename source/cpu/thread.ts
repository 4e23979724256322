import {holdDoubles} from '../engine/double-fields.js';
import {type CpuId, type ThreadId} from './ids.js';

/** How a thread stands with its scheduler. */
export const threadState = {sleeping: 0, queued: 1, running: 2} as const;

/**
A thread of the host or of the guest: plain data. What it does is in its program, which
reads `step`; how it is scheduled is in `CpuSet`. A thread runs a segment of `remaining`
ns, then its program takes the next step.
*/
export class Thread {
	readonly id: ThreadId;
	/** The CPU where it runs, is queued, or ran last. */
	cpu: CpuId;
	/** The only CPU where it may run, or -1. */
	pinned: number;
	state: number = threadState.sleeping;
	/** ns of CPU time left in its segment; Infinity: until something happens. */
	remaining = 0;
	/** The next step of its program. */
	step = 0;
	/** Above 0 it is not preempted: it holds or spins on a spinlock. */
	preemptCount = 0;
	/** Where it goes at its next wake-up whatever else is said, or -1. */
	moveTo = -1;
	/** When it left its CPU last, ns. */
	offSince = 0;
	/** Since when it wants a CPU and has none, ns. */
	waitingSince = 0;
	/**
	The CPU that it left last, and what had been `worked` there, ns: what
	its caches there are still worth.
	*/
	leftCpu = -1;
	leftWorked = 0;
	/** It has its CPU only to spin or to poll: others find their caches as they were. */
	quiet = false;
	/** Where it ran before its previous CPU (recent_used_cpu), or -1. */
	recentCpu = -1;
	/** It waits for a spinlock with its CPU. */
	spinning = false;

	/** EEVDF: ns of CPU time had, in its queue's frame. */
	vruntime = 0;
	/** EEVDF: virtual deadline. */
	deadline = 0;
	/** EEVDF: lag kept over a sleep, ns. */
	lag = 0;
	/** EEVDF: the deadline it had when it was chosen. */
	deadlineAtPick = -1;
	/** EEVDF: asleep, but still queued until its lag is paid off (delayed dequeue). */
	delayed = false;

	/**
	Share of time that it wanted a CPU, decaying with a half-life of 32 ms, as of `loadAt` (ns).
	*/
	load = 0;
	loadAt = 0;

	constructor(id: number, cpu: number, pinned: number) {
		this.id = id as ThreadId;
		this.cpu = cpu as CpuId;
		this.pinned = pinned;
		holdDoubles(
			this,
			'remaining',
			'offSince',
			'waitingSince',
			'leftWorked',
			'vruntime',
			'deadline',
			'lag',
			'deadlineAtPick',
			'load',
			'loadAt',
		);
	}
}

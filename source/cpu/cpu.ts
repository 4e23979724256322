import {holdDoubles} from '../engine/double-fields.js';
import {type CpuId} from './ids.js';

/**
A CPU: of the host, running host threads, or of the guest (a vCPU), running guest threads.
A guest CPU is `frozen` while its vCPU thread is off the host's CPUs or out of guest mode:
then the segment of its thread stands still.
*/
export class Cpu {
	readonly id: CpuId;
	/** Fires when the running segment ends. */
	readonly segmentTimer: number;
	/** Fires at the scheduler's tick. */
	readonly tickTimer: number;
	/** When its tick fires, if it is armed, ns. */
	tickAt = 0;
	/** Its tick has fired, and the next one has not been programmed. */
	tickPending = false;
	frozen: boolean;
	/** The thread that runs here, or -1: idle. */
	current = -1;
	/** When the time of the current segment was accounted last, ns. */
	accounted = 0;
	/** Threads that wait for this CPU, the delayed ones among them. */
	readonly queue: Int32Array;
	queued = 0;
	/**
	The most that have wanted this CPU together since somebody began to wait for it, or the
	CPU from where he was moved here.
	*/
	most = 0;
	/** The scheduler shall choose again as soon as it may. */
	needResched = false;
	/**
	It has switched to the idle thread: who wakes it next waits until it has left its idle state.
	*/
	idle = false;
	/** The thread that somebody has yielded to and that runs next if it is eligible, or -1. */
	buddy = -1;
	/** When it became idle, ns. */
	idleSince = 0;
	/**
	It is on its way out of its idle state or to another thread, and runs none; `segmentTimer` runs.
	*/
	waking = false;
	/** The thread it ran last or is switching to, or -1. */
	last = -1;
	/** ns that threads have worked here in all, those aside in which they only spun or polled. */
	worked = 0;
	/** ns of CPU time to be lost on cold caches: as long as there are any it runs at half speed. */
	cold = 0;
	/**
	Threads that belong here and want a CPU, the delayed sleepers among them; the sum of all its
	threads' load averages, as of `loadAt` (ns).
	*/
	runnable = 0;
	load = 0;
	loadAt = 0;
	/** ns left of an interrupt handler that runs on top of the current thread; -1: none. */
	interruptRemaining = -1;

	constructor(id: number, segmentTimer: number, tickTimer: number, threads: number, frozen: boolean) {
		this.id = id as CpuId;
		this.segmentTimer = segmentTimer;
		this.tickTimer = tickTimer;
		this.queue = new Int32Array(threads);
		this.frozen = frozen;
		holdDoubles(this, 'tickAt', 'accounted', 'idleSince', 'worked', 'cold', 'load', 'loadAt', 'interruptRemaining');
	}

	enqueue(thread: number): void {
		const {demand} = this;
		this.most = this.queued === 0 || demand >= this.most ? demand + 1 : this.most;
		this.queue[this.queued++] = thread;
	}

	dequeue(thread: number): void {
		for (let i = 0; i < this.queued; i++) {
			if (this.queue[i] === thread) {
				this.queue[i] = this.queue[--this.queued];
				return;
			}
		}
	}

	/** Threads that want this CPU, the running one among them. */
	get demand(): number {
		return this.queued + (this.current >= 0 ? 1 : 0);
	}
}

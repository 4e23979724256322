import {type EventLoop} from '../../engine/event-loop.js';

/**
What an fsync waits for when the file is on a disk. Requests that come while it is at work are its
next batch: each takes its time, the pages that are dirty when the batch begins are written by it,
whoever dirtied them, and all of it ends together, as fsyncs do that share a commit of the journal.
*/
export class Disk {
	/** Fires when the batch at work is done. */
	readonly timer: number;
	private readonly loop: EventLoop;
	private readonly time: (requests: number) => number;
	/** Pool threads that wait, in order; the first `batch` of them are being served. */
	private readonly waiting: Int32Array;
	private count = 0;
	private batch = 0;

	/** `time` draws how long so many requests take together, ns. */
	constructor(loop: EventLoop, timerKind: number, threads: number, time: (requests: number) => number) {
		this.loop = loop;
		this.timer = loop.addTimer(timerKind, 0);
		this.waiting = new Int32Array(threads);
		this.time = time;
	}

	submit(poolThread: number): void {
		this.waiting[this.count++] = poolThread;
		if (this.batch === 0) {
			this.begin();
		}
	}

	/**
	The timer has fired: one whose request is done, to be called until it says
	-1; then the next batch begins.
	*/
	takeDone(): number {
		if (this.batch === 0) {
			this.begin();
			return -1;
		}

		const first = this.waiting[0];
		this.count--;
		this.batch--;
		this.waiting.copyWithin(0, 1);
		return first;
	}

	private begin(): void {
		this.batch = this.count;
		if (this.batch > 0) {
			this.loop.after(this.timer, this.time(this.batch));
		}
	}
}

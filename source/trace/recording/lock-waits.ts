import {type Work} from '../roles/machine-roles.js';
import {mostCommands, type RecordedWait} from './recorded.js';

/**
A thread that spun for a lock, inside a run of a work or as one that submits: whose lock it was
shows in the device of either.
*/
export type RawContention = {readonly pid: number; readonly work: Work | null; readonly start: number; end: number};

/**
Waits for qlock on one machine: by the driver's own marks, or by contention events
as long as there are no marks.
*/
export class LockWaits {
	/** By marks. */
	readonly waits: RecordedWait[] = [];
	readonly contentions: RawContention[] = [];
	hasMarks = false;
	private readonly waiting = new Map<number, RecordedWait>();
	private readonly spinning = new Map<number, RawContention>();

	/** A mark: a thread begins to wait. */
	marked(
		{pid, time}: {readonly pid: number; readonly time: number},
		{who, holder}: {readonly who: string; readonly holder: string},
	): void {
		this.hasMarks = true;
		this.waiting.set(pid, {
			who,
			holder,
			thread: '',
			pid,
			start: time,
			end: time,
		});
	}

	/**
	The mark of its end. Returns how long it was, ns; 0 for one whose
	beginning is not in the recording.
	*/
	taken(pid: number, time: number): number {
		const wait = this.waiting.get(pid);
		if (wait === undefined) {
			return 0;
		}

		wait.end = time;
		this.waits.push(wait);
		this.waiting.delete(pid);
		return time - wait.start;
	}

	/** A contention event: `thread` finds a spinlock taken. */
	contended(
		thread: number,
		{pid, work, time}: {readonly pid: number; readonly work: Work | null; readonly time: number},
	): void {
		if (!this.hasMarks) {
			this.spinning.set(thread, {
				pid,
				work,
				start: time,
				end: time,
			});
		}
	}

	/** It has the lock. Returns as `taken` does. */
	contentionEnded(thread: number, time: number): number {
		const contention = this.spinning.get(thread);
		this.spinning.delete(thread);
		if (contention === undefined || this.hasMarks) {
			return 0;
		}

		contention.end = time;
		if (this.contentions.length < 4 * mostCommands) {
			this.contentions.push(contention);
		}

		return time - contention.start;
	}
}

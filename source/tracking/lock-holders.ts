import {type Instrument, type Observer} from '../tracepoints/observer.js';
import {roleNames} from './run-names.js';

/** What has the lock that a thread waits for, as the marks at qlock say it; empty: it waits for none. */
export type WaitedFor = '' | 'none' | 'in_notify' | (typeof roleNames)[number];

const notWaiting = -3;
const waitsForNobody = -2;
const waitsForNotify = -1;

/**
Who holds the `qlock` of each queue, who writes a doorbell under it, and who waits for it since when.
Attach it at time 0, in front of whoever asks. What it says of a thread's wait stays until the thread's
next spin_lock, so that it can be asked when the lock is taken as well.
*/
export class LockHolders implements Instrument {
	readonly observers: readonly Observer[];
	/** By queue: the thread that holds the lock or -1, and what for (`lockRole`). */
	readonly holders: Int32Array;
	readonly roles: Int32Array;
	/** By queue: the thread that writes its doorbell with the lock held, or -1. */
	readonly ringing: Int32Array;
	/** By queue: 1 when its latest doorbell was rung inside add, for want of room. */
	readonly forced: Uint8Array;
	/** By thread: when its first try for the lock failed, ns; -1: it did not. */
	readonly contendedAt: Float64Array;
	/** By thread: what it waits for, a role or one of the numbers above. */
	private readonly waits: Int32Array;

	/** `threads`: of the guest, kernel threads among them. */
	constructor(queues: number, threads: number) {
		this.holders = new Int32Array(queues).fill(-1);
		this.roles = new Int32Array(queues);
		this.ringing = new Int32Array(queues).fill(-1);
		this.forced = new Uint8Array(queues);
		this.contendedAt = new Float64Array(threads).fill(-1);
		this.waits = new Int32Array(threads).fill(notWaiting);
		this.observers = [this.observer()];
	}

	/** What had the lock when the thread's first try failed. */
	waitedFor(thread: number): WaitedFor {
		const wait = this.waits[thread];
		if (wait >= 0) {
			return roleNames[wait];
		}

		return wait === waitsForNotify ? 'in_notify' : (wait === waitsForNobody ? 'none' : '');
	}

	private observer(): Observer {
		const {contendedAt, forced, holders, ringing, roles, waits} = this;
		return {
			lockCalled(_time, thread) {
				contendedAt[thread] = -1;
				waits[thread] = notWaiting;
			},
			lockContended(time, thread, queue) {
				contendedAt[thread] = time;
				waits[thread] = ringing[queue] >= 0 ? waitsForNotify : (holders[queue] < 0 ? waitsForNobody : roles[queue]);
			},
			lockAcquired(_time, thread, queue, role) {
				holders[queue] = thread;
				roles[queue] = role;
			},
			lockReleased(_time, _thread, queue) {
				holders[queue] = -1;
			},
			doorbellStarted(_time, thread, queue, vcpuAndForced) {
				ringing[queue] = holders[queue] === thread ? thread : -1;
				forced[queue] = vcpuAndForced & 1;
			},
			doorbellReturned(_time, _thread, queue) {
				ringing[queue] = -1;
			},
		};
	}
}

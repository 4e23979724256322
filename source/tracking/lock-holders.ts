import {type Instrument, type Observer} from '../tracepoints/observer.js';
import {roleNames} from './run-names.js';
import {type Sizes} from './sizes.js';

/**
What has the lock that a thread waits for, as the marks at qlock say it; empty: it waits for none.
*/
export type WaitedFor = '' | 'none' | 'in_notify' | (typeof roleNames)[number];

const notWaiting = -3;
const waitsForNobody = -2;
const waitsForNotify = -1;

/**
Who holds each lock, who writes a doorbell under the `qlock` of a queue, and who waits for that
since when. A lock goes by its place among the guest's, where the `qlock` of a queue has the queue's
number. Attach it at time 0, in front of whoever asks. What it says of a thread's wait stays until
the thread's next spin_lock, so that it can be asked when the lock is taken as well.
*/
export class LockHolders implements Instrument {
	readonly observers: readonly Observer[];
	/** By lock: the thread that holds it or -1, and since when, ns. */
	readonly holders: Int32Array;
	readonly since: Float64Array;
	/** By thread: how many locks it holds. */
	readonly held: Uint8Array;
	/** By queue: what its lock is held for (`lockRole`). */
	readonly roles: Int32Array;
	/** By queue: the thread that writes its doorbell with the lock held, or -1. */
	readonly ringing: Int32Array;
	/** By queue: 1 when its latest doorbell was rung inside add, for want of room. */
	readonly forced: Uint8Array;
	/** By thread: when its first try for the lock failed, ns; -1: it did not. */
	readonly contendedAt: Float64Array;
	/** By thread: what it waits for, a role or one of the numbers above. */
	private readonly waits: Int32Array;

	constructor({queues, threads, locks}: Sizes) {
		this.holders = new Int32Array(locks).fill(-1);
		this.since = new Float64Array(locks);
		this.held = new Uint8Array(threads);
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

		return wait === waitsForNotify ? 'in_notify' : wait === waitsForNobody ? 'none' : '';
	}

	private observer(): Observer {
		const {contendedAt, forced, holders, ringing, roles, waits} = this;
		const taken = (time: number, thread: number, lock: number): void => {
			this.take(time, thread, lock);
		};

		const given = (_time: number, thread: number, lock: number): void => {
			this.give(thread, lock);
		};

		return {
			lockCalled(_time, thread) {
				contendedAt[thread] = -1;
				waits[thread] = notWaiting;
			},
			lockContended(time, thread, queue) {
				contendedAt[thread] = time;
				waits[thread] =
					ringing[queue] >= 0 ? waitsForNotify : holders[queue] < 0 ? waitsForNobody : roles[queue];
			},
			lockAcquired: (time, thread, queue, role) => {
				this.take(time, thread, queue);
				roles[queue] = role;
			},
			lockReleased: given,
			otherLockAcquired: taken,
			otherLockReleased: given,
			doorbellStarted(_time, thread, queue, vcpuAndForced) {
				ringing[queue] = holders[queue] === thread ? thread : -1;
				forced[queue] = vcpuAndForced & 1;
			},
			doorbellReturned(_time, _thread, queue) {
				ringing[queue] = -1;
			},
		};
	}

	private take(time: number, thread: number, lock: number): void {
		this.holders[lock] = thread;
		this.since[lock] = time;
		this.held[thread]++;
	}

	private give(thread: number, lock: number): void {
		this.holders[lock] = -1;
		this.held[thread]--;
	}
}

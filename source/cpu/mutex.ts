/**
A sleeping mutex as pthread_mutex is one: not first in, first out. The unlocker leaves it
free and wakes the thread that has slept longest; whoever tries first has it, and a woken
thread that comes too late goes to the end of the line. Putting to sleep and waking up is
the caller's work. (glibc nptl/pthread_mutex_lock.c, futex wake of one)
*/
export class Mutex {
	/** Number of the holder, or -1. */
	owner = -1;
	private readonly sleepers: Int32Array;
	private sleeping = 0;

	constructor(threads: number) {
		this.sleepers = new Int32Array(threads);
	}

	get sleeperCount(): number {
		return this.sleeping;
	}

	tryLock(thread: number): boolean {
		if (this.owner >= 0) {
			return false;
		}

		this.owner = thread;
		return true;
	}

	/** The thread will sleep until it is woken. */
	enqueue(thread: number): void {
		this.sleepers[this.sleeping++] = thread;
	}

	/** Frees the mutex; returns the sleeper to wake, or -1. */
	unlock(): number {
		this.owner = -1;
		if (this.sleeping === 0) {
			return -1;
		}

		const first = this.sleepers[0];
		this.sleeping--;
		for (let i = 0; i < this.sleeping; i++) {
			this.sleepers[i] = this.sleepers[i + 1];
		}

		return first;
	}
}

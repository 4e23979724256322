export const spinlockKinds = ['pv-qspinlock', 'qspinlock', 'test-and-set'] as const;

export type SpinlockKind = (typeof spinlockKinds)[number];

/**
What a spinlock needs to know of its waiters: who is executing right now. A waiter that
is preempted by the host, out in an exit or halted does not see the lock become free.
*/
export type WaiterView = {
	isExecuting(thread: number): boolean;
};

/**
Who of several that try at the same moment changes the lock's word first: a number below `count`.
*/
export type Race = {
	below(count: number): number;
};

/**
A kernel spinlock, as far as order is concerned. Time (what a hand-over costs, how long
a paravirtual waiter spins before it halts) belongs to who uses it.

- `qspinlock`: first in, first out (kernel/locking/qspinlock.c). The first waiter gets the
  lock even while it is not executing, and nobody can pass it.
- `pv-qspinlock`: the same queue, but the lock stays free until the first waiter runs, and a
  newcomer may steal it meanwhile (qspinlock_paravirt.h, pv_hybrid_queued_unfair_trylock).
- `test-and-set`: no queue (virt_spin_lock): whoever of the executing
  waiters wins the race for the word.
*/
export class Spinlock {
	kind: SpinlockKind;
	/** Number of the holder, or -1. */
	owner = -1;
	/** The CPU that held it last, or -1. */
	lastCpu = -1;
	private readonly waiters: Int32Array;
	private waiting = 0;
	private readonly view: WaiterView;
	private readonly race: Race;

	constructor(kind: SpinlockKind, threads: number, view: WaiterView, race: Race) {
		this.kind = kind;
		this.waiters = new Int32Array(threads);
		this.view = view;
		this.race = race;
	}

	get waiterCount(): number {
		return this.waiting;
	}

	/** The waiter that is next in line (FIFO kinds), or -1. */
	get first(): number {
		return this.waiting > 0 ? this.waiters[0] : -1;
	}

	/** One try to take the lock by who is not in the queue. */
	tryLock(thread: number): boolean {
		if (this.owner >= 0) {
			return false;
		}

		if (
			this.waiting > 0 &&
			this.kind !== 'test-and-set' &&
			(this.kind === 'qspinlock' || this.view.isExecuting(this.waiters[0]))
		) {
			return false;
		}

		this.owner = thread;
		return true;
	}

	/** The thread waits from now on. */
	enqueue(thread: number): void {
		this.waiters[this.waiting++] = thread;
	}

	/** Gives the lock up. Returns the waiter that has it now, or -1: nobody takes it yet. */
	release(cpu: number): number {
		this.owner = -1;
		this.lastCpu = cpu;
		return this.handOver();
	}

	/** A waiter executes again and looks at the lock; true when it has it now. */
	retry(thread: number): boolean {
		if (this.owner >= 0 || (this.kind !== 'test-and-set' && this.waiters[0] !== thread)) {
			return false;
		}

		this.take(thread);
		return true;
	}

	private handOver(): number {
		if (this.waiting === 0) {
			return -1;
		}

		if (this.kind !== 'test-and-set') {
			const head = this.waiters[0];
			if (this.kind === 'qspinlock' || this.view.isExecuting(head)) {
				this.take(head);
				return head;
			}

			return -1;
		}

		let executing = 0;
		for (let i = 0; i < this.waiting; i++) {
			if (this.view.isExecuting(this.waiters[i])) {
				executing++;
			}
		}

		if (executing === 0) {
			return -1;
		}

		let choice = executing === 1 ? 0 : this.race.below(executing);
		for (let i = 0; i < this.waiting; i++) {
			const thread = this.waiters[i];
			if (this.view.isExecuting(thread) && choice-- === 0) {
				this.take(thread);
				return thread;
			}
		}

		return -1;
	}

	private take(thread: number): void {
		this.owner = thread;
		let at = 0;
		while (this.waiters[at] !== thread) {
			at++;
		}

		this.waiting--;
		for (; at < this.waiting; at++) {
			this.waiters[at] = this.waiters[at + 1];
		}
	}
}

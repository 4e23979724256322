import {type ThreadId} from '../../cpu/ids.js';
import {type Thread, threadState} from '../../cpu/thread.js';
import {type GuestPart} from '../guest-part.js';
import {type GuestCore} from '../guest-core.js';
import {step} from './step.js';

/** How often a waiter that spins looks at the owner, ns. */
const look = 500;

/**
`flush_lock`, a mutex of the kernel (kernel/locking/mutex.c): who finds it taken spins
while its owner runs (mutex_spin_on_owner), then sleeps. The unlocker wakes the first
sleeper and anybody may be faster; a sleeper that was woken for nothing is handed the mutex
at the next unlock (MUTEX_FLAG_HANDOFF).
*/
export class FlushLock implements GuestPart {
	private readonly core: GuestCore;
	/** Where a thread goes on once it has the mutex. */
	private readonly continuation: number;
	private owner = -1;
	private readonly sleepers: Int32Array;
	private sleeping = 0;
	/** The first sleeper has asked to be handed the mutex. */
	private handOff = false;

	constructor(core: GuestCore, continuation: number) {
		this.core = core;
		this.continuation = continuation;
		this.sleepers = new Int32Array(core.roles.clients);
	}

	lock(thread: Thread): void {
		if (this.owner < 0 && !this.handOff) {
			this.owner = thread.id;
			this.core.work(thread, 0, this.continuation);
		} else {
			this.spinOrSleep(thread);
		}
	}

	/** True when an interrupt has to be sent for the thread that was woken. */
	unlock(thread: Thread): boolean {
		this.owner = -1;
		if (this.sleeping === 0) {
			return false;
		}

		const first = this.core.cpus.threads[this.sleepers[0]];
		if (this.handOff) {
			this.own(first);
		}

		return this.core.wake(first, this.core.costs.contextSwitch.draw(), thread.id);
	}

	step(thread: Thread): void {
		if (this.owner === thread.id) {
			this.core.work(thread, 0, this.continuation);
			return;
		}

		if (thread.step === step.mutex_optimistic_spin) {
			if (this.owner < 0 && (!this.handOff || this.isFirst(thread.id))) {
				this.own(thread);
				this.core.work(thread, 0, this.continuation);
			} else {
				this.spinOrSleep(thread);
			}

			return;
		}

		if (this.owner < 0) {
			this.own(thread);
			this.core.work(thread, 0, this.continuation);
		} else {
			this.handOff = true;
			this.spinOrSleep(thread);
		}
	}

	private isFirst(id: ThreadId): boolean {
		return this.sleeping > 0 && this.sleepers[0] === id;
	}

	/** The mutex is this thread's; it is no sleeper any more. */
	private own(thread: Thread): void {
		this.owner = thread.id;
		if (this.isFirst(thread.id)) {
			this.handOff = false;
			this.sleeping--;
			for (let i = 0; i < this.sleeping; i++) {
				this.sleepers[i] = this.sleepers[i + 1];
			}
		}
	}

	private spinOrSleep(thread: Thread): void {
		const {core} = this;
		if (this.owner < 0 || core.cpus.threads[this.owner].state === threadState.running) {
			core.work(thread, look, step.mutex_optimistic_spin);
			return;
		}

		if (!this.isFirst(thread.id) && !this.sleepers.subarray(0, this.sleeping).includes(thread.id)) {
			this.sleepers[this.sleeping++] = thread.id;
		}

		core.sleep(thread, step.mutex_lock_woken);
	}
}

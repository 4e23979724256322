import {type Cpu} from '../cpu/cpu.js';
import {HandoverRace} from '../cpu/handover-race.js';
import {type CpuId, type ThreadId, type VcpuId} from '../cpu/ids.js';
import {Spinlock, type SpinlockKind} from '../cpu/spinlock.js';
import {type Thread} from '../cpu/thread.js';
import {RandomStream} from '../engine/random.js';
import {lockRole, tracepoint} from '../tracepoints/tracepoints.js';
import {type QueueId} from '../devices/profile.js';
import {type LockId} from './lock-id.js';
import {GuestThreads, type GuestThreadsOptions} from './guest-threads.js';

/**
The guest's spinlocks: who takes them, waits for them, and gets them; in threads and in interrupt
handlers.
*/
export class GuestLocks extends GuestThreads {
	/** By `LockId`. */
	readonly locks: Spinlock[] = [];
	/** By `LockId`: what the kernel calls them. */
	readonly lockNames: string[] = [];
	/** By thread: the lock it holds or waits for. */
	readonly lockIndex: Int32Array;
	/** By thread: why (`lockRole`). */
	readonly lockRole: Int32Array;
	/** By thread: halted in kvm_wait. */
	readonly lockHalted: Uint8Array;
	/**
	By thread: the lock is its own, but its cache line has still to come (guest.cost.lockTransfer).
	*/
	readonly lockOnItsWay: Uint8Array;
	/** By vCPU: how many reasons it has to take no interrupt. */
	readonly irqsOff: Int32Array;
	/** By `LockId`: the queue whose ring it guards, or -1. */
	private readonly lockQueue: number[] = [];
	private readonly spinlock: SpinlockKind;
	/** By vCPU: the lock for which its interrupt handler spins, or -1. */
	private readonly handlerSpins: Int32Array;
	private readonly seed: number;

	constructor(options: GuestThreadsOptions & {readonly spinlock: SpinlockKind}) {
		super(options);
		this.spinlock = options.spinlock;
		this.seed = options.seed;
		const count = options.threads.length;
		this.lockIndex = new Int32Array(count);
		this.lockRole = new Int32Array(count);
		this.lockHalted = new Uint8Array(count);
		this.lockOnItsWay = new Uint8Array(count);
		this.irqsOff = new Int32Array(options.vcpus);
		this.handlerSpins = new Int32Array(options.vcpus).fill(-1);
	}

	/**
	A new spinlock; who wins its races comes from this stream. `queue`: it is the one that guards
	that queue's ring; `name`: what the kernel calls it, the end of the stream unless given.
	*/
	addLock(stream: string, {queue, name}: {readonly queue?: QueueId; readonly name?: string} = {}): LockId {
		const view = {isExecuting: (id: number): boolean => this.isExecuting(id)};
		this.lockQueue.push(queue ?? -1);
		this.lockNames.push(name ?? stream.slice(stream.lastIndexOf('/') + 1));
		return (this.locks.push(
			new Spinlock(
				this.spinlock,
				this.roles.owners,
				view,
				new HandoverRace(this.loop.choices, new RandomStream(this.seed, stream)),
			),
		) - 1) as LockId;
	}

	/** spin_lock_irqsave: from the call on the vCPU takes no interrupt. */
	lockIrqsave(thread: Thread, index: LockId, step: number): void {
		this.irqsOff[thread.cpu]++;
		this.take(thread, index, step);
	}

	/** spin_unlock_irqrestore: interrupts that wait are taken before the thread goes on. */
	unlockIrqrestore(thread: Thread, index: LockId): void {
		this.irqsOff[thread.cpu]--;
		this.giveUp(thread, index);
		this.platform.takeInterrupt(thread.cpu);
	}

	/**
	spin_lock in an interrupt handler: true when it has the lock at once; else the handler spins,
	and its work ends when it has it.
	*/
	lockInHandler(cpu: Cpu, index: LockId): boolean {
		const owner = this.roles.handler(cpu.id);
		const lock = this.locks[index];
		if (lock.tryLock(owner)) {
			this.traceOwner(tracepoint.lockAcquired, owner, index, lockRole.worker);
			return true;
		}

		this.traceOwner(tracepoint.lockContended, owner, index, lockRole.worker);
		lock.enqueue(owner);
		this.handlerSpins[cpu.id] = index;
		this.cpus.interrupt(cpu, Infinity);
		this.platform.activityChanged(cpu.id);
		return false;
	}

	/** The handler gives a lock up. */
	unlockInHandler(cpu: Cpu, index: LockId): void {
		this.traceOwner(tracepoint.lockReleased, this.roles.handler(cpu.id), index, 0);
		this.release(index, cpu.id);
	}

	/** The vCPU's interrupt handler waits for a spinlock. */
	isHandlerSpinning(vcpu: VcpuId): boolean {
		return this.handlerSpins[vcpu] >= 0;
	}

	/** The vCPU executes again: a handler that spins may find its lock free. */
	handlerLooksAgain(cpu: Cpu): void {
		const index = this.handlerSpins[cpu.id];
		if (index >= 0 && this.locks[index].retry(this.roles.handler(cpu.id))) {
			this.grantToHandler(cpu);
		}
	}

	/** A spinning thread executes again: it may find the lock free. */
	lookAgain(thread: Thread): void {
		const index = this.lockIndex[thread.id] as LockId;
		if (this.lockHalted[thread.id] === 1) {
			this.lockHalted[thread.id] = 0;
			this.trace(tracepoint.lockResumed, thread, index, 0);
			this.cpus.run(thread, this.spinLimit);
		}

		if (this.locks[index].retry(thread.id)) {
			this.grant(thread, index);
		}
	}

	/** A paravirtual waiter has spun for long enough: kvm_wait halts its vCPU. */
	haltWaiter(thread: Thread): void {
		this.lockHalted[thread.id] = 1;
		this.trace(tracepoint.lockHalted, thread, this.lockIndex[thread.id] as LockId, 0);
		thread.remaining = this.spinLimit;
		this.platform.halt(thread.cpu);
	}

	/** Takes a lock and goes on at `step`. */
	take(thread: Thread, index: LockId, step: number): void {
		const {id} = thread;
		const lock = this.locks[index];
		this.lockIndex[id] = index;
		thread.preemptCount++;
		if (lock.tryLock(id)) {
			this.trace(tracepoint.lockAcquired, thread, index, this.lockRole[id]);
			this.work(thread, 0, step);
			return;
		}

		this.trace(tracepoint.lockContended, thread, index, this.lockRole[id]);
		lock.enqueue(id);
		thread.spinning = true;
		this.work(thread, lock.kind === 'pv-qspinlock' ? this.spinLimit : Infinity, step);
		this.platform.activityChanged(thread.cpu);
	}

	/** Gives a lock up. */
	giveUp(thread: Thread, index: LockId): void {
		const lock = this.locks[index];
		this.trace(tracepoint.lockReleased, thread, index, 0);
		if (this.release(index, thread.cpu)) {
			// __pv_queued_spin_unlock_slowpath: the unlocker pays for the hypercall.
			this.overhead[thread.id] += this.costs.pvKick.draw();
			this.platform.wakeVcpu(this.cpus.threads[lock.first].cpu, thread.cpu);
		}

		this.cpus.allowPreemption(thread);
	}

	/**
	The lock goes to a waiter that sees it; true when the first one has halted and must be kicked.
	*/
	release(index: LockId, vcpu: CpuId): boolean {
		const lock = this.locks[index];
		const heir = lock.release(vcpu);
		const handler = this.roles.handlerVcpu(heir);
		if (handler >= 0) {
			this.grantToHandler(this.cpus.cpus[handler]);
			return false;
		}

		if (heir >= 0) {
			this.grant(this.cpus.threads[heir], index);
			return false;
		}

		return lock.first >= 0 && this.lockHalted[lock.first] === 1;
	}

	/** A thread to which a lock was handed over has it in its cache: spin_lock returns. */
	arrive(thread: Thread): void {
		this.lockOnItsWay[thread.id] = 0;
		this.trace(tracepoint.lockAcquired, thread, this.lockIndex[thread.id] as LockId, this.lockRole[thread.id]);
	}

	/** How long a paravirtual waiter spins before it halts, ns. */
	private get spinLimit(): number {
		return this.driver.spinThreshold * this.driver.pause;
	}

	/** Whether who owns or waits for locks executes: a thread, or a vCPU's interrupt handler. */
	private isExecuting(owner: number): boolean {
		const vcpu = this.roles.handlerVcpu(owner);
		if (vcpu < 0) {
			return this.cpus.isActive(this.cpus.threads[owner]);
		}

		const cpu = this.cpus.cpus[vcpu];
		return !cpu.frozen && cpu.interruptRemaining >= 0;
	}

	private grant(thread: Thread, index: LockId): void {
		thread.spinning = false;
		this.lockOnItsWay[thread.id] = 1;
		this.work(thread, this.costs.lockTransfer.draw(), thread.step);
		this.platform.activityChanged(thread.cpu);
	}

	private grantToHandler(cpu: Cpu): void {
		this.traceOwner(
			tracepoint.lockAcquired,
			this.roles.handler(cpu.id),
			this.handlerSpins[cpu.id] as LockId,
			lockRole.worker,
		);
		this.handlerSpins[cpu.id] = -1;
		if (cpu.frozen) {
			cpu.interruptRemaining = this.costs.lockTransfer.draw();
		} else {
			this.cpus.interrupt(cpu, this.costs.lockTransfer.draw());
		}

		this.platform.activityChanged(cpu.id);
	}

	/** Waits for the locks of queues have tracepoints; other locks are only taken and given up. */
	private trace(point: number, thread: Thread, index: LockId, value: number): void {
		this.traceOwner(point, thread.id, index, value);
	}

	private traceOwner(point: number, owner: ThreadId, index: LockId, value: number): void {
		const queue = this.lockQueue[index];
		if (queue >= 0) {
			this.probe.emit(point, owner, queue, value);
		} else if (point === tracepoint.lockAcquired) {
			this.probe.emit(tracepoint.otherLockAcquired, owner, index, 0);
		} else if (point === tracepoint.lockReleased) {
			this.probe.emit(tracepoint.otherLockReleased, owner, index, 0);
		}
	}
}

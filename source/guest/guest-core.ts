import {CpuSet, type CpuTimers, type Program} from '../cpu/cpu-set.js';
import {type SchedulerSettings} from '../cpu/scheduler-settings.js';
import {type Cpu} from '../cpu/cpu.js';
import {HandoverRace} from '../cpu/handover-race.js';
import {type CpuId, type ThreadId, type VcpuId} from '../cpu/ids.js';
import {Spinlock, type SpinlockKind} from '../cpu/spinlock.js';
import {type Thread, threadState} from '../cpu/thread.js';
import {type EventLoop} from '../engine/event-loop.js';
import {type Probe} from '../engine/probe.js';
import {RandomStream} from '../engine/random.js';
import {type CommandPool} from '../devices/command-pool.js';
import {lockRole, mightSleepSite, tracepoint} from '../tracepoints/tracepoints.js';
import {type DeviceProfile, type QueueId, queueIds} from '../devices/profile.js';
import {type Virtqueue} from '../virtqueue/virtqueue.js';
import {type DriverSettings, type GuestCosts} from './driver-settings.js';
import {DriverQueue} from './driver-queue.js';
import {type LockId} from './lock-id.js';
import {type Platform} from './platform.js';
import {type GuestRoles} from './roles.js';

/**
What the parts of the guest share: its vCPUs, the queues, the costs, and
the moves that all of them make.
*/
export class GuestCore {
	readonly loop: EventLoop;
	readonly probe: Probe;
	readonly cpus: CpuSet;
	readonly profile: DeviceProfile;
	readonly queues: DriverQueue[] = [];
	readonly pool: CommandPool;
	readonly costs: GuestCosts;
	readonly driver: DriverSettings;
	readonly platform: Platform;
	readonly roles: GuestRoles;
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
	/** By thread: ns that its next segment takes longer (wake-ups it has sent). */
	readonly debt: Float64Array;
	/** By vCPU: how many reasons it has to take no interrupt. */
	readonly irqsOff: Int32Array;
	/** Pages of the device's memory that clients have written and nobody has flushed. */
	dirtyPages = 0;
	/** By `LockId`: the queue whose ring it guards, or -1. */
	private readonly lockQueue: number[] = [];
	private readonly spinlock: SpinlockKind;
	/** By vCPU: the lock for which its interrupt handler spins, or -1. */
	private readonly handlerSpins: Int32Array;
	private readonly seed: number;

	constructor(options: {
		readonly loop: EventLoop;
		readonly probe: Probe;
		readonly pool: CommandPool;
		readonly costs: GuestCosts;
		readonly driver: DriverSettings;
		readonly platform: Platform;
		readonly program: Program;
		readonly vcpus: number;
		readonly threads: Thread[];
		readonly roles: GuestRoles;
		readonly spinlock: SpinlockKind;
		readonly profile: DeviceProfile;
		readonly timers: CpuTimers;
		readonly scheduler: SchedulerSettings;
		readonly seed: number;
	}) {
		this.loop = options.loop;
		this.probe = options.probe;
		this.pool = options.pool;
		this.costs = options.costs;
		this.driver = options.driver;
		this.platform = options.platform;
		this.roles = options.roles;
		this.spinlock = options.spinlock;
		this.seed = options.seed;
		this.profile = Object.freeze(options.profile);
		const count = options.threads.length;
		this.lockIndex = new Int32Array(count);
		this.lockRole = new Int32Array(count);
		this.lockHalted = new Uint8Array(count);
		this.lockOnItsWay = new Uint8Array(count);
		this.debt = new Float64Array(count);
		this.irqsOff = new Int32Array(options.vcpus);
		this.handlerSpins = new Int32Array(options.vcpus).fill(-1);
		this.cpus = new CpuSet(options.loop, options.program, {
			count: options.vcpus,
			threads: options.threads,
			timers: options.timers,
			frozen: true,
			tickInterrupts: true,
			settings: options.scheduler,
			chance: new RandomStream(options.seed, 'place/guest.newidle'),
		});
	}

	/** Makes the queues of the device with their locks, for these rings. */
	addQueues(rings: readonly Virtqueue[]): void {
		const ids = queueIds(this.profile);
		const qlocks = ids.map(id =>
			this.addLock(`place/lock/${id}`, {queue: id, name: this.profile.queues[id].lockName}),
		);
		const waitLocks = ids.map(id =>
			this.addLock(`place/lock/ack_queue/${id}`, {name: `ack_queue.lock (${this.profile.queues[id].name})`}),
		);
		for (const id of ids) {
			this.queues.push(
				new DriverQueue({
					id,
					profile: this.profile.queues[id],
					ring: rings[id],
					lock: this.locks[qlocks[id]],
					lockId: qlocks[id],
					waitLockId: waitLocks[id],
					threads: this.roles.threads,
				}),
			);
		}
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

	/** The thread computes for `duration` ns, then takes `step`. */
	work(thread: Thread, duration: number, step: number): void {
		thread.step = step;
		this.cpus.run(thread, duration + this.debt[thread.id]);
		this.debt[thread.id] = 0;
	}

	/** The thread sleeps and takes `step` once woken. */
	sleep(thread: Thread, step: number): void {
		this.probe.emit(tracepoint.mightSleep, thread.id, mightSleepSite.schedule, 0);
		thread.step = step;
		this.cpus.sleep(thread);
	}

	/**
	Wakes a sleeping thread, which then needs `latency` ns of its CPU to get going. `waker` is
	the thread that wakes it and pays for that, or -1 (a timer). True when the waker has to send
	an interrupt to another vCPU.
	*/
	wake(thread: Thread, latency: number, waker: number): boolean {
		if (thread.state !== threadState.sleeping) {
			return false;
		}

		thread.remaining = latency;
		if (waker < 0) {
			this.cpus.wake(thread, -1);
			return false;
		}

		this.debt[waker] += this.costs.taskWake.draw();
		return this.cpus.wake(thread, this.cpus.threads[waker].cpu);
	}

	/**
	spin_lock(qlock): the thread goes on at `step` with the lock held, now or when it is its turn.
	*/
	lock(thread: Thread, queue: DriverQueue, role: number, step: number): void {
		this.probe.emit(tracepoint.lockCalled, thread.id, queue.id, role);
		this.lockRole[thread.id] = role;
		this.take(thread, queue.lockId, step);
	}

	/**
	spin_unlock: a waiter that sees it has the lock from now on; a
	paravirtual one that sleeps is kicked.
	*/
	unlock(thread: Thread, queue: DriverQueue): void {
		this.giveUp(thread, queue.lockId);
	}

	/**
	The lock of the queue's `ack_queue`: held while sleepers are put on the list and woken. It has
	no tracepoints: lock metrics are those of `qlock`.
	*/
	lockWaitQueue(thread: Thread, queue: DriverQueue, step: number): void {
		this.take(thread, queue.waitLockId, step);
	}

	unlockWaitQueue(thread: Thread, queue: DriverQueue): void {
		this.giveUp(thread, queue.waitLockId);
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
			this.debt[thread.id] += this.costs.pvKick.draw();
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

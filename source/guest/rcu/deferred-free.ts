import {type EventLoop} from '../../engine/event-loop.js';
import {type VcpuId} from '../../cpu/ids.js';
import {type Thread, threadState} from '../../cpu/thread.js';
import {type GuestPart} from '../guest-part.js';
import {type GuestCore} from '../guest-core.js';
import {step} from '../step.js';
import {type GracePeriods} from './grace-periods.js';

/**
Memory of freed objects on its way back to the guest's allocator: the response to an UNREF
drops the last reference of the object's shmem file, whose inode and pages are freed by RCU
callbacks. They run in a softirq of the vCPU that queued them, all of a grace period
together, and the dequeue worker of that vCPU waits meanwhile (interrupts do not).
*/
export class DeferredFree implements GuestPart {
	private readonly core: GuestCore;
	private readonly gracePeriods: GracePeriods;
	/** By vCPU: ns of work that waits for the end of a grace period. */
	private readonly pending: Float64Array;
	private readonly timers: Int32Array;
	private readonly loop: EventLoop;

	constructor(core: GuestCore, gracePeriods: GracePeriods, timerKind: number) {
		const vcpus = core.cpus.cpus.length;
		this.core = core;
		this.gracePeriods = gracePeriods;
		this.loop = core.loop;
		this.pending = new Float64Array(vcpus);
		this.timers = Int32Array.from({length: vcpus}, (_, vcpu) => core.loop.addTimer(timerKind, vcpu));
	}

	/** An object whose freeing takes `duration` ns was released on this vCPU. */
	add(vcpu: VcpuId, duration: number): void {
		if (duration === 0) {
			return;
		}

		this.pending[vcpu] += duration;
		this.gracePeriods.begin();
		const timer = this.timers[vcpu];
		const {freePeriod} = this.core.driver;
		if (!this.loop.queue.isArmed(timer)) {
			this.loop.queue.arm(timer, (Math.floor(this.loop.now / freePeriod) + 1) * freePeriod);
		}
	}

	/** A grace period is over on this vCPU. */
	due(vcpu: VcpuId): void {
		const thread = this.threadOf(vcpu);
		if (thread.state === threadState.sleeping) {
			thread.step = step.rcuDoBatch;
			this.core.wake(thread, 0, -1);
		}
	}

	step(thread: Thread): void {
		if (thread.step === step.rcuDoBatch) {
			const vcpu = thread.cpu;
			const work = this.pending[vcpu];
			this.pending[vcpu] = 0;
			thread.preemptCount++;
			this.core.work(thread, work, step.rcuDoBatchEnd);
		} else {
			this.core.cpus.allowPreemption(thread);
			this.core.sleep(thread, step.rcuDoBatch);
		}
	}

	private threadOf(vcpu: VcpuId): Thread {
		return this.core.cpus.threads[this.core.roles.softirq(vcpu)];
	}
}

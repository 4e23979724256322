import {type Cpu} from '../../cpu/cpu.js';
import {type Thread, threadState} from '../../cpu/thread.js';
import {type GuestPart} from '../guest-part.js';
import {type GuestCore} from '../guest-core.js';
import {type LockId} from '../lock-id.js';
import {step} from '../step.js';

/**
RCU grace periods while objects are being freed (kernel/rcu/tree.c). A vCPU that runs
reports its quiescent state at a tick; the softirq wakes the grace-period kthread, which is
on the dequeue worker's vCPU, with the lock of its wait queue held (swake_up_one), and sends
the interrupt for it. Under TCG that takes the BQL; on a host CPU that both vCPUs share the
kthread then takes the CPU from the vCPU that woke it and spins on that lock.
*/
export class GracePeriods implements GuestPart {
	private readonly core: GuestCore;
	/** The wait queue's lock. */
	private readonly lock: LockId;
	/** ns that the kthread has to do in this grace period. */
	private work = 0;
	/** A grace period is under way, and no vCPU has reported. */
	private waiting = false;

	constructor(core: GuestCore) {
		this.core = core;
		this.lock = core.addLock('place/lock/rcu');
	}

	/**
	Something waits for a grace period: one begins if none is under way. None is
	modelled where it costs nothing.
	*/
	begin(): void {
		if (!this.waiting) {
			this.work = this.core.costs.gracePeriod.draw();
			this.waiting = this.work > 0;
		}
	}

	/**
	At the tick of a vCPU: whether it is the first to report. That of the
	kthread itself sends no interrupt.
	*/
	wantsReport(cpu: Cpu): boolean {
		return this.waiting && cpu.id !== this.thread.cpu;
	}

	/**
	rcu_report_qs_rdp in a softirq on this vCPU. True when it has to wait for its interrupt
	to be sent, with the lock held.
	*/
	report(cpu: Cpu): boolean {
		const {core, thread} = this;
		this.waiting = false;
		if (thread.state !== threadState.sleeping || !core.locks[this.lock].tryLock(core.roles.handler(cpu.id))) {
			return false;
		}

		thread.remaining = core.costs.workerWake.draw();
		const sent = core.cpus.wake(thread, cpu.id);
		if (sent) {
			core.platform.ipi(cpu.id);
		} else {
			this.release(cpu);
		}

		return sent;
	}

	/** The interrupt is sent: the softirq gives the lock up. */
	release(cpu: Cpu): void {
		this.core.release(this.lock, cpu.id);
	}

	step(thread: Thread): void {
		const {core} = this;
		switch (thread.step) {
			case step.graceWake: {
				core.take(thread, this.lock, step.graceLocked);
				break;
			}

			case step.graceLocked: {
				core.giveUp(thread, this.lock);
				core.work(thread, this.work, step.graceEnd);
				break;
			}

			default: {
				core.sleep(thread, step.graceWake);
			}
		}
	}

	private get thread(): Thread {
		return this.core.cpus.threads[this.core.roles.graceKthread];
	}
}

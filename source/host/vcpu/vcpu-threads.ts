import {nobody, type ThreadId, type VcpuId} from '../../cpu/ids.js';
import {type QueueId} from '../../devices/profile.js';
import {type Thread, threadState} from '../../cpu/thread.js';
import {yieldTo} from '../../cpu/yield-to.js';
import {exitKind, tracepoint} from '../../tracepoints/tracepoints.js';
import {type GuestPort} from '../guest-port.js';
import {type HostCore} from '../host-core.js';
import {type HostSettings} from '../host-settings.js';
import {step} from '../step.js';
import {mode} from './vcpu-mode.js';
import {type DeviceSide, VcpuTcg} from './vcpu-tcg.js';

/**
The vCPU threads: guest mode, and the ways out of it and back. Under KVM a doorbell is an
exit to QEMU (or, with an ioeventfd, to the kernel; none with a mapped doorbell page), HLT
an exit to the kernel; under TCG a doorbell is a call that takes the BQL, and HLT,
interrupts and PAUSE take it too.
*/
export class VcpuThreads extends VcpuTcg {
	/** Timers of interrupts on their way to a running vCPU. */
	readonly irqTimers: Int32Array;
	/** By vCPU: the queue whose doorbell it has written. */
	private readonly doorbells: Int32Array;
	/** By vCPU: that doorbell is on its way. */
	private readonly ringing: Uint8Array;
	/** By vCPU: its doorbell woke the thread that serves the device. */
	private readonly woke: Uint8Array;
	/** By vCPU: somebody woke it before it had gone to sleep. */
	private readonly wakeups: Uint8Array;

	constructor(
		core: HostCore,
		settings: HostSettings,
		guest: GuestPort,
		device: DeviceSide,
		timers: {readonly irq: number; readonly pauseLoop: number},
	) {
		super(core, settings, guest, {device, pauseTimerKind: timers.pauseLoop});
		const count = core.roles.vcpus.length;
		this.irqTimers = Int32Array.from(core.roles.vcpus, vcpu => core.loop.addTimer(timers.irq, vcpu));
		this.doorbells = new Int32Array(count);
		this.ringing = new Uint8Array(count);
		this.woke = new Uint8Array(count);
		this.wakeups = new Uint8Array(count);
	}

	/** Some vCPU has written a doorbell that has not been delivered. */
	get isWriting(): boolean {
		for (const vcpu of this.core.roles.vcpus) {
			if (this.ringing[vcpu] === 1) {
				return true;
			}
		}

		return false;
	}

	/** All vCPUs halted at time 0. */
	start(): void {
		for (const vcpu of this.core.roles.vcpus) {
			this.core.cpus.threads[vcpu].step = step.haltWoken;
			this.publish(vcpu);
		}
	}

	/** The guest writes the doorbell of a queue. */
	doorbell(vcpu: VcpuId, queue: QueueId): void {
		this.leaveGuest(vcpu, this.settings.mapped ? mode.posting : mode.exit);
		this.doorbells[vcpu] = queue;
		this.ringing[vcpu] = 1;
		const thread = this.core.cpus.threads[vcpu];
		if (this.settings.tcg) {
			this.core.work(thread, 0, step.mmioLock);
		} else if (this.settings.mapped) {
			this.core.work(thread, this.core.costs.postedWrite.draw(), step.posted);
		} else if (this.settings.ioeventfd || this.settings.ownEventfd) {
			this.core.probe.emit(tracepoint.exit, vcpu, exitKind.kernel, 0);
			this.core.work(thread, this.core.costs.exitKernel.draw(), step.eventfdSignal);
		} else {
			this.core.probe.emit(tracepoint.exit, vcpu, exitKind.user, 0);
			this.core.work(thread, this.core.costs.exitUser.draw(), step.mmioLock);
		}
	}

	/** The guest executes HLT. */
	halt(vcpu: VcpuId): void {
		this.leaveGuest(vcpu, mode.halting);
		const thread = this.core.cpus.threads[vcpu];
		if (this.settings.tcg) {
			this.takeBql(thread, this.settings.bqlPerHalt);
		} else {
			this.core.probe.emit(tracepoint.exit, vcpu, exitKind.halt, 0);
			this.core.work(thread, this.core.costs.exitKernel.draw(), step.halt);
		}
	}

	/**
	The guest sends an interrupt to another vCPU. Under KVM that is part of guest.cost.taskWake;
	under TCG the local APIC takes the BQL.
	*/
	ipi(vcpu: VcpuId): void {
		if (this.settings.tcg) {
			this.leaveGuest(vcpu, mode.exit);
			this.takeBql(this.core.cpus.threads[vcpu], 1);
		}
	}

	/**
	The vCPU's tick is due. Under KVM its timer takes a running vCPU out (the preemption timer) and
	stays in the kernel; under TCG it is one of the main loop's.
	*/
	tick(vcpu: VcpuId): void {
		if (this.settings.tcg) {
			this.device.timerDue(vcpu);
		} else if (this.guest.raiseTick(vcpu)) {
			if (this.isExecuting(vcpu)) {
				this.leaveForKernel(vcpu);
			} else {
				this.wake(vcpu, nobody);
			}
		}
	}

	/** TCG: the timer's callback has run in the main loop, which is the host thread `waker`. */
	tickRaised(vcpu: VcpuId, waker: ThreadId): void {
		if (this.guest.raiseTick(vcpu)) {
			this.bringInterrupt(vcpu, waker);
		}
	}

	/**
	The guest sets its timer: a write to TSC_DEADLINE, which KVM handles, or under TCG to the local
	APIC, which takes the BQL and moves the main loop's timeout.
	*/
	programTick(vcpu: VcpuId, time: number): void {
		if (this.settings.tcg) {
			this.programApic(vcpu, time);
		} else {
			// A deadline is a moment, not a time to go: it does not matter when it is written.
			this.guest.tickSet(vcpu, time);
			this.leaveForKernel(vcpu);
		}
	}

	/**
	The guest reads or writes a register of the device, which the VMM emulates on the vCPU's thread:
	an exit to it and back; QEMU takes the BQL for it.
	*/
	accessRegister(vcpu: VcpuId): void {
		if (this.settings.tcg) {
			this.leaveGuest(vcpu, mode.exit);
			this.takeBql(this.core.cpus.threads[vcpu], 1);
			return;
		}

		this.core.probe.emit(tracepoint.exit, vcpu, exitKind.user, 0);
		this.leaveGuest(vcpu, mode.exit);
		this.core.work(this.core.cpus.threads[vcpu], this.core.costs.exitUser.draw(), step.kernelDone);
	}

	/** Something for a vCPU that may be halted or about to be. `waker` is a host thread or -1. */
	wake(vcpu: VcpuId, waker: ThreadId): void {
		const thread = this.core.cpus.threads[vcpu];
		if (this.modes[vcpu] === mode.halting) {
			this.wakeups[vcpu] = 1;
			if (thread.step === step.haltSleep) {
				// It polls: it sees this at once.
				this.core.work(thread, 0, step.halt);
			}
		} else if (
			this.modes[vcpu] === mode.halted &&
			thread.state === threadState.sleeping &&
			thread.step === step.haltWoken
		) {
			this.core.wake(thread, this.core.costs.haltWake.draw(), waker);
		}
	}

	/** Somebody else wants the host CPU of this vCPU: halt polling ends. kvm_vcpu_can_poll. */
	stopPolling(vcpu: VcpuId): void {
		const thread = this.core.cpus.threads[vcpu];
		if (this.modes[vcpu] === mode.halting && thread.step === step.haltSleep) {
			this.core.work(thread, 0, step.haltSleep);
		}
	}

	/** An MSI for this vCPU, stored by `waker` (a host thread). */
	interrupt(vcpu: VcpuId, queue: QueueId, waker: ThreadId): void {
		if (this.guest.raise(vcpu, queue)) {
			this.bringInterrupt(vcpu, waker);
		}
	}

	/** The interrupt arrives at a vCPU; one that is not in guest mode takes it when it enters. */
	irqArrived(vcpu: VcpuId): void {
		if (this.isExecuting(vcpu)) {
			this.guest.takeInterrupt(vcpu);
		}
	}

	/**
	The vCPU's thread got a host CPU again: the more others have worked there meanwhile, the more of
	its caches is lost; all of them where it comes from another CPU.
	*/
	cameBack(vcpu: VcpuId): void {
		this.pauseLoop.scheduledIn(vcpu);
		const full = this.core.costs.cold.draw();
		if (full > 0) {
			const worked = this.core.cpus.workedSince(this.core.cpus.threads[vcpu]);
			this.guest.chill(vcpu, full, worked === Infinity ? 1 : worked / (worked + this.settings.coldTime));
		}
	}

	/** It has spun for the window of pause-loop exiting. */
	pauseWindowOver(vcpu: VcpuId): void {
		this.pauseLoop.grow(vcpu);
		this.core.probe.emit(tracepoint.exit, vcpu, exitKind.pause, 0);
		this.leaveGuest(vcpu, mode.exit);
		this.core.work(this.core.cpus.threads[vcpu], this.core.costs.exitKernel.draw(), step.pauseYield);
	}

	/** The guest began or ended to spin on this vCPU. */
	activityChanged(vcpu: VcpuId): void {
		const {bqlOwner} = this.core;
		if (
			this.settings.tcg &&
			bqlOwner >= 0 &&
			bqlOwner !== this.core.roles.vcpuThread(vcpu) &&
			this.isExecuting(vcpu) &&
			this.guest.isSpinning(vcpu)
		) {
			this.blockPause(vcpu);
		}

		this.publish(vcpu);
	}

	step(thread: Thread): void {
		const {core, settings} = this;
		const vcpu = this.core.roles.vcpuOf(thread.id);
		switch (thread.step) {
			case step.mmioLock: {
				core.lockBql(thread, step.mmioNotify);
				this.publish(vcpu);
				break;
			}

			case step.mmioNotify: {
				core.work(thread, core.costs.notify.draw(), step.mmioDone);
				break;
			}

			case step.mmioDone: {
				// The main loop is woken with the BQL held: one that preempts
				// the vCPU blocks on it at once.
				this.deliver(vcpu);
				core.work(thread, core.costs.unwind.draw(), step.mmioUnlock);
				break;
			}

			case step.mmioUnlock: {
				core.unlockBql(thread);
				core.work(thread, (settings.tcg ? 0 : core.costs.entry.draw()) + this.preemption(vcpu), step.enter);
				break;
			}

			case step.kernelDone: {
				core.work(thread, core.costs.entry.draw(), step.enter);
				break;
			}

			case step.eventfdSignal: {
				this.deliver(vcpu);
				core.work(thread, core.costs.entry.draw() + this.preemption(vcpu), step.enter);
				break;
			}

			case step.posted: {
				this.ringing[vcpu] = 0;
				this.device.doorbell(this.doorbells[vcpu] as QueueId, vcpu);
				this.backToGuest(thread);
				break;
			}

			case step.pauseYield: {
				const other = this.pauseLoop.candidate(vcpu);
				if (other >= 0) {
					yieldTo(core.cpus, thread, core.cpus.threads[other]);
				}

				core.work(thread, core.costs.entry.draw(), step.enter);
				break;
			}

			case step.preempted:
			case step.preemptionEnd: {
				this.preemptionStep(thread);
				break;
			}

			case step.enter: {
				this.enter(thread);
				break;
			}

			case step.halt: {
				this.haltStep(thread);
				break;
			}

			case step.haltSleep: {
				this.modes[vcpu] = mode.halted;
				core.sleep(thread, step.haltWoken);
				this.publish(vcpu);
				break;
			}

			case step.haltWoken: {
				this.modes[vcpu] = mode.exit;
				this.publish(vcpu);
				if (settings.tcg) {
					this.takeBql(thread, this.settings.bqlPerWake);
				} else {
					core.work(thread, core.costs.entry.draw(), step.enter);
				}

				break;
			}

			default: {
				this.tcgStep(thread);
			}
		}
	}

	/** The doorbell reaches the device. */
	private deliver(vcpu: VcpuId): void {
		const {server} = this.core;
		const slept = server.state === threadState.sleeping;
		this.ringing[vcpu] = 0;
		this.device.doorbell(this.doorbells[vcpu] as QueueId, vcpu);
		this.woke[vcpu] = slept && server.state !== threadState.sleeping ? 1 : 0;
	}

	/**
	ns that the thread which its doorbell woke takes of the vCPU's host
	CPU, where no scheduler shows it.
	*/
	private preemption(vcpu: VcpuId): number {
		return this.woke[vcpu] === 1 ? this.core.costs.kickPreempt.draw() : 0;
	}

	/** Out of the guest for something that KVM does itself, and back. */
	private leaveForKernel(vcpu: VcpuId): void {
		this.core.probe.emit(tracepoint.exit, vcpu, exitKind.kernel, 0);
		this.leaveGuest(vcpu, mode.exit);
		this.core.work(this.core.cpus.threads[vcpu], this.core.costs.exitKernel.draw(), step.kernelDone);
	}

	/** An interrupt waits for the vCPU: wherever it is, it is made to take it. */
	private bringInterrupt(vcpu: VcpuId, waker: ThreadId): void {
		if (this.modes[vcpu] !== mode.guest) {
			this.wake(vcpu, waker);
		} else if (this.settings.tcg) {
			this.leaveGuest(vcpu, mode.exit);
			this.takeBql(this.core.cpus.threads[vcpu], this.settings.bqlPerInterrupt);
		} else if (!this.core.loop.queue.isArmed(this.irqTimers[vcpu])) {
			this.core.loop.after(this.irqTimers[vcpu], this.core.costs.irqDelivery.draw());
		}
	}

	private enter(thread: Thread): void {
		if (this.settings.tcg && this.guest.hasInterrupts(this.core.roles.vcpuOf(thread.id))) {
			this.takeBql(thread, this.settings.bqlPerInterrupt);
		} else {
			this.backToGuest(thread);
		}
	}

	private haltStep(thread: Thread): void {
		const vcpu = this.core.roles.vcpuOf(thread.id);
		if (this.wakeups[vcpu] === 1 || this.guest.hasInterrupts(vcpu)) {
			this.wakeups[vcpu] = 0;
			this.core.work(thread, 0, step.haltWoken);
			return;
		}

		// kvm_vcpu_halt polls only while nobody else wants the CPU (single_task_running).
		const polls = !this.settings.tcg && this.core.cpus.cpus[thread.cpu].queued === 0;
		this.core.work(thread, polls ? this.settings.haltPoll : 0, step.haltSleep);
		this.publish(vcpu);
	}
}

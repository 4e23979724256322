import {nobody, type ThreadId, type VcpuId} from '../../cpu/ids.js';
import {type QueueId} from '../../devices/profile.js';
import {type Thread} from '../../cpu/thread.js';
import {yieldTo} from '../../cpu/yield-to.js';
import {exitKind, tracepoint} from '../../tracepoints/tracepoints.js';
import {type GuestPort} from '../guest-port.js';
import {type HostCore} from '../host-core.js';
import {type HostSettings} from '../host-settings.js';
import {step} from '../step.js';
import {VcpuHalt} from './vcpu-halt.js';
import {mode} from './vcpu-mode.js';
import {type DeviceSide} from './vcpu-tcg.js';

/**
The vCPU threads: guest mode, and the ways out of it and back. Under KVM a doorbell is an
exit to QEMU (or, with an ioeventfd, to the kernel; none with a mapped doorbell page), HLT
an exit to the kernel; under TCG a doorbell is a call that takes the BQL, and HLT,
interrupts and PAUSE take it too.
*/
export class VcpuThreads extends VcpuHalt {
	/** Timers of interrupts on their way to a running vCPU. */
	readonly irqTimers: Int32Array;

	constructor(
		core: HostCore,
		settings: HostSettings,
		guest: GuestPort,
		device: DeviceSide,
		timers: {readonly irq: number; readonly pauseLoop: number},
	) {
		super(core, settings, guest, {device, pauseTimerKind: timers.pauseLoop});
		this.irqTimers = Int32Array.from(core.roles.vcpus, vcpu => core.loop.addTimer(timers.irq, vcpu));
	}

	/** All vCPUs halted at time 0. */
	start(): void {
		for (const vcpu of this.core.roles.vcpus) {
			this.core.cpus.threads[vcpu].step = step.haltWoken;
			this.publish(vcpu);
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
			this.guest.evict(vcpu, full, worked === Infinity ? 1 : worked / (worked + this.settings.coldTime));
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
		const {core} = this;
		const vcpu = core.roles.vcpuOf(thread.id);
		switch (thread.step) {
			case step.kernelDone: {
				core.work(thread, core.costs.entry.draw(), step.enter);
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

			default: {
				this.haltStep(thread);
			}
		}
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
}

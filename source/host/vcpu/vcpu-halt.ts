import {type ThreadId, type VcpuId} from '../../cpu/ids.js';
import {type Thread, threadState} from '../../cpu/thread.js';
import {exitKind, tracepoint} from '../../tracepoints/tracepoints.js';
import {type GuestPort} from '../guest-port.js';
import {type HostCore} from '../host-core.js';
import {type HostSettings} from '../host-settings.js';
import {step} from '../step.js';
import {VcpuDoorbells} from './vcpu-doorbells.js';
import {mode} from './vcpu-mode.js';
import {type VcpuDevice} from './vcpu-tcg.js';

/**
HLT: an exit to the kernel, which polls for a while and sleeps (kvm_vcpu_halt); under TCG it takes
the BQL.
*/
export class VcpuHalt extends VcpuDoorbells {
	/** By vCPU: somebody woke it before it had gone to sleep. */
	private readonly wakeups: Uint8Array;

	constructor(core: HostCore, settings: HostSettings, guest: GuestPort, device: VcpuDevice) {
		super(core, settings, guest, device);
		this.wakeups = new Uint8Array(core.roles.vcpus.length);
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

	/** Steps of a vCPU that halts and is woken; any other is of a doorbell. */
	protected haltStep(thread: Thread): void {
		const {core, settings} = this;
		const vcpu = core.roles.vcpuOf(thread.id);
		switch (thread.step) {
			case step.halt: {
				this.halting(thread);
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
				this.doorbellStep(thread);
			}
		}
	}

	/** kvm_vcpu_halt. */
	private halting(thread: Thread): void {
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

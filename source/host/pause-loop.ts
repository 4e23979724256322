import {threadState} from '../cpu/thread.js';
import {type HostCore} from './host-core.js';
import {type HostSettings} from './host-settings.js';
import {step} from './step.js';

/**
Pause-loop exiting (`host.ple`): which vCPU has spun for too long, and whom it yields to
(arch/x86/kvm handle_pause, virt/kvm/kvm_main.c kvm_vcpu_on_spin).
*/
export class PauseLoop {
	/** By vCPU: fires when it has spun for the window, on its CPU and without a break. */
	private readonly timers: Int32Array;
	private readonly core: HostCore;
	private readonly settings: HostSettings;
	/** last_boosted_vcpu: the search goes on behind it. */
	private lastBoosted = 0;

	constructor(core: HostCore, settings: HostSettings, timerKind: number) {
		this.core = core;
		this.settings = settings;
		this.timers = Int32Array.from({length: core.vcpus}, (_, vcpu) => core.loop.addTimer(timerKind, vcpu));
	}

	/** The vCPU spins now, or does not (any more). */
	watch(vcpu: number, spins: boolean): void {
		const timer = this.timers[vcpu];
		if (!spins) {
			this.core.loop.cancel(timer);
		} else if (this.settings.pauseWindow > 0 && !this.settings.tcg) {
			this.core.loop.after(timer, this.settings.pauseWindow);
		}
	}

	/**
	A vCPU that is runnable, preempted in KVM_RUN, and not this one; -1 when there is none. One whose thread is in
	QEMU's code is no candidate: KVM marks as preempted only what was scheduled out in KVM_RUN.
	*/
	candidate(vcpu: number): number {
		const {vcpus, cpus} = this.core;
		for (let i = 1; i <= vcpus; i++) {
			const other = (this.lastBoosted + i) % vcpus;
			const thread = cpus.threads[other];
			if (other !== vcpu && thread.state === threadState.queued && !isInUserSpace(thread.step)) {
				this.lastBoosted = other;
				return other;
			}
		}

		return -1;
	}
}

function isInUserSpace(at: number): boolean {
	return at === step.mmioLock || at === step.mmioNotify || at === step.mmioDone || at === step.mmioUnlock || at === step.bqlRetry;
}

import {type VcpuId} from '../../cpu/ids.js';
import {threadState} from '../../cpu/thread.js';
import {type HostCore} from '../host-core.js';
import {type HostSettings} from '../host-settings.js';
import {step} from '../step.js';

/** ns; the kernel's ple_window_max is what 32 bits hold, here of a TSC of 3 GHz. */
const largestWindow = 1_431_655_765;

/**
Pause-loop exiting (`host.ple`): which vCPU has spun for too long, and whom it yields to
(arch/x86/kvm handle_pause, virt/kvm/kvm_main.c kvm_vcpu_on_spin).
*/
export class PauseLoop {
	/** By vCPU: fires when it has spun for the window, on its CPU and without a break. */
	private readonly timers: Int32Array;
	/** By vCPU: the window in force, ns; 0: that of the settings. */
	private readonly windows: Float64Array;
	private readonly core: HostCore;
	private readonly settings: HostSettings;
	/** last_boosted_vcpu: the search goes on behind it. */
	private lastBoosted = 0;

	constructor(core: HostCore, settings: HostSettings, timerKind: number) {
		this.core = core;
		this.settings = settings;
		this.windows = new Float64Array(core.roles.vcpus.length);
		this.timers = Int32Array.from(core.roles.vcpus, vcpu => core.loop.addTimer(timerKind, vcpu));
	}

	/** The vCPU spins now, or does not (any more). */
	watch(vcpu: VcpuId, spins: boolean): void {
		const timer = this.timers[vcpu];
		if (!spins) {
			this.core.loop.cancel(timer);
		} else if (this.settings.pauseWindow > 0 && !this.settings.tcg) {
			this.core.loop.after(timer, this.window(vcpu));
		}
	}

	/**
	The window doubles at each exit: a spin that a yield could not end is not worth another soon.
	grow_ple_window (ple_window_grow 2, ple_window_max).
	*/
	grow(vcpu: VcpuId): void {
		const window = 2 * this.window(vcpu);
		this.windows[vcpu] = window < largestWindow ? window : largestWindow;
	}

	/**
	The vCPU's thread gets a host CPU again: the window is as at first. shrink_ple_window at
	sched_in (ple_window_shrink 0).
	*/
	scheduledIn(vcpu: VcpuId): void {
		this.windows[vcpu] = 0;
	}

	/**
	A vCPU that is runnable, preempted in KVM_RUN, and not this one; -1 when there is
	none. One whose thread is in QEMU's code is no candidate: KVM marks as preempted only
	what was scheduled out in KVM_RUN.
	*/
	candidate(vcpu: VcpuId): number {
		const {roles, cpus} = this.core;
		const {vcpus} = roles;
		for (let i = 1; i <= vcpus.length; i++) {
			const other = vcpus[(this.lastBoosted + i) % vcpus.length];
			const thread = cpus.threads[other];
			if (other !== vcpu && thread.state === threadState.queued && !isInUserSpace(thread.step)) {
				this.lastBoosted = other;
				return other;
			}
		}

		return -1;
	}

	private window(vcpu: VcpuId): number {
		const window = this.windows[vcpu];
		return window > this.settings.pauseWindow ? window : this.settings.pauseWindow;
	}
}

function isInUserSpace(at: number): boolean {
	return (
		at === step.mmioLock ||
		at === step.mmioNotify ||
		at === step.mmioDone ||
		at === step.mmioUnlock ||
		at === step.bqlRetry
	);
}

import {type Thread, threadState} from '../../cpu/thread.js';
import {vcpuState} from '../../tracepoints/tracepoints.js';
import {step} from '../step.js';

/** Where a vCPU thread is, as far as its guest is concerned. */
export const mode = {
	guest: 0,
	exit: 1,
	/** On the way into HLT, or polling in kvm_vcpu_halt. */
	halting: 2,
	halted: 3,
	/** It executes a store that goes to a mapped doorbell page. */
	posting: 4,
	/** A fault keeps it off the host's CPUs. */
	preempted: 5,
} as const;

/**
What a vCPU is doing (`vcpuState`; docs/contract.md, section 4: cpu.vcpus[i]). Whether its
thread runs, waits for a host CPU or sleeps comes first: one that was woken is runnable from
that moment, whatever it slept in.
*/
export function vcpuStateOf(thread: Thread, where: number, spins: boolean): number {
	if (thread.state === threadState.queued) {
		return vcpuState.stolen;
	}

	if (thread.state === threadState.sleeping) {
		// A fault that preempts the vCPU puts its thread to sleep.
		return where === mode.preempted ? vcpuState.stolen : where === mode.halted ? vcpuState.idle : vcpuState.blocked;
	}

	switch (where) {
		case mode.guest: {
			return spins ? vcpuState.spin : vcpuState.guest;
		}

		case mode.posting: {
			return vcpuState.guest;
		}

		case mode.halting: {
			return thread.step === step.haltSleep ? vcpuState.poll : vcpuState.exit;
		}

		default: {
			return vcpuState.exit;
		}
	}
}

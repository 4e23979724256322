import {type VcpuId} from '../cpu/ids.js';
import {type QueueId} from '../devices/profile.js';

/** What the guest can ask of the machine below it. vCPUs by number. */
export type Platform = {
	/** Register accesses of an interrupt handler of the device (virtio-mmio); 0 with MSI-X. */
	readonly interruptAccesses: number;
	/** The doorbell of a queue is written: the vCPU leaves guest mode until the write is done. */
	doorbell(vcpu: VcpuId, queue: QueueId): void;
	/**
	HLT: nothing to run, or a paravirtual lock waiter gives up spinning. The vCPU stops until woken.
	*/
	halt(vcpu: VcpuId): void;
	/**
	An IPI (or KVM_HC_KICK_CPU) for a vCPU that may be halted. `from`:
	the vCPU that sends it, or -1.
	*/
	wakeVcpu(vcpu: VcpuId, from: VcpuId): void;
	/**
	The vCPU writes its interrupt command register to wake another: it stops until the write is
	done where that takes the BQL.
	*/
	ipi(vcpu: VcpuId): void;
	/** The vCPU's tick is due: an interrupt of its local APIC timer, in guest mode or not. */
	tick(vcpu: VcpuId): void;
	/**
	The vCPU sets its local APIC timer for the next tick, which is due at
	`time`: it stops until that is done.
	*/
	programTick(vcpu: VcpuId, time: number): void;
	/** The vCPU reads or writes a register of the device: it stops until that is done. */
	accessRegister(vcpu: VcpuId): void;
	/** The vCPU enables interrupts: those that wait are taken. */
	takeInterrupt(vcpu: VcpuId): void;
	/** The vCPU began or ended to spin. */
	activityChanged(vcpu: VcpuId): void;
};

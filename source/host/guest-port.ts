import {type VcpuId} from '../cpu/ids.js';
import {type QueueId} from '../devices/profile.js';
import {type Virtqueue} from '../virtqueue/virtqueue.js';

/** What the host sees of the guest. */
export type GuestPort = {
	/** The vCPU's thread is on a host CPU and in guest mode: its guest CPU goes on. */
	thaw(vcpu: VcpuId): void;
	/** It is not any more. */
	freeze(vcpu: VcpuId): void;
	/**
	The vCPU has lost the share `lost` of its caches, all of which cost `full` ns to fill again.
	*/
	evict(vcpu: VcpuId, full: number, lost: number): void;
	/** An interrupt of this queue waits for the vCPU; false when one did already. */
	raise(vcpu: VcpuId, queue: QueueId): boolean;
	/** A tick waits for it; false when one did already. */
	raiseTick(vcpu: VcpuId): boolean;
	hasInterrupts(vcpu: VcpuId): boolean;
	/** The vCPU executes and takes its next interrupt. */
	takeInterrupt(vcpu: VcpuId): void;
	/** The vCPU's timer is set: its next tick comes at `time`. */
	tickSet(vcpu: VcpuId, time: number): void;
	/** When the vCPU's tick will come, ns; Infinity: it has none. */
	tickAt(vcpu: VcpuId): number;
	isSpinning(vcpu: VcpuId): boolean;
	/** The vCPU on which the queue's vector is set. */
	irqVcpu(queue: QueueId): VcpuId;
	/** Pages that clients have dirtied since the last call. */
	takeDirtyPages(): number;
	/** The queue's ring, shared memory. */
	ring(queue: QueueId): Virtqueue;
};

import {type Virtqueue} from '../virtqueue/virtqueue.js';

/** What the host sees of the guest. vCPUs and queues by number. */
export type GuestPort = {
	/** The vCPU's thread is on a host CPU and in guest mode: its guest CPU goes on. */
	thaw(vcpu: number): void;
	/** It is not any more. */
	freeze(vcpu: number): void;
	/** The vCPU has lost the share `lost` of its caches, all of which cost `full` ns to fill again. */
	chill(vcpu: number, full: number, lost: number): void;
	/** An interrupt of this queue waits for the vCPU; false when one did already. */
	raise(vcpu: number, queue: number): boolean;
	hasInterrupts(vcpu: number): boolean;
	/** The vCPU executes and takes its next interrupt. */
	takeInterrupt(vcpu: number): void;
	/** The vCPU's timer is set: its next tick comes at `time`. */
	tickSet(vcpu: number, time: number): void;
	/** When the vCPU's tick will come, ns; Infinity: it has none. */
	tickAt(vcpu: number): number;
	isSpinning(vcpu: number): boolean;
	/** The vCPU on which the queue's vector is set. */
	irqVcpu(queue: number): number;
	/** The queue's ring, shared memory. */
	ring(queue: number): Virtqueue;
};

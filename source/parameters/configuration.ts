import {type DistributionSpec} from '../engine/distribution.js';
import {type RequestName} from '../devices/profile.js';
import {type ParameterValue} from './parameter.js';

export {type ParameterValue} from './parameter.js';

export type QueueName = 'control' | 'cursor';

export type WaitName = 'none' | 'response' | 'fence';

/**
One element of a client's loop: a batch of commands for one queue, then a notify, a wait, a pause.
*/
export type LoopStep = {
	/**
	What the client does in place of commands: writes to the device's
	memory (`guest.cost.write`); a note.
	*/
	readonly write?: string;
	readonly commands: readonly RequestName[];
	/** Where the client calls `virtio_gpu_notify`; only the batched lock policies look at it. */
	readonly notify: 'end' | 'each' | 'none';
	/**
	Guest time before each command, ns; overrides `guest.cost.prepare` and its per-command keys.
	*/
	readonly prepare?: DistributionSpec;
	/** Host time of each command, ns; overrides `device.cost.<COMMAND>`. */
	readonly service?: DistributionSpec;
	/** GPU time behind each fenced command, ns; overrides `device.gpuTime`. */
	readonly gpuTime?: DistributionSpec;
	/** Pause after the step's wait, ns. */
	readonly think?: DistributionSpec;
	readonly fenced: boolean;
	/** Buffer objects that get the fence: each costs `driver.fenceWork` under the lock. */
	readonly objects: number;
	/** `vblank`: it begins at the next vblank of its paced client instead of at once. */
	readonly begin?: 'at-once' | 'vblank';
	/** Where its commands go; the client's queue when left out. */
	readonly queue?: QueueName;
	/**
	What it waits for before its pause: the responses, or the fences, of all that the
	thread has submitted to the control queue so far. The client's own wait comes at
	the end of the round in any case.
	*/
	readonly wait?: WaitName;
	/** The longest that this wait lasts, ns (dma_fence_wait_timeout). */
	readonly timeout?: number;
	/**
	Out segments of the data of each command that has some: pages of a vmalloc'd buffer
	(vmalloc_to_sgt); 1 when left out.
	*/
	readonly pages?: number;
	/** Rectangle of a transfer or flush in pixels of 4 bytes; costs `device.cost.perKiB`. */
	readonly rect?: {readonly width: number; readonly height: number};
};

/** A group of equal guest threads that submit commands. */
export type ClientSpec = {
	readonly name: string;
	readonly threads: number;
	/** `any`: the guest scheduler places the threads; a number pins them to that vCPU. */
	readonly vcpu: 'any' | number;
	readonly kind: 'closed' | 'open' | 'paced';
	/** Open: arrivals per second and thread. */
	readonly rate?: number;
	/** Open: commands loops that arrive together (1: Poisson arrivals of single loops). */
	readonly burst?: number;
	/** Paced: frames per second. */
	readonly hz?: number;
	/** Pause after each round of the loop, ns. */
	readonly think?: DistributionSpec;
	readonly queue: QueueName;
	readonly loop: readonly LoopStep[];
	readonly wait: WaitName;
};

/**
Kinds of faults. `lost-kick`: the next doorbell is swallowed; `lost-irq`: the next MSI;
`host-stall`: who serves the device does nothing (QEMU's main loop with the BQL held);
`renderer-block`: QEMU's display reads the scanout and no command is processed;
`vcpu-preempt`: a vCPU has no host CPU.
*/
export const faultKinds = ['lost-kick', 'lost-irq', 'host-stall', 'renderer-block', 'vcpu-preempt'] as const;

export type FaultKind = (typeof faultKinds)[number];

/** The kinds that last for a time. */
export const lastingFaults: readonly FaultKind[] = ['host-stall', 'renderer-block', 'vcpu-preempt'];

/** A fault to inject. Times in ns. */
export type FaultSpec = {
	readonly at: number;
	readonly kind: FaultKind;
	/** How long it lasts, for the kinds of `lastingFaults`. */
	readonly for?: number;
	/** `vcpu-preempt`: which vCPU; default 0. */
	readonly vcpu?: number;
	/** Repeats with this period. */
	readonly every?: number;
	/** Chance that it strikes when its time comes, 0 to 1; default 1. */
	readonly probability?: number;
};

/** A change of parameters at a simulated time (ns). */
export type Change = {
	readonly at: number;
	readonly set: Readonly<Record<string, ParameterValue>>;
};

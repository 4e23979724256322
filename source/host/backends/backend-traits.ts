import {type ThreadId, type VcpuId} from '../../cpu/ids.js';
import {type Choice} from '../../parameters/parameter.js';
import {type Backend, type BackendSets} from './backend.js';
import {type LoopDevice} from './loop-device.js';
import {type VirtioGpu} from './virtio-gpu.js';

/** What a backend may be made of, besides the device. */
export type BackendParts = {
	/**
	Kinds of events: a device that is no thread has done what it is at; QEMU has answered a process.
	*/
	readonly timers: {readonly device: number; readonly answer: number};
	/** TCG: the local APIC timer's interrupt of a vCPU is raised. */
	readonly raiseTick: (vcpu: VcpuId, waker: ThreadId) => void;
	/** The device of QEMU's main loop; undefined: a GPU. */
	readonly loopDevice: LoopDevice | undefined;
};

/**
A backend as the program knows it: a value of `host.backend`, what the
value sets, and what it can do.
*/
export type BackendTraits = Choice & {
	readonly sets: BackendSets;
	/** Who serves the device, as people call it. */
	readonly serverName: string;
	/** Its function for a pass over the control queue, and for one over the cursor queue. */
	readonly passNames: readonly [string, string];
	/** Its function that breaks the device over a request that it can not take. */
	readonly breaksBy: string;
	/** Ring features that it does not offer: key and name in the specification. */
	readonly missingFeatures: ReadonlyArray<readonly [key: 'queue.eventIdx' | 'queue.indirect', feature: string]>;
	/** Where it says that its rings are split ones; absent: it has both layouts. */
	readonly splitOnly?: string;
	readonly readsCursor: boolean;
	/**
	It can look for signalled fences by itself. Others see them by a callback or a descriptor.
	*/
	readonly pollsFences: boolean;
	/** It runs guests without KVM too. */
	readonly emulates: boolean;
	/** Its display reads the scanout, and no command is processed meanwhile. */
	readonly blocksRenderer: boolean;
	/** It writes QEMU's trace events. */
	readonly hasQemuLog: boolean;
	/**
	What `export --to qemu` says of it: QEMU's device is a client of it,
	or the options are not for it.
	*/
	readonly qemu: {readonly vhostUser: boolean; readonly remark?: string};
	readonly create: (gpu: VirtioGpu, parts: BackendParts) => Backend;
};

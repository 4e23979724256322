import {type ThreadId, type VcpuId} from '../cpu/ids.js';

/** Most threads of `host.load`. */
export const loadThreads = 64;

/** Threads of the rest of the machine that share `host.background.rate`. */
export const backgroundThreads = 4;

/**
Who is who among the host's threads, and the one place that hands out their ids: the vCPU threads,
the one that serves the device (QEMU's main loop, or the worker of another backend), the other user
of the BQL, load, the rest of the machine.
*/
export class HostRoles {
	/** The vCPUs, in order. */
	readonly vcpus: readonly VcpuId[];
	private readonly count: number;
	private readonly poolThreads: number;

	/** `poolThreads`: of QEMU's pool, for a device that uses it. */
	constructor(vcpus: number, poolThreads = 0) {
		this.count = vcpus;
		this.poolThreads = poolThreads;
		// Not frozen, though it is no state: each step through a frozen array makes an object.
		this.vcpus = Array.from({length: vcpus}, (_, vcpu) => vcpu as VcpuId);
	}

	/** All threads. */
	get threads(): number {
		return this.count + 2 + loadThreads + backgroundThreads + this.poolThreads;
	}

	/** The thread of a vCPU, and which vCPU's thread this is. */
	vcpuThread(vcpu: VcpuId): ThreadId {
		return vcpu as number as ThreadId;
	}

	vcpuOf(thread: ThreadId): VcpuId {
		return thread as number as VcpuId;
	}

	isVcpu(thread: number): thread is ThreadId {
		return thread >= 0 && thread < this.count;
	}

	/** The thread that serves the device. */
	get server(): ThreadId {
		return this.count as ThreadId;
	}

	/** Somebody else who takes the BQL. */
	get bqlUser(): ThreadId {
		return (this.count + 1) as ThreadId;
	}

	/** A busy thread beside the VMM, from 0. */
	load(index: number): ThreadId {
		return (this.count + 2 + index) as ThreadId;
	}

	loadIndex(thread: ThreadId): number {
		return thread - this.count - 2;
	}

	/** A thread of the pool, from 0, and back: -1 for another. */
	pool(index: number): ThreadId {
		return (this.count + 2 + loadThreads + backgroundThreads + index) as ThreadId;
	}

	poolIndex(thread: ThreadId): number {
		const index = thread - this.count - 2 - loadThreads - backgroundThreads;
		return index < 0 ? -1 : index;
	}

	/** One of the rest of the machine, from 0. */
	background(index: number): ThreadId {
		return (this.count + 2 + loadThreads + index) as ThreadId;
	}
}

import {type ThreadId, type VcpuId} from '../cpu/ids.js';

/**
Who is who among the guest's threads, and the one place that hands out their ids: clients
first, then a kworker, then a softirq for each vCPU, then the RCU kthread. Interrupt handlers
are no threads; as owners of locks they go by ids behind those of all threads.
*/
export class GuestRoles {
	readonly clients: number;
	private readonly vcpus: number;

	constructor(clients: number, vcpus: number) {
		this.clients = clients;
		this.vcpus = vcpus;
	}

	/** All threads. */
	get threads(): number {
		return this.clients + 2 * this.vcpus + 1;
	}

	/** All that can own a lock. */
	get owners(): number {
		return this.threads + this.vcpus;
	}

	/** A client's thread, counted through all clients. */
	client(index: number): ThreadId {
		return index as ThreadId;
	}

	isClient(thread: ThreadId): boolean {
		return thread < this.clients;
	}

	/** Runs the works of the system workqueue on this vCPU. */
	kworker(vcpu: VcpuId): ThreadId {
		return (this.clients + vcpu) as ThreadId;
	}

	/** ksoftirqd of this vCPU. */
	softirq(vcpu: VcpuId): ThreadId {
		return (this.clients + this.vcpus + vcpu) as ThreadId;
	}

	get graceKthread(): ThreadId {
		return (this.clients + 2 * this.vcpus) as ThreadId;
	}

	/** What runs on this vCPU on top of its thread. */
	handler(vcpu: VcpuId): ThreadId {
		return (this.threads + vcpu) as ThreadId;
	}

	/** The vCPU whose handler this owner of a lock is, or -1 for a thread. */
	handlerVcpu(owner: number): VcpuId {
		return (owner < this.threads ? -1 : owner - this.threads) as VcpuId;
	}

	/** The vCPUs, in order. */
	get allVcpus(): readonly VcpuId[] {
		return Array.from({length: this.vcpus}, (_, vcpu) => vcpu as VcpuId);
	}
}

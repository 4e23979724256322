/** Which host threads may not leave their CPU: each vCPU's or not, and the CPU of the thread that serves the device, or -1. (sched_setaffinity; libvirt's vcpupin and emulatorpin) */
export type Affinity = {readonly vcpus: boolean; readonly server: number};

/** The CPU that a host thread is pinned to, or -1. vCPU threads come first, then the device's server. */
export function pinnedCpu(thread: number, host: {readonly vcpus: number; readonly cpus: number; readonly affinity: Affinity}): number {
	if (thread < host.vcpus) {
		return host.affinity.vcpus ? thread % host.cpus : -1;
	}

	return thread === host.vcpus ? host.affinity.server : -1;
}

import {type ThreadId} from '../../cpu/ids.js';
import {type HostRoles} from '../roles.js';

/** Which host threads may not leave their CPU: each vCPU's or not, and the CPU of the thread that serves the device, or -1. (sched_setaffinity; libvirt's vcpupin and emulatorpin) */
export type Affinity = {readonly vcpus: boolean; readonly server: number};

/** The CPU that a host thread is pinned to, or -1. */
export function pinnedCpu(thread: ThreadId, roles: HostRoles, host: {readonly cpus: number; readonly affinity: Affinity}): number {
	if (roles.isVcpu(thread)) {
		return host.affinity.vcpus ? thread % host.cpus : -1;
	}

	return thread === roles.server ? host.affinity.server : -1;
}

import {type ThreadId} from '../../cpu/ids.js';
import {type HostRoles} from '../roles.js';
import {type Parameter} from '../../parameters/parameter.js';
import {type SettingsOf} from '../../parameters/settings.js';

/**
Which host threads may not leave their CPU (sched_setaffinity; libvirt's vcpupin and emulatorpin).
*/
export const affinityParameters = [
	{
		key: 'host.pinVcpus',
		sets: 'vcpus',
		label: 'pin vCPUs',
		group: 'host',
		type: 'boolean',
		unit: 'on or off',
		default: false,
		provenance: {kind: 'assumed', source: 'libvirt pins nothing unless a domain has <cputune>'},
		knob: {by: 'host', how: 'taskset or vcpupin: a CPU for each vCPU thread'},
		words:
			'Each vCPU thread stays on the host CPU of its own number, beginning anew where there are fewer; ' +
			'libvirt calls it vcpupin. Where the thread that serves the device is says host.pinServer.',
		effect: 'restart',
		metrics: ['throughput.completed', 'lock.waits.workerOnNotify'],
	},
	{
		key: 'host.pinServer',
		sets: 'server',
		label: 'pin server',
		group: 'host',
		type: 'integer',
		unit: 'CPU',
		min: -1,
		max: 255,
		default: -1,
		provenance: {kind: 'assumed', source: 'libvirt pins nothing unless a domain has <cputune>'},
		knob: {by: 'host', how: 'taskset or emulatorpin: a CPU for the main loop'},
		words:
			"The host CPU on which the thread that serves the device stays, QEMU's main loop (libvirt: " +
			'emulatorpin); -1: anywhere. Beside the vCPU that rings it makes each doorbell as long as a pass; ' +
			"beside the worker's it delays the worker.",
		effect: 'restart',
		metrics: ['latency.stages.doorbell.mean', 'lock.waits.workerOnNotify'],
	},
] as const satisfies readonly Parameter[];

/** Whether each vCPU thread is pinned, and the CPU of the thread that serves the device, or -1. */
export type Affinity = SettingsOf<(typeof affinityParameters)[number]>;

/** The CPU that a host thread is pinned to, or -1. */
export function pinnedCpu(
	thread: ThreadId,
	roles: HostRoles,
	host: {readonly cpus: number; readonly affinity: Affinity},
): number {
	if (roles.isVcpu(thread)) {
		return host.affinity.vcpus ? thread % host.cpus : -1;
	}

	return thread === roles.server ? host.affinity.server : -1;
}

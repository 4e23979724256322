import {microsecond, millisecond, type Parameter} from '../parameters/parameter.js';

/** The guest as a machine: its vCPUs and where its interrupts go. */
export const guestParameters = [
	{
		key: 'guest.vcpus',
		label: 'vCPUs',
		group: 'guest',
		type: 'integer',
		unit: 'vCPUs',
		min: 1,
		max: 64,
		default: 2,
		provenance: {
			kind: 'assumed',
			source: 'the fewest with which submitter and dequeue worker can meet at the lock',
		},
		knob: {by: 'host', how: '-smp of the VM'},
		words:
			'CPUs of the guest; each is a thread on the host. With one, submitter and worker take turns and never ' +
			'spin on each other, unless the holder is descheduled.',
		effect: 'restart',
		metrics: ['lock.contentionShare', 'cpu.vcpusBusy'],
	},
	{
		key: 'guest.irqVcpu',
		sets: 'irqVcpu',
		element: 0,
		label: 'IRQ on vCPU',
		group: 'guest',
		type: 'integer',
		unit: 'index of a vCPU',
		min: 0,
		max: 63,
		default: 1,
		provenance: {kind: 'measured', source: 'the control vector stayed on vCPU 1 of a 6.12 guest with 2 vCPUs'},
		knob: {by: 'kernel', how: '/proc/irq/N/smp_affinity in the guest'},
		words:
			"vCPU that takes the control queue's interrupt and runs its dequeue work. On the submitter's own vCPU " +
			'it cannot spin during a doorbell; a client that is not pinned (`vcpu`) leaves a busy vCPU by itself, ' +
			'as in Linux.',
		effect: 'next-use',
		metrics: ['lock.waits.workerOnNotify', 'latency.stages.workerDelay.mean'],
	},
	{
		key: 'guest.cursorIrqVcpu',
		sets: 'irqVcpu',
		element: 1,
		label: 'cursor IRQ on vCPU',
		group: 'guest',
		type: 'integer',
		unit: 'index of a vCPU',
		min: 0,
		max: 63,
		default: 0,
		provenance: {kind: 'measured', source: 'the cursor vector stayed on vCPU 0 of a 6.12 guest with 2 vCPUs'},
		knob: {by: 'kernel', how: '/proc/irq/N/smp_affinity in the guest'},
		words:
			'vCPU that takes the interrupt of the cursor queue and runs its dequeue work. It matters when that vCPU ' +
			'is busy or out in a doorbell.',
		effect: 'next-use',
		metrics: ['cursor.latency.p99'],
	},
] as const satisfies readonly Parameter[];

/** The guest's scheduler. */
export const guestSchedulerParameters = [
	{
		key: 'guest.timeslice',
		sets: 'timeslice',
		label: 'guest slice',
		group: 'guest',
		type: 'duration',
		unit: 'duration',
		min: 10 * microsecond,
		max: 100 * millisecond,
		default: 3 * millisecond,
		provenance: {
			kind: 'source code',
			source: 'Linux 6.6 to 6.14 sysctl_sched_base_slice: 0.75 ms x (1 + log2 CPUs), 3 ms from 8 CPUs',
		},
		knob: {by: 'kernel', how: '/sys/kernel/debug/sched/base_slice_ns in the guest'},
		words:
			'Time slice of the guest scheduler (EEVDF base slice). It bounds how long the worker waits for a vCPU ' +
			'that a client keeps busy.',
		effect: 'next-use',
		metrics: ['latency.stages.workerDelay.tail'],
	},
	{
		key: 'guest.tick',
		sets: 'tick',
		label: 'guest tick',
		group: 'guest',
		type: 'duration',
		unit: 'duration (0 = nohz_full)',
		min: 0,
		max: 100 * millisecond,
		default: 4 * millisecond,
		provenance: {
			kind: 'source code',
			source:
				'Linux kernel/Kconfig.hz: HZ_250 is the default; Fedora, Arch and Ubuntu since 24.10 have 1000 (1 ' +
				'ms)',
		},
		knob: {by: 'kernel', how: 'CONFIG_HZ of the guest kernel'},
		words:
			"Period of the guest's tick, on each vCPU that is not idle: an interrupt (guest.cost.tick) and the " +
			'exits around it. ' +
			'0 stands for nohz_full: a vCPU that one thread has for itself has none.',
		effect: 'next-use',
		metrics: ['exits.kernel', 'latency.p99', 'cpu.mainLoop'],
	},
	{
		key: 'guest.runToParity',
		sets: 'runToParity',
		label: 'guest parity',
		group: 'guest',
		type: 'boolean',
		unit: 'on or off',
		default: true,
		provenance: {
			kind: 'source code',
			source:
				'Linux 6.6 and later: RUN_TO_PARITY is on (kernel/sched/features.h); earlier kernels have no such ' +
				'rule',
		},
		knob: {by: 'kernel', how: 'RUN_TO_PARITY in /sys/kernel/debug/sched/features of the guest'},
		words:
			'Whether a running guest thread keeps its vCPU for its slice as long as it is eligible. It matters ' +
			'where a submitter shares the vCPU of the dequeue worker.',
		effect: 'next-use',
		metrics: ['latency.stages.workerDelay.mean', 'worker.batch'],
	},
] as const satisfies readonly Parameter[];

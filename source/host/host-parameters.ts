import {type Parameter} from '../parameters/parameter.js';
import {type BackendSets} from './backends/backend.js';

function oneCpuAThread(
	{'guest.vcpus': vcpus}: {readonly 'guest.vcpus': number},
	{serverThreads}: Pick<BackendSets, 'serverThreads'>,
): number {
	return vcpus + serverThreads;
}

/** The machine below the guest: how guest code is run, and on how many CPUs. */
export const hostParameters = [
	{
		key: 'host.accel',
		label: 'accel',
		group: 'host',
		type: 'choice',
		unit: 'choice',
		choices: [
			{
				value: 'kvm',
				sets: {tcg: false},
				words: 'A doorbell is a VM exit; with ioeventfd off it goes to user space and takes the BQL there.',
				functions: 'kvm_cpu_exec, address_space_rw, prepare_mmio_access',
				versions: 'every KVM host',
				moves: 'nothing: it is the default',
				noHelp: 'nested: exits then cost ten times as much',
				source: 'QEMU accel/kvm/kvm-all.c, system/physmem.c',
			},
			{
				value: 'tcg',
				sets: {tcg: true},
				words:
					'A doorbell is a call in the vCPU thread that takes the BQL; PAUSE, HLT and the local APIC take ' +
					'it too.',
				functions: 'cpu_exec, io_writex, bql_lock',
				versions: 'QEMU with accel=tcg,thread=multi, as in most CI',
				moves: 'exits into BQL acquisitions, so that spinners and interrupts contend with the main loop',
				noHelp: 'ioeventfd does not take the vCPU off the BQL here; there are no PV spinlocks',
				source: 'measured on QEMU 7.2.22 with a 6.12 guest',
			},
		],
		default: 'kvm',
		provenance: {kind: 'assumed', source: 'the usual way to run a guest'},
		words:
			'How guest code is run: in hardware (kvm) or by translation (tcg). The guest driver, the rings and ' +
			"QEMU's device are the same code under both.",
		effect: 'reset',
		metrics: ['exits.perSecond', 'bql.waitPerSecond'],
	},
	{
		key: 'host.ioeventfd',
		sets: 'ioeventfd',
		label: 'ioeventfd',
		group: 'host',
		type: 'boolean',
		unit: 'on or off',
		default: false,
		provenance: {kind: 'source code', source: 'QEMU hw/display/virtio-gpu-pci.c: ioeventfd=false'},
		knob: {by: 'device', how: '-device virtio-gpu-pci,ioeventfd=on or off'},
		words:
			'On, KVM turns a doorbell into an eventfd write and the vCPU goes on at once; the main loop wakes ' +
			'from ppoll. ' +
			'Off, the vCPU thread exits to user space and waits for the BQL itself (host.backend=qemu; the ' +
			'others always have an eventfd, or a mapped page).',
		effect: 'reset',
		metrics: ['latency.stages.doorbell.mean', 'lock.waits.workerOnNotify', 'exits.user'],
	},
	{
		key: 'host.cpus',
		label: 'host CPUs',
		group: 'host',
		type: 'integer',
		unit: 'CPUs',
		min: 1,
		max: 256,
		default: 'auto',
		automatic: {
			word: 'auto',
			value: oneCpuAThread,
			words:
				'one a thread of the VMM: vCPUs + who serves the device (no thread with host.backend=mapped); ' +
				'host.load shares them',
		},
		provenance: {kind: 'assumed', source: 'a host with CPUs to spare, so that scarcity is a choice'},
		knob: {by: 'host', how: 'CPUs that the VM may use: taskset, cpuset or a larger machine'},
		words:
			'CPUs of the host that vCPU threads, main loop and other load share. With fewer than busy threads a ' +
			'spinner takes the CPU that the lock holder or the main loop needs.',
		effect: 'restart',
		metrics: ['throughput.completed', 'lock.spin.total', 'cpu.vcpus[0].stolen'],
	},
] as const satisfies readonly Parameter[];

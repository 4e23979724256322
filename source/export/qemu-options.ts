import {backendOf} from '../host/backends/backends.js';
import {type Configuration} from '../simulation/configuration.js';
import {type ResolvedParameters} from '../simulation/parameters/table.js';
import {type ConfigurationFormat} from './trace-format.js';
import {refuseOtherDevices} from './gpu-only.js';

/** Kernel releases that a lock policy stands for (virtio-gpu-facts.md section 0). */
const kernels: Readonly<Record<string, string>> = {
	'kick-under-lock': 'Linux up to 5.4 (and the stable series of those releases)',
	'kick-after-unlock': 'Linux 5.5 (commit 744583ecc3d7), 5.6 with it',
	'kick-batched': 'Linux 5.7 to today',
	'kick-batched-under-lock': 'no kernel: the driver would have to be patched',
};

const spinlocks: Readonly<Record<string, string>> = {
	'pv-qspinlock': 'CONFIG_PARAVIRT_SPINLOCKS=y and a KVM host; -cpu …,kvm-pv-unhalt=on (the default with -cpu host)',
	qspinlock: 'guest command line nopvspin, or -cpu …,kvm-pv-unhalt=off,kvm-hint-dedicated=on',
	'test-and-set': '-cpu …,kvm-pv-unhalt=off with the hypervisor bit set: virt_spin_lock',
};

/**
Sizes that QEMU compiles in (virtio_gpu_base_device_realize): control
queue 2D, with virgl, cursor queue.
*/
const compiled = {'2d': 64, virgl: 256, cursor: 16} as const;

/**
What to type to get a configuration on a real machine: QEMU's device options, the libvirt
snippet, the kernel to boot; and what can not be set in practice, said plainly.
*/
export function qemuOptions(configuration: Configuration): string {
	refuseOtherDevices('qemu', configuration);
	const {parameters, clients, faults} = configuration;
	const virgl = parameters['device.kind'] === 'virgl';
	const {vhostUser: vhost} = backendOf(parameters['host.backend']).qemu;
	const device = vhost ? 'vhost-user-gpu-pci,chardev=vgpu' : virgl ? 'virtio-gpu-gl-pci' : 'virtio-gpu-pci';
	const properties: ReadonlyArray<readonly [string, boolean]> = [
		['event_idx', parameters['queue.eventIdx']],
		// vhost sets host notifiers whatever the property says.
		...(vhost ? [] : [['ioeventfd', parameters['host.ioeventfd']] as const]),
		['indirect_desc', parameters['queue.indirect']],
		['packed', parameters['queue.layout'] === 'packed'],
	];
	const option = [device, 'id=gpu0', ...properties.map(([name, value]) => `${name}=${value ? 'on' : 'off'}`)].join(
		',',
	);
	const policy = parameters['driver.lockPolicy'];
	const room = parameters['driver.roomRule'];
	const spinlock = parameters['driver.spinlock'];
	const irqVcpu = parameters['guest.irqVcpu'];
	const tcg = parameters['host.accel'] === 'tcg';
	const lines = [
		'# QEMU',
		`-accel ${tcg ? 'tcg,thread=multi' : 'kvm'} -smp ${parameters['guest.vcpus']} \\`,
		...(vhost
			? [
					'-object memory-backend-memfd,id=mem,size=4G -machine memory-backend=mem -chardev ' +
						'socket,id=vgpu,path=vgpu.sock \\',
					`# before it: vhost-user-gpu -s vgpu.sock${virgl ? ' -v' : ''}`,
				]
			: []),
		`-device ${option}${virgl ? ' -display egl-headless,gl=on' : ''}`,
		'',
		'# libvirt: <domain xmlns:qemu="http://libvirt.org/schemas/domain/qemu/1.0">, with <video><model ' +
			'type="none"/></video>',
		'<qemu:commandline>',
		'  <qemu:arg value="-device"/>',
		`  <qemu:arg value="${option}"/>`,
		'</qemu:commandline>',
		'# or, with libvirt\'s own <model type="virtio">, only the properties:',
		'<qemu:override>',
		'  <qemu:device alias="video0">',
		'    <qemu:frontend>',
		...properties.map(
			([name, value]) => `      <qemu:property name="${name}" type="bool" value="${String(value)}"/>`,
		),
		'    </qemu:frontend>',
		'  </qemu:device>',
		'</qemu:override>',
		'',
		'# Guest kernel',
		`driver.lockPolicy=${policy}: ${kernels[policy]}`,
		`driver.roomRule=${room}: ${room === 'check-first' ? 'Linux 5.7 and later' : 'Linux up to 5.6'}`,
		`driver.spinlock=${spinlock}: ${spinlocks[spinlock]}`,
		`guest.irqVcpu=${irqVcpu}: echo ${irqVcpu} > /proc/irq/N/smp_affinity_list, N being the number of ` +
			'virtioX-control in /proc/interrupts',
		'',
		'# Host',
		`host.cpus=${parameters['host.cpus']}: taskset -c 0-${parameters['host.cpus'] - 1} qemu-system-x86_64 …`,
		...pinning(parameters),
		...(tcg
			? []
			: [`host.haltPoll: echo ${parameters['host.haltPoll']} > /sys/module/kvm/parameters/halt_poll_ns`]),
		'',
		'# What can not be set',
		...impossible(parameters, virgl).map(line => `- ${line}`),
		...(faults.length === 0 ? [] : ['- faults: no option of QEMU loses a kick or an interrupt']),
		`- clients (${clients.map(({name}) => name).join(', ')}): the load is what the guest's programs do`,
		'- costs (guest.cost.*, host.cost.*, device.cost.*): properties of the machine; vqlab calibrate measures them',
	];
	return `${lines.join('\n')}\n`;
}

/**
With `-name debug-threads=on` a vCPU's thread is called CPU N/KVM or CPU N/TCG; the main
loop's thread id is the process id.
*/
function pinning(parameters: ResolvedParameters): readonly string[] {
	const cpus = parameters['host.cpus'];
	const vcpus = parameters['host.pinVcpus']
		? Array.from({length: parameters['guest.vcpus']}, (_, vcpu) => [vcpu, vcpu % cpus] as const)
		: [];
	const server = parameters['host.pinServer'];
	const threadNames =
		`TIDn being the thread CPU n/${parameters['host.accel'] === 'tcg' ? 'TCG' : 'KVM'} (-name debug-threads=on; ` +
		'/proc/PID/task/*/comm)';
	if (vcpus.length === 0 && server < 0) {
		return [];
	}

	return [
		...(vcpus.length === 0
			? []
			: [
					`host.pinVcpus: ${vcpus.map(([vcpu, cpu]) => `taskset -cp ${cpu} TID${vcpu}`).join('; ')}, ` +
						`${threadNames}`,
				]),
		...(server < 0
			? []
			: [`host.pinServer=${server}: taskset -cp ${server} PID, which moves the main loop's thread only`]),
		"# or in libvirt's domain:",
		'<cputune>',
		...vcpus.map(([vcpu, cpu]) => `  <vcpupin vcpu="${vcpu}" cpuset="${cpu}"/>`),
		...(server < 0 ? [] : [`  <emulatorpin cpuset="${server}"/>`]),
		'</cputune>',
	];
}

function impossible(parameters: ResolvedParameters, virgl: boolean): readonly string[] {
	const size = parameters['queue.size'];
	const cursor = parameters['queue.cursorSize'];
	const built = compiled[virgl ? 'virgl' : '2d'];
	const words = [
		size === built
			? `queue.size=${size} is what QEMU compiles in for this device; virtio-gpu has no property for it`
			: `queue.size=${size}: virtio-gpu's queue size is compiled in (${built} here; ` +
				'virtio_gpu_base_device_realize in hw/display/virtio-gpu-base.c). Change it there and rebuild QEMU',
	];
	const {
		value: backend,
		qemu: {remark},
	} = backendOf(parameters['host.backend']);
	if (remark !== undefined) {
		words.push(`host.backend=${backend}: ${remark}`);
	}

	if (cursor !== compiled.cursor) {
		words.push(`queue.cursorSize=${cursor}: compiled in too (${compiled.cursor})`);
	}

	if (parameters['device.fence'] !== (virgl ? 'poll' : 'sync')) {
		words.push(
			`device.fence=${parameters['device.fence']}: decided by QEMU's device and virglrenderer's version, ` +
				'not by an option',
		);
	}

	return words;
}

export const qemu: ConfigurationFormat = {
	kind: 'configuration',
	id: 'qemu',
	words: "QEMU's options for such a machine",
	text: qemuOptions,
};

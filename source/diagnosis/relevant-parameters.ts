import {type VerdictName} from '../metrics/verdict-names.js';
import {type ParameterKey} from '../simulation/parameters/table.js';

const spin: readonly ParameterKey[] = [
	'driver.lockPolicy',
	'host.ioeventfd',
	'host.cost.lockHandoff',
	'host.cost.exitUser',
	'queue.eventIdx',
	'queue.size',
];
const pauses: readonly ParameterKey[] = [
	'queue.size',
	'host.backend',
	'host.bql.rate',
	'host.bql.hold',
	'host.background.rate',
	'host.load',
];
const room: readonly ParameterKey[] = [
	'queue.size',
	'queue.indirect',
	'driver.fullRing',
	'driver.roomRule',
	'host.backend',
	'host.ioeventfd',
];
const loop: readonly ParameterKey[] = [
	'host.backend',
	'host.ioeventfd',
	'host.cpus',
	'host.cost.loopWake',
	'device.cost.perKiB',
	'queue.eventIdx',
];
const fences: readonly ParameterKey[] = [
	'device.fencePoll',
	'device.fence',
	'device.kind',
	'device.gpuTime',
	'driver.fenceEverySubmit',
	'host.backend',
];
const cpus: readonly ParameterKey[] = [
	'host.cpus',
	'host.load',
	'driver.spinlock',
	'driver.lockPolicy',
	'guest.vcpus',
	'host.pinVcpus',
];
const doorbells: readonly ParameterKey[] = [
	'host.ioeventfd',
	'driver.lockPolicy',
	'queue.eventIdx',
	'host.cost.exitUser',
	'host.cost.lockHandoff',
	'host.accel',
];
const worker: readonly ParameterKey[] = [
	'guest.irqVcpu',
	'guest.vcpus',
	'guest.cost.workerWake',
	'guest.timeslice',
	'host.cpus',
	'guest.cost.free',
];

/** The parameters that act on what a verdict names, the strongest first. */
const byVerdict: Readonly<Record<VerdictName, readonly ParameterKey[]>> = {
	stall: ['queue.size', 'queue.indirect', 'driver.waitBug', 'driver.fullRing', 'queue.eventIdx', 'driver.roomRule'],
	'sleep-in-atomic': ['driver.edidProperty', 'driver.lockPolicy', 'driver.spinlock'],
	'host-pause': pauses,
	'renderer-block': ['host.backend', 'device.interrupt', 'queue.size', 'host.cpus'],
	'vcpu-preempt': cpus,
	'lost-kick': ['queue.eventIdx', 'queue.size', 'driver.lockPolicy', 'host.ioeventfd'],
	'lost-irq': ['queue.eventIdx', 'queue.size', 'driver.lockPolicy', 'guest.irqVcpu'],
	'commands-lost': room,
	'commands-unanswered': ['queue.size', 'queue.eventIdx', 'driver.fullRing', 'host.backend', 'host.ioeventfd'],
	'missed-frames': [
		'device.fencePoll',
		'device.fence',
		'host.ioeventfd',
		'driver.lockPolicy',
		'host.cpus',
		'host.backend',
	],
	'demand-short': loop,
	'worker-spin': spin,
	'submitter-spin': spin,
	'spin-starves-host': cpus,
	'lock-wait': spin,
	'submitter-bound': [
		'host.ioeventfd',
		'guest.cost.prepare',
		'driver.lockPolicy',
		'queue.eventIdx',
		'guest.vcpus',
		'host.accel',
	],
	'loop-bound': loop,
	'ring-full': room,
	doorbell: doorbells,
	'bql-busy': [
		'host.ioeventfd',
		'host.backend',
		'host.bql.rate',
		'host.bql.hold',
		'host.cost.lockHandoff',
		'queue.eventIdx',
	],
	'fence-poll': fences,
	'fence-wait': fences,
	'host-queue': loop,
	'worker-long': [
		'guest.cost.free',
		'guest.cost.response',
		'driver.fenceWork',
		'guest.vcpus',
		'guest.irqVcpu',
		'driver.lockPolicy',
	],
	'worker-late': worker,
	'round-trip': [
		'host.cost.loopWake',
		'host.ioeventfd',
		'guest.cost.workerWake',
		'guest.cost.prepare',
		'host.cpus',
		'queue.eventIdx',
	],
	'demand-met': ['driver.lockPolicy', 'queue.size', 'queue.eventIdx', 'host.ioeventfd', 'host.cpus', 'device.kind'],
	settling: [],
};

/** Keys of the parameters that act on what a verdict names, the strongest first. */
export function relevantParameters(verdict: VerdictName): readonly string[] {
	return byVerdict[verdict];
}

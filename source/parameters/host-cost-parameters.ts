import {
	constant, microsecond, millisecond, type DistributionParameter, type Parameter,
} from './parameter.js';

type Cost = Pick<DistributionParameter, 'label' | 'provenance' | 'words' | 'metrics'> & {
	readonly name: string;
	readonly value: number;
	readonly per?: string;
};

function cost({name, value, per, ...rest}: Cost): DistributionParameter {
	return {
		key: `host.cost.${name}`,
		group: 'host',
		type: 'distribution',
		unit: per === undefined ? 'duration' : `duration ${per}`,
		min: 0,
		max: 10 * millisecond,
		default: constant(value),
		effect: 'next-use',
		...rest,
	};
}

/** Times of KVM and QEMU, all drawn anew at each use. */
export const hostCostParameters: readonly Parameter[] = [
	cost({
		name: 'exitUser',
		label: 'exit to QEMU',
		value: 2 * microsecond,
		per: 'an exit',
		provenance: {kind: 'published', source: 'KVM commit ad3610919e6f: inl_from_qemu 5.8k cycles there and back, before the Spectre mitigations'},
		words: 'From the guest\'s doorbell write until the vCPU thread runs in QEMU (KVM_EXIT_MMIO). The wait for the BQL comes after it and is often longer.',
		metrics: ['latency.stages.doorbell.mean', 'cpu.vcpus[0].exit'],
	}),
	cost({
		name: 'exitKernel',
		label: 'exit in KVM',
		value: 700,
		per: 'an exit',
		provenance: {kind: 'published', source: 'kvm list 2022, outl_to_kernel: about 2,015 cycles, 0.7 us at 3 GHz'},
		words: 'An exit that KVM handles itself: ioeventfd doorbells, halts, interrupts. Nested guests pay about seven times as much.',
		metrics: ['latency.stages.doorbell.mean', 'cpu.vcpus[0].exit'],
	}),
	cost({
		name: 'entry',
		label: 'entry',
		value: 500,
		per: 'an entry',
		provenance: {kind: 'assumed', source: 'the way back of an exit to QEMU; published figures give there and back together'},
		words: 'From QEMU\'s KVM_RUN until guest code runs again. Under kick-under-lock it is part of the lock hold.',
		metrics: ['cpu.vcpus[0].exit', 'lock.hold.p99'],
	}),
	cost({
		name: 'notify',
		label: 'notify handler',
		value: 300,
		per: 'a doorbell',
		provenance: {kind: 'assumed', source: 'virtio_queue_notify and qemu_bh_schedule, with an eventfd write of 0.36 us (measured) when the loop sleeps'},
		words: 'The handler of a doorbell on the vCPU thread, under the BQL: virtio_queue_notify, virtio_gpu_handle_ctrl_cb, qemu_bh_schedule. With ioeventfd the main loop runs it.',
		metrics: ['latency.stages.doorbell.mean', 'bql.byHolder.vcpus'],
	}),
	cost({
		name: 'lockHandoff',
		label: 'BQL handoff',
		value: 5 * microsecond,
		provenance: {kind: 'assumed', source: 'between 3 and 10 us on bare metal; 16 us p50, 21 us p90 measured in a nested VM'},
		words: 'Futex wake: from the release of the BQL until a thread that slept on it runs and tries again. The BQL is not fair, so it may find it taken.',
		metrics: ['latency.stages.doorbell.mean', 'bql.waitPerSecond'],
	}),
	cost({
		name: 'loopWake',
		label: 'loop wake',
		value: 8 * microsecond,
		provenance: {kind: 'assumed', source: 'between 5 and 15 us on bare metal; 17 us p50, 24 us p90 measured in a nested VM'},
		words: 'From the eventfd write until the main loop returns from ppoll. Part of the stage hostWake.',
		metrics: ['latency.stages.hostWake.mean'],
	}),
	cost({
		name: 'haltWake',
		label: 'halt wake',
		value: 5 * microsecond,
		provenance: {kind: 'assumed', source: 'a wake-up of a vCPU thread, as host.cost.lockHandoff; no published figure'},
		words: 'From the wake-up of a halted vCPU thread until it enters the guest. Not paid while KVM still polls (host.haltPoll).',
		metrics: ['latency.stages.irqDelay.mean'],
	}),
	cost({
		name: 'poll',
		label: 'loop pass',
		value: microsecond,
		per: 'a pass',
		provenance: {kind: 'assumed', source: 'system call ppoll and preparation; no published figure'},
		words: 'What each pass of the main loop spends without the BQL: prepare, ppoll, dispatch. It is the gap in which a vCPU can take the BQL.',
		metrics: ['cpu.mainLoop', 'latency.stages.hostWake.mean'],
	}),
	cost({
		name: 'pop',
		label: 'pop',
		value: 300,
		per: 'a command',
		provenance: {kind: 'assumed', source: 'virtqueue_pop maps and copies descriptors; no published figure'},
		words: 'Time of virtqueue_pop, under the BQL; avail_event moves at its end. All waiting commands are popped before the first is processed.',
		metrics: ['latency.stages.hostQueue.mean', 'cpu.mainLoop'],
	}),
	cost({
		name: 'push',
		label: 'push',
		value: 300,
		per: 'a command',
		provenance: {kind: 'assumed', source: 'virtqueue_push and virtio_should_notify; no published figure'},
		words: 'Time of virtqueue_push with the decision whether to interrupt, under the BQL. At its end the used index is published.',
		metrics: ['latency.stages.service.mean', 'cpu.mainLoop'],
	}),
	cost({
		name: 'msi',
		label: 'MSI',
		value: 1500,
		per: 'an MSI',
		provenance: {kind: 'assumed', source: 'system call KVM_SIGNAL_MSI with a kick of the vCPU; no published figure'},
		words: 'Time of the main loop to raise an interrupt (KVM_SIGNAL_MSI), under the BQL. virtio-gpu uses no irqfd.',
		metrics: ['cpu.mainLoop', 'irqs.sent'],
	}),
	cost({
		name: 'irqDelivery',
		label: 'IRQ delivery',
		value: microsecond,
		provenance: {kind: 'assumed', source: 'between 1 and 3 us from MSI to handler; an EXTERNAL_INTERRUPT exit alone averages 0.71 us (KVM commit 0c5f81dad46c)'},
		words: 'From the store of an MSI to the guest\'s handler on a vCPU that runs guest code. A vCPU that is out in an exit takes it at its next entry.',
		metrics: ['latency.stages.irqDelay.mean'],
	}),
	cost({
		name: 'pauseBql',
		label: 'PAUSE under BQL',
		value: 100,
		per: 'a PAUSE',
		provenance: {kind: 'assumed', source: 'measured under TCG: a PAUSE takes 135 to 186 ns against 28 native; how much of it is under the BQL is not known'},
		words: 'How long a PAUSE of a spinning vCPU holds the BQL. Used with host.accel=tcg only.',
		metrics: ['bql.waitPerSecond', 'bql.byHolder.vcpus'],
	}),
	cost({
		name: 'apicBql',
		label: 'APIC under BQL',
		value: 500,
		per: 'an access',
		provenance: {kind: 'assumed', source: 'leaving HLT, taking an interrupt and EOI take the BQL under TCG; no figure'},
		words: 'How long taking or ending an interrupt holds the BQL. Used with host.accel=tcg only.',
		metrics: ['bql.waitPerSecond', 'latency.stages.irqDelay.mean'],
	}),
];

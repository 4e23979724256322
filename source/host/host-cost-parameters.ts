import {microsecond, type Parameter} from '../parameters/parameter.js';
import {spreads} from '../parameters/spread.js';
import {cost} from './host-cost.js';

/** Times of KVM and QEMU, all drawn anew at each use. */
export const hostCostParameters = [
	cost({
		name: 'exitUser',
		label: 'exit to QEMU',
		value: 2 * microsecond,
		per: 'an exit',
		spread: spreads.exit,
		provenance: {
			kind: 'published',
			source: 'KVM commit ad3610919e6f: inl_from_qemu 5.8k cycles there and back, before the Spectre mitigations',
		},
		words:
			"From the guest's doorbell write until the vCPU thread runs in QEMU (KVM_EXIT_MMIO). The wait for the " +
			'BQL comes after it and is often longer.',
		metrics: ['latency.stages.doorbell.mean', 'cpu.vcpus[0].exit'],
	}),
	cost({
		name: 'exitKernel',
		label: 'exit in KVM',
		value: 700,
		per: 'an exit',
		spread: spreads.exit,
		provenance: {kind: 'published', source: 'kvm list 2022, outl_to_kernel: about 2,015 cycles, 0.7 us at 3 GHz'},
		words:
			'An exit that KVM handles itself: ioeventfd doorbells, halts, interrupts. Nested guests pay about seven ' +
			'times as much.',
		metrics: ['latency.stages.doorbell.mean', 'cpu.vcpus[0].exit'],
	}),
	cost({
		name: 'entry',
		label: 'entry',
		value: 500,
		per: 'an entry',
		spread: spreads.exit,
		provenance: {
			kind: 'assumed',
			source: 'the way back of an exit to QEMU; published figures give there and back together',
		},
		words: "From QEMU's KVM_RUN until guest code runs again. Under kick-under-lock it is part of the lock hold.",
		metrics: ['cpu.vcpus[0].exit', 'lock.hold.p99'],
	}),
	cost({
		name: 'notify',
		label: 'notify handler',
		value: 300,
		per: 'a doorbell',
		spread: spreads.hostCode,
		provenance: {
			kind: 'assumed',
			source:
				'virtio_queue_notify and qemu_bh_schedule, with an eventfd write of 0.36 us (measured) when the ' +
				'loop sleeps',
		},
		words:
			'The handler of a doorbell on the vCPU thread, under the BQL: virtio_queue_notify, ' +
			'virtio_gpu_handle_ctrl_cb, qemu_bh_schedule. With ioeventfd the main loop runs it.',
		metrics: ['latency.stages.doorbell.mean', 'bql.byHolder.vcpus'],
	}),
	cost({
		name: 'unwind',
		label: 'notify unwind',
		value: 100,
		per: 'a doorbell',
		spread: spreads.hostCode,
		provenance: {
			kind: 'assumed',
			source:
				"return from virtio_pci_notify_write to bql_unlock in prepare_mmio_access's caller; no published " +
				'figure',
		},
		words:
			'From the wake-up of the main loop by a doorbell until its vCPU thread releases the BQL. A main loop ' +
			'that preempts the thread meanwhile blocks on the BQL and is woken again.',
		metrics: ['bql.waitPerSecond', 'latency.stages.hostWake.mean'],
	}),
	cost({
		name: 'wakeIpi',
		label: 'wake-up IPI',
		value: 0,
		per: 'a wake-up of an idle CPU',
		provenance: {
			kind: 'assumed',
			source:
				'next to nothing on bare metal; in a VM the IPI is an exit, and a doorbell that woke the main loop ' +
				'took 10 us and more',
		},
		words:
			'What a host thread pays for the interrupt by which it wakes another on an idle CPU. It is part of the ' +
			'doorbell when the main loop sleeps.',
		metrics: ['latency.stages.doorbell.mean', 'lock.waits.workerOnNotify'],
	}),
	cost({
		name: 'kickPreempt',
		label: 'kick preempted',
		value: 0,
		per: 'a doorbell that wakes the server',
		provenance: {
			kind: 'assumed',
			source:
				"with a host CPU for each thread nobody takes the kicker's, and with fewer the model's scheduler " +
				'shows it (host.cpus); calibrations measure it, as the scheduler of a recorded host is not seen',
		},
		words:
			'How long a vCPU whose doorbell woke the thread that serves the device is off its host CPU after it has ' +
			'released the BQL, because that thread took it: at the opposite rank of host.cost.loopWake, as one that ' +
			'comes late has not taken it. The device works meanwhile.',
		metrics: ['latency.stages.doorbell.mean', 'lock.waits.workerOnNotify'],
	}),
	cost({
		name: 'cold',
		label: 'cold caches',
		value: 0,
		per: 'a return of a vCPU',
		provenance: {
			kind: 'assumed',
			source:
				'other costs are means over warm and cold; under TCG on one host CPU guest code ran at about half ' +
				'its speed',
		},
		words:
			'CPU time that a vCPU loses on cold caches once its thread gets a host CPU again, had it been away ' +
			'for ever; after host.coldTime it is half of that. ' +
			'Until it is made good guest code runs at half speed.',
		metrics: ['throughput.completed', 'cpu.vcpusBusy'],
	}),
	cost({
		name: 'lockHandoff',
		label: 'BQL handoff',
		value: 5 * microsecond,
		spread: spreads.handoff,
		provenance: {kind: 'assumed', source: 'between 3 and 10 us on bare metal'},
		words:
			'Futex wake: from the release of the BQL until a thread that slept on it runs and tries again. The BQL ' +
			'is not fair, so it may find it taken.',
		metrics: ['latency.stages.doorbell.mean', 'bql.waitPerSecond'],
	}),
	cost({
		name: 'loopWake',
		label: 'loop wake',
		value: 8 * microsecond,
		spread: spreads.wake,
		provenance: {kind: 'assumed', source: 'between 5 and 15 us on bare metal'},
		words:
			"From the eventfd write until the main loop returns from ppoll, or another backend's worker from " +
			'epoll_wait. Part of the stage hostWake.',
		metrics: ['latency.stages.hostWake.mean'],
	}),
	cost({
		name: 'haltWake',
		label: 'halt wake',
		value: 5 * microsecond,
		spread: spreads.wake,
		provenance: {
			kind: 'assumed',
			source: 'a wake-up of a vCPU thread, as host.cost.lockHandoff; no published figure',
		},
		words:
			'From the wake-up of a halted vCPU thread until it enters the guest. Not paid while KVM still polls ' +
			'(host.haltPoll).',
		metrics: ['latency.stages.irqDelay.mean'],
	}),
	cost({
		name: 'poll',
		label: 'loop pass',
		value: microsecond,
		per: 'a pass',
		spread: spreads.hostCode,
		provenance: {kind: 'assumed', source: 'system call ppoll and preparation; no published figure'},
		words:
			'What each pass of the main loop (or of a worker) spends without the BQL: prepare, ppoll, dispatch. It ' +
			'is the gap in which a vCPU can take the BQL.',
		metrics: ['cpu.mainLoop', 'latency.stages.hostWake.mean'],
	}),
	cost({
		name: 'pop',
		label: 'pop',
		value: 300,
		per: 'a command',
		spread: spreads.hostCode,
		provenance: {kind: 'assumed', source: 'virtqueue_pop maps and copies descriptors; no published figure'},
		words:
			'Time of virtqueue_pop, under the BQL; avail_event moves at its end. All waiting commands are popped ' +
			'before the first is processed.',
		metrics: ['latency.stages.hostQueue.mean', 'cpu.mainLoop'],
	}),
	cost({
		name: 'push',
		label: 'push',
		value: 300,
		per: 'a command',
		spread: spreads.hostCode,
		provenance: {kind: 'assumed', source: 'virtqueue_push and virtio_should_notify; no published figure'},
		words:
			'Time of virtqueue_push with the decision whether to interrupt, under the BQL. At its end the used ' +
			'index is published.',
		metrics: ['latency.stages.service.mean', 'cpu.mainLoop'],
	}),
	cost({
		name: 'msi',
		label: 'MSI',
		value: 1500,
		per: 'an MSI',
		spread: spreads.hostCode,
		provenance: {
			kind: 'assumed',
			source: 'system call KVM_SIGNAL_MSI with a kick of the vCPU; no published figure',
		},
		words: 'Time of the main loop to raise an interrupt (KVM_SIGNAL_MSI), under the BQL. virtio-gpu uses no irqfd.',
		metrics: ['cpu.mainLoop', 'irqs.sent'],
	}),
	cost({
		name: 'irqfd',
		label: 'irqfd',
		value: 800,
		per: 'an interrupt',
		spread: spreads.hostCode,
		provenance: {
			kind: 'assumed',
			source:
				'an eventfd write (0.36 us, measured) with the injection behind it (irqfd_wakeup, ' +
				'kvm_arch_set_irq_inatomic); no published figure',
		},
		words:
			"Time of a worker or process other than QEMU's main loop to raise an interrupt: a write to the irqfd, " +
			'from which KVM injects in the same context. No BQL is held.',
		metrics: ['cpu.mainLoop', 'irqs.sent'],
	}),
	cost({
		name: 'postedWrite',
		label: 'posted write',
		value: 100,
		per: 'a doorbell',
		spread: spreads.exit,
		provenance: {
			kind: 'assumed',
			source:
				'an uncached store to PCIe, which is posted: the CPU does not wait for the device; no published ' +
				'figure for virtio',
		},
		words:
			'What a doorbell costs the guest when the page is mapped from hardware (host.backend=mapped), in guest ' +
			'mode and without an exit. The device sees it at its end.',
		metrics: ['latency.stages.doorbell.mean', 'lock.hold.p99'],
	}),
	cost({
		name: 'displayAnswer',
		label: 'display answer',
		value: 50 * microsecond,
		per: 'a request',
		spread: spreads.wake,
		provenance: {
			kind: 'assumed',
			source:
				"a message through a socket to QEMU's main loop, the update of the display, and back; no published " +
				'figure',
		},
		words:
			"How long QEMU's display takes to answer vhost-user-gpu after a flush with virgl, GET_DISPLAY_INFO or " +
			'GET_EDID. No command is popped meanwhile (wait_in).',
		metrics: ['latency.stages.hostQueue.mean', 'kicks.suppressed'],
	}),
	cost({
		name: 'irqDelivery',
		label: 'IRQ delivery',
		value: microsecond,
		spread: spreads.exit,
		provenance: {
			kind: 'assumed',
			source:
				'between 1 and 3 us from MSI to handler; an EXTERNAL_INTERRUPT exit alone averages 0.71 us (KVM ' +
				'commit 0c5f81dad46c)',
		},
		words:
			"From the store of an MSI to the guest's handler on a vCPU that runs guest code. A vCPU that is out in " +
			'an exit takes it at its next entry.',
		metrics: ['latency.stages.irqDelay.mean'],
	}),
] as const satisfies readonly Parameter[];

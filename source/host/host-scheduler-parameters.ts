import {microsecond, millisecond, type Parameter} from '../parameters/parameter.js';
import {yieldChoices} from './host-choices.js';

/** The host's scheduler. */
export const hostSchedulerParameters = [
	{
		key: 'host.timeslice',
		sets: 'timeslice',
		label: 'host slice',
		group: 'host',
		type: 'duration',
		unit: 'duration',
		min: 10 * microsecond,
		max: 100 * millisecond,
		default: 3 * millisecond,
		provenance: {
			kind: 'source code',
			source: 'Linux 6.6 to 6.14 sysctl_sched_base_slice: 0.75 ms x (1 + log2 CPUs), 3 ms from 8 CPUs',
		},
		knob: {by: 'host', how: '/sys/kernel/debug/sched/base_slice_ns'},
		words:
			'Time slice of the host scheduler (EEVDF base slice). When host CPUs are scarce a spinner burns up to a ' +
			'slice before the lock holder runs.',
		effect: 'next-use',
		metrics: ['lock.wait.p99', 'latency.p99'],
	},
	{
		key: 'host.wakeupPreemption',
		sets: 'wakeupPreemption',
		label: 'wake-up preempts',
		group: 'host',
		type: 'boolean',
		unit: 'on or off',
		default: true,
		provenance: {kind: 'source code', source: 'Linux kernel/sched/fair.c: WAKEUP_PREEMPTION is on'},
		knob: {by: 'host', how: 'WAKEUP_PREEMPTION in /sys/kernel/debug/sched/features'},
		words:
			'Whether a thread that wakes with an earlier deadline takes the CPU at once. Off, the main loop waits ' +
			'for the end of a slice of the vCPU that rang.',
		effect: 'next-use',
		metrics: ['latency.stages.hostWake.mean', 'latency.stages.doorbell.mean'],
	},
	{
		key: 'host.runToParity',
		sets: 'runToParity',
		label: 'host parity',
		group: 'host',
		type: 'boolean',
		unit: 'on or off',
		default: true,
		provenance: {kind: 'source code', source: 'Linux 6.6 and later: RUN_TO_PARITY is on (kernel/sched/features.h)'},
		knob: {by: 'host', how: 'RUN_TO_PARITY in /sys/kernel/debug/sched/features'},
		words:
			'Whether a running thread keeps its CPU for its slice as long as it is eligible (RUN_TO_PARITY). On, ' +
			'the main loop waits behind the vCPU that rang more often.',
		effect: 'next-use',
		metrics: ['latency.stages.hostWake.mean', 'kicks.perCommand'],
	},
	{
		key: 'host.nextBuddy',
		sets: 'nextBuddy',
		label: 'host buddy',
		group: 'host',
		type: 'boolean',
		unit: 'on or off',
		default: false,
		provenance: {
			kind: 'source code',
			source: 'Linux kernel/sched/features.h: NEXT_BUDDY is off before 6.19 (aceccac58ad7)',
		},
		knob: {by: 'host', how: 'NEXT_BUDDY in /sys/kernel/debug/sched/features'},
		words:
			'Whether a thread that wakes runs next as soon as it is eligible, whatever the deadlines say ' +
			'(NEXT_BUDDY). On, whoever rings is pushed off its CPU by whom it wakes.',
		effect: 'next-use',
		metrics: ['latency.stages.hostWake.mean', 'lock.spin.worker'],
	},
	{
		key: 'host.tick',
		sets: 'tick',
		label: 'host tick',
		group: 'host',
		type: 'duration',
		unit: 'duration',
		min: 100 * microsecond,
		max: 100 * millisecond,
		default: 4 * millisecond,
		provenance: {
			kind: 'source code',
			source: "Linux kernel/Kconfig.hz: HZ_250 is the default, and Debian's; RHEL and Fedora have 1000 (1 ms)",
		},
		knob: {by: 'host', how: 'CONFIG_HZ of the host kernel'},
		words:
			"Period of the host's scheduler tick. A slice that is over is noticed there, and an idle CPU takes over " +
			'a thread that waits behind another one.',
		effect: 'next-use',
		metrics: ['lock.wait.p99', 'latency.p99'],
	},
	{
		key: 'host.yield',
		sets: 'yieldRule',
		label: 'host yield',
		group: 'host',
		type: 'choice',
		unit: 'choice',
		choices: yieldChoices,
		default: 'linux-6.18',
		provenance: {
			kind: 'source code',
			source: 'Linux 79104becf42b, sched/fair: Forfeit vruntime on yield (6.18, and stable kernels since)',
		},
		words:
			'What a directed yield does to the vCPU that yields at a pause-loop exit (host.ple), by kernel. The ' +
			'older rule has no bound, and starves a spinning guest on one CPU.',
		effect: 'next-use',
		metrics: ['exits.pause', 'throughput.completed'],
	},
	{
		key: 'host.migrationCost',
		sets: 'migrationCost',
		label: 'migration cost',
		group: 'host',
		type: 'duration',
		unit: 'duration',
		min: 0,
		max: 100 * millisecond,
		default: 500_000,
		provenance: {
			kind: 'source code',
			source:
				'Linux sysctl_sched_migration_cost, 500 us (kernel/sched/fair.c; ' +
				'/sys/kernel/debug/sched/migration_cost_ns)',
		},
		knob: {by: 'host', how: '/sys/kernel/debug/sched/migration_cost_ns'},
		words:
			'A thread that has run on a host CPU so lately is hot: a CPU with nothing to do does not take it, ' +
			'though it waits. It then waits for its CPU, or for a tick.',
		effect: 'next-use',
		metrics: ['lock.spin.worker', 'throughput.completed'],
	},
	{
		key: 'host.newidle',
		sets: 'newidle',
		label: 'newidle pulls',
		group: 'host',
		type: 'number',
		unit: 'share',
		min: 0,
		max: 1,
		default: 1,
		provenance: {
			kind: 'source code',
			source:
				'Linux sched_balance_newidle looks unless a search costs more than the CPU idles on average; 5 of ' +
				'17 chances in a trace of two busy vCPUs on 2 CPUs of a VM',
		},
		words:
			'A host CPU that is about to idle may take a thread that waits where another runs and is not hot ' +
			'(host.migrationCost). The share of such chances that it takes: 0 never, 1 always.',
		effect: 'next-use',
		metrics: ['throughput.completed', 'lock.waits.workerOnNotify'],
	},
] as const satisfies readonly Parameter[];

/** What the scheduler's idle CPUs and switches cost. */
export const hostIdleParameters = [
	{
		key: 'host.idleExit',
		sets: 'idleExit',
		label: 'idle exit',
		group: 'host',
		type: 'duration',
		unit: 'duration',
		min: 0,
		max: 10 * millisecond,
		default: 0,
		provenance: {
			kind: 'assumed',
			source:
				'part of host.cost.loopWake, haltWake and lockHandoff by default; eventfd to ppoll on another CPU ' +
				'took 17 us in a nested VM (measured)',
		},
		words:
			'From the wake-up of a thread on an idle host CPU until that CPU runs it: the interrupt and the way ' +
			'out of the idle state. ' +
			"It is nobody's CPU time, and a CPU that is busy does not pay it.",
		effect: 'next-use',
		metrics: ['latency.stages.hostWake.mean', 'kicks.perCommand'],
	},
	{
		key: 'host.idlePoll',
		sets: 'idlePoll',
		label: 'idle poll',
		group: 'host',
		type: 'duration',
		unit: 'duration',
		min: 0,
		max: 1000 * millisecond,
		default: 0,
		provenance: {
			kind: 'source code',
			source:
				'Linux virt/kvm/kvm_main.c: halt_poll_ns is 200000 where the host is itself a guest ' +
				'(drivers/cpuidle/governors/haltpoll.c: as many inside that guest); a host on metal halts at once',
		},
		words:
			'How long an idle CPU of the host, where that is itself a guest, is polled for before it really halts. ' +
			'From there a wake-up takes host.idleHalted instead of host.idleExit.',
		effect: 'next-use',
		metrics: ['latency.stages.hostWake.mean', 'latency.stages.doorbell.mean'],
	},
	{
		key: 'host.idleHalted',
		sets: 'idleHalted',
		label: 'halted exit',
		group: 'host',
		type: 'duration',
		unit: 'duration',
		min: 0,
		max: 10 * millisecond,
		default: 0,
		provenance: {
			kind: 'assumed',
			source:
				'part of host.cost.loopWake, haltWake and lockHandoff by default; 70 to 150 us in a nested VM ' +
				'(measured)',
		},
		words:
			'From the wake-up of a thread on a host CPU that has halted until that CPU runs it. In a nested guest ' +
			'it is the way out of HLT through two hypervisors.',
		effect: 'next-use',
		metrics: ['latency.stages.hostWake.mean', 'latency.stages.doorbell.mean'],
	},
	{
		key: 'host.contextSwitch',
		sets: 'contextSwitch',
		label: 'host switch',
		group: 'host',
		type: 'duration',
		unit: 'duration',
		min: 0,
		max: millisecond,
		default: 0,
		provenance: {
			kind: 'assumed',
			source:
				'part of host.cost.loopWake, haltWake and lockHandoff by default; about 1.1 us thread to thread ' +
				'natively',
		},
		words:
			'Time of a switch of a host CPU from one thread to another, which neither of them has. It counts where ' +
			'vCPU and main loop share a CPU: there a doorbell costs four of them.',
		effect: 'next-use',
		metrics: ['latency.stages.hostWake.mean', 'throughput.completed'],
	},
] as const satisfies readonly Parameter[];

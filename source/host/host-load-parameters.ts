import {microsecond, millisecond, type Parameter} from '../parameters/parameter.js';
import {spreadAbout, spreads, withSpread} from '../parameters/spread.js';

/** Intel's ple_window of 4096 TSC cycles at 3 GHz, ns. */
const pleWindow = 1365;

/** `host.ple` of an accelerator: emulation has no pause-loop exits. */
function pauseWindow(_: unknown, {tcg}: {readonly tcg: boolean}): number {
	return tcg ? 0 : pleWindow;
}

const bqlCounts = (
	[
		{
			key: 'host.bql.perHalt',
			sets: 'bqlPerHalt',
			label: 'BQL per HLT',
			min: 0,
			default: 0,
			words:
				'How often a vCPU under TCG takes the BQL on its way into HLT: to stop its tick (local APIC timer, ' +
				'clock) and to wait on halt_cond. Used with host.accel=tcg only.',
		},
		{
			key: 'host.bql.perWake',
			sets: 'bqlPerWake',
			label: 'BQL per wake',
			min: 1,
			default: 1,
			words:
				'How often a halted vCPU under TCG takes the BQL until it runs the handler of the interrupt that ' +
				'woke it: halt_cond, cpu_handle_halt, the tick, the interrupt, EOI. Used with host.accel=tcg only.',
		},
		{
			key: 'host.bql.perInterrupt',
			sets: 'bqlPerInterrupt',
			label: 'BQL per IRQ',
			min: 1,
			default: 1,
			words:
				'How often a running vCPU under TCG takes the BQL for an interrupt: cpu_handle_interrupt, then the ' +
				'local APIC. Used with host.accel=tcg only.',
		},
	] as const
).map(entry => ({
	...entry,
	group: 'host' as const,
	type: 'integer' as const,
	unit: 'times',
	max: 100,
	provenance: {
		kind: 'assumed' as const,
		source:
			'QEMU cpu_handle_halt, cpu_handle_interrupt, apic_mem_write and qemu_wait_io_event take it; how often ' +
			'in all is not known',
	},
	effect: 'next-use' as const,
	metrics: ['irqs.perCommand', 'bql.waitPerSecond', 'latency.stages.irqDelay.mean'],
}));

/** What else runs on the host, and what KVM does while a vCPU waits. */
export const hostLoadParameters = [
	{
		key: 'host.load',
		sets: 'load',
		label: 'host load',
		group: 'host',
		type: 'integer',
		unit: 'threads',
		min: 0,
		max: 64,
		default: 0,
		provenance: {kind: 'assumed', source: 'an otherwise idle host'},
		words:
			'Other threads that are always runnable on the host. They cost nothing until there are more busy ' +
			'threads than host CPUs.',
		effect: 'next-use',
		metrics: ['cpu.vcpus[0].stolen', 'latency.p99'],
	},
	{
		key: 'host.haltPoll',
		sets: 'haltPoll',
		label: 'halt poll',
		group: 'host',
		type: 'duration',
		unit: 'duration (0 = off)',
		min: 0,
		max: 10 * millisecond,
		default: 200 * microsecond,
		provenance: {
			kind: 'source code',
			source: 'Linux arch/x86/include/asm/kvm_host.h: KVM_HALT_POLL_NS_DEFAULT is 200000',
		},
		knob: {by: 'host', how: '/sys/module/kvm/parameters/halt_poll_ns'},
		words:
			'How long KVM polls for work after a vCPU halts before its thread sleeps. An IRQ that comes meanwhile ' +
			'saves host.cost.haltWake and burns host CPU instead.',
		effect: 'next-use',
		metrics: ['latency.stages.irqDelay.mean', 'cpu.vcpusBusy'],
	},
	{
		key: 'host.ple',
		sets: 'pauseWindow',
		label: 'pause exits',
		group: 'host',
		type: 'duration',
		unit: 'duration (0 = off)',
		min: 0,
		max: millisecond,
		default: 'auto',
		automatic: {
			word: 'auto',
			value: pauseWindow,
			words: `Intel's window with host.accel=kvm, ${pleWindow} ns; off with tcg`,
		},
		provenance: {
			kind: 'source code',
			source:
				'Linux arch/x86/kvm/vmx: ple_window 4096 TSC cycles, here of 3 GHz; AMD counts PAUSEs instead: ' +
				'pause_filter_count 3000, 135 us at 45 ns each',
		},
		knob: {by: 'host', how: 'ple_window of kvm_intel, pause_filter_count of kvm_amd'},
		words:
			'How long a vCPU spins until KVM takes it out (pause-loop exiting) and yields to a vCPU of the ' +
			'guest that is runnable and off CPU; the window doubles at each exit, until the thread is scheduled ' +
			'in anew. ' +
			'It helps a holder that was preempted in the guest, not one that sits in an exit; host.accel=kvm only.',
		effect: 'next-use',
		metrics: ['exits.pause', 'lock.spin.total', 'throughput.completed'],
	},
	...bqlCounts,
	{
		key: 'host.bql.rate',
		sets: 'bqlRate',
		label: 'BQL users',
		group: 'host',
		type: 'number',
		unit: 'per second',
		min: 0,
		max: 1_000_000,
		default: 0,
		provenance: {kind: 'assumed', source: 'no other device or monitor at work'},
		words:
			'How often other work takes the BQL: display refresh, timers, other devices, the monitor. Arrivals are ' +
			'Poisson; crosvm and libkrun have no BQL.',
		effect: 'next-use',
		metrics: ['bql.waitPerSecond', 'bql.holdShare', 'latency.stages.doorbell.mean'],
	},
	{
		key: 'host.bql.hold',
		sets: 'bqlHold',
		label: 'BQL hold',
		group: 'host',
		type: 'distribution',
		unit: 'duration',
		min: 0,
		max: 1000 * millisecond,
		default: spreadAbout(40 * microsecond, spreads.holds),
		provenance: withSpread(
			{kind: 'assumed', source: "a display refresh or a timer's work; no published median"},
			spreads.holds,
		),
		words: 'How long each such user holds the BQL. A doorbell with ioeventfd off waits for what is left of it.',
		effect: 'next-use',
		metrics: ['bql.holdShare', 'latency.stages.doorbell.mean'],
	},
	{
		key: 'host.stall',
		label: 'host stall',
		group: 'host',
		type: 'duration',
		unit: 'duration',
		min: 0,
		max: 10_000 * millisecond,
		default: 0,
		isStroke: true,
		provenance: {kind: 'assumed', source: 'a host that is not stopped'},
		words:
			'Setting it stops who serves the device for so long, from that moment on, and each time that it is set; ' +
			"QEMU's main loop stands with the BQL held. At the start it is t = 0; a fault host-stall of a preset is " +
			'the same at its own times.',
		effect: 'next-use',
		metrics: ['ring.numFree.min', 'ring.fullWaits', 'latency.max'],
	},
	{
		key: 'host.background.rate',
		sets: 'backgroundRate',
		label: 'background',
		group: 'host',
		type: 'number',
		unit: 'per second',
		min: 0,
		max: 100_000,
		default: 0,
		provenance: {kind: 'assumed', source: 'a machine that does nothing else'},
		words:
			"How often a daemon or kernel thread wakes up on one of the host's CPUs, at random. One that takes the " +
			'CPU of a lock holder makes the others wait, or spin, for as long as it runs.',
		effect: 'next-use',
		metrics: ['lock.spin.worker', 'cpu.vcpus[0].stolen', 'latency.p99'],
	},
	{
		key: 'host.background.run',
		sets: 'backgroundRun',
		label: 'background run',
		group: 'host',
		type: 'distribution',
		unit: 'duration',
		min: 0,
		max: 1000 * millisecond,
		default: spreadAbout(100 * microsecond, spreads.background),
		provenance: withSpread(
			{kind: 'assumed', source: 'between the median and the mean of the traces that its spread is from'},
			spreads.background,
		),
		words: 'How long such a task runs. The scheduler may put it aside in between.',
		effect: 'next-use',
		metrics: ['cpu.vcpus[0].stolen', 'latency.p99'],
	},
] as const satisfies readonly Parameter[];

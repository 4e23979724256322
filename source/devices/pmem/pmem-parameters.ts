import {microsecond, millisecond, second, type Parameter} from '../../parameters/parameter.js';
import {type CostsOf, type SettingsOf, type ValuesOf} from '../../parameters/settings.js';
import {spreadAbout, spreads, withSpread} from '../../parameters/spread.js';
import {backingChoices, flusherChoices, interruptChoices} from './pmem-choices.js';

const devices = ['pmem'] as const;
const nextUse = {devices, effect: 'next-use'} as const;
const time = {
	...nextUse,
	type: 'distribution',
	unit: 'duration',
	min: 0,
} as const;

/** What a virtio-pmem has of its own. */
export const pmemParameters = [
	{
		devices,
		key: 'queue.flushSize',
		label: 'flush slots',
		group: 'queue',
		type: 'integer',
		unit: 'slots',
		min: 2,
		max: 1024,
		default: 128,
		provenance: {
			kind: 'source code',
			source: 'QEMU hw/virtio/virtio-pmem.c: virtio_add_queue(vdev, 128, …); asked of a running QEMU 7.2',
		},
		knob: {by: 'device', how: 'the VMM: virtio_add_queue of virtio_pmem_realize'},
		words:
			'Slots of the flush queue. A flush takes two, one with indirect descriptors; when none is free the ' +
			'flusher sleeps on req_list.',
		effect: 'reset',
		metrics: ['ring.numFree.mean', 'ring.fullWaits'],
	},
	{
		...nextUse,
		key: 'driver.flushers',
		label: 'flushers',
		group: 'driver',
		type: 'choice',
		unit: 'choice',
		choices: flusherChoices,
		default: 'one-at-a-time',
		provenance: {kind: 'source code', source: 'Linux 7.0: flush_lock of struct virtio_pmem'},
		knob: {by: 'driver', how: 'a guest kernel with or without the serialized flush of virtio_pmem'},
		words:
			'How many flushes the driver lets into the ring at once. The kernels differ in it, and in little else ' +
			'on this path.',
		metrics: ['throughput.completed', 'irqs.perCommand'],
	},
	{
		devices,
		key: 'device.interrupt',
		label: 'interrupt',
		group: 'device',
		type: 'choice',
		unit: 'choice',
		choices: interruptChoices,
		default: 'intx',
		provenance: {kind: 'measured', source: 'virtio-pmem-pci of QEMU 7.2 has no MSI-X'},
		knob: {by: 'device', how: 'vectors of the device: MSI-X or INTx'},
		words: 'How the device interrupts. With intx each handler costs one more exit.',
		effect: 'reset',
		metrics: ['latency.stages.workerDelay.mean'],
	},
	{
		...nextUse,
		key: 'device.backing',
		label: 'backing',
		group: 'device',
		type: 'choice',
		unit: 'choice',
		choices: backingChoices,
		default: 'disk',
		provenance: {kind: 'assumed', source: 'who flushes wants the disk'},
		knob: {by: 'host', how: 'the file behind the memory backend: a disk or tmpfs'},
		words: 'What is behind the memory of the device. It decides how long the fsync of a flush takes.',
		metrics: ['latency.stages.service.mean', 'throughput.completed'],
	},
	{
		...time,
		key: 'device.cost.FLUSH',
		sets: 'flush',
		label: 'cost FLUSH',
		group: 'device',
		max: second,
		default: spreadAbout(100 * microsecond, spreads.hostCode),
		provenance: withSpread(
			{
				kind: 'measured',
				source:
					'fsync of one page on a small virtual disk: 169 us with CPU time and idle exit; other disks 50 ' +
					'us to 10 ms',
			},
			spreads.hostCode,
		),
		words: "Time of the disk for an fsync of one page. Nobody's CPU time; used with device.backing=disk.",
		metrics: ['latency.stages.service.mean'],
	},
	{
		...time,
		key: 'device.cost.FLUSH.tmpfs',
		sets: 'tmpfs',
		label: 'cost FLUSH tmpfs',
		group: 'device',
		max: second,
		default: spreadAbout(600, spreads.hostCode),
		provenance: withSpread(
			{kind: 'measured', source: "fsync of a file in tmpfs in QEMU's pool: 0.5 to 0.8 us"},
			spreads.hostCode,
		),
		words: 'CPU time of an fsync of a file in memory. Used with device.backing=tmpfs.',
		metrics: ['latency.stages.service.mean'],
	},
	{
		...nextUse,
		key: 'device.cost.perPage',
		sets: 'perPage',
		label: 'each more page',
		group: 'device',
		type: 'duration',
		unit: 'duration a page',
		min: 0,
		max: 100 * millisecond,
		default: 74 * microsecond,
		provenance: {kind: 'measured', source: 'fsync of 2, 4 and 8 pages: 237, 376, 703 us against 169 of one'},
		words:
			'What an fsync takes longer for each dirty page beyond the first. Pages that others dirtied meanwhile ' +
			'are among them.',
		metrics: ['latency.stages.service.mean'],
	},
	{
		...nextUse,
		key: 'device.cost.perShare',
		sets: 'perShare',
		label: 'each more fsync',
		group: 'device',
		type: 'duration',
		unit: 'duration a flush',
		min: 0,
		max: 100 * millisecond,
		default: 150 * microsecond,
		provenance: {
			kind: 'measured',
			source: 'fsyncs that overlap on a small virtual disk: 161 to 221 us each with 4 to 8 threads',
		},
		words:
			'What a batch of fsyncs takes longer for each beyond its first. They end together, when the journal has ' +
			'been committed.',
		metrics: ['latency.stages.service.mean'],
	},
	{
		...time,
		key: 'host.cost.fsyncSubmit',
		sets: 'fsyncSubmit',
		label: 'fsync submit',
		group: 'host',
		max: millisecond,
		default: spreadAbout(20 * microsecond, spreads.hostCode),
		provenance: withSpread(
			{kind: 'assumed', source: 'half of the 40 us of CPU time that a pool thread took for a flush to disk'},
			spreads.hostCode,
		),
		words: 'CPU time of a pool thread from its request until the disk has it. Used with device.backing=disk.',
		metrics: ['latency.stages.service.mean'],
	},
	{
		...time,
		key: 'host.cost.fsyncFinish',
		sets: 'fsyncFinish',
		label: 'fsync finish',
		group: 'host',
		max: millisecond,
		default: spreadAbout(10 * microsecond, spreads.hostCode),
		provenance: withSpread(
			{kind: 'assumed', source: "the other part of the pool thread's CPU time for a flush to disk"},
			spreads.hostCode,
		),
		words:
			"CPU time of a pool thread from the end of the disk's work until the main loop is woken. Used with " +
			'device.backing=disk.',
		metrics: ['latency.stages.service.mean'],
	},
	{
		...time,
		key: 'host.cost.poolWake',
		sets: 'poolWake',
		label: 'pool wake',
		group: 'host',
		max: millisecond,
		default: spreadAbout(5 * microsecond, spreads.hostCode),
		provenance: withSpread(
			{kind: 'measured', source: 'pool thread woken to fsync begun: 6 us and more'},
			spreads.hostCode,
		),
		words:
			"From the wake-up of a pool thread on its CPU until it runs its code. The scheduler's own waits come on " +
			'top.',
		metrics: ['latency.stages.service.mean'],
	},
	{
		...time,
		key: 'host.cost.poolRest',
		sets: 'poolRest',
		label: 'pool rest',
		group: 'host',
		max: millisecond,
		default: spreadAbout(4 * microsecond, spreads.hostCode),
		provenance: withSpread(
			{kind: 'measured', source: 'pool thread that wakes the main loop to its sleep: 4 us and more'},
			spreads.hostCode,
		),
		words:
			'CPU time of a pool thread from the wake-up of the main loop until it asks for its next request. Where ' +
			'the main loop shares its CPU it waits for that.',
		metrics: ['throughput.completed', 'latency.stages.hostWake.mean'],
	},
	{
		...time,
		key: 'guest.cost.schedule',
		sets: 'schedule',
		label: 'schedule',
		group: 'guest',
		max: millisecond,
		default: spreadAbout(microsecond, spreads.guestCode),
		provenance: withSpread(
			{
				kind: 'assumed',
				source: 'schedule and the way to HLT; emulated 20 to 35 us from the wake-up of the pool to HLT',
			},
			spreads.guestCode,
		),
		words:
			'Guest time of a flusher from its decision to wait until its vCPU halts or has another thread. An answer ' +
			'that comes meanwhile finds it awake.',
		metrics: ['throughput.completed', 'cpu.vcpus[0].guest'],
	},
	{
		...time,
		key: 'guest.cost.write',
		sets: 'write',
		label: 'write',
		group: 'guest',
		max: second,
		default: spreadAbout(10 * microsecond, spreads.guestCode),
		provenance: withSpread(
			{kind: 'assumed', source: 'pwrite of 4 KiB to /dev/pmem0: 5 to 27 us in an emulated guest'},
			spreads.guestCode,
		),
		words:
			'Guest time of a client\'s write to the memory of the device (a step "write"). It dirties one page of ' +
			'the file behind it.',
		metrics: ['throughput.completed'],
	},
	{
		...time,
		key: 'guest.cost.refault',
		sets: 'refault',
		label: 'write refault',
		group: 'guest',
		max: second,
		default: spreadAbout(9 * microsecond, spreads.guestCode),
		provenance: withSpread(
			{
				kind: 'measured',
				source:
					'pwrite of 4 KiB in an emulated guest: 13 to 27 us with a file on disk, 5 to 9 with one in ' +
					'memory',
			},
			spreads.guestCode,
		),
		words:
			'What a write takes longer because the fsync before it has made the page clean: the host faults it in ' +
			'again. Used with device.backing=disk.',
		metrics: ['throughput.completed'],
	},
] as const satisfies readonly Parameter[];

type Row = (typeof pmemParameters)[number];

/** What the driver and QEMU do, read at each use. */
export type PmemSettings = SettingsOf<Row>;

/** What flushes and writes cost, ns. */
export type PmemCosts = CostsOf<Row>;

/** By key. */
export type PmemValues = ValuesOf<Row>;

import {type BackendSets} from '../../host/backends/backend.js';
import {type Parameter} from '../../parameters/parameter.js';

type RingSets = Pick<BackendSets, 'controlSlots' | 'cursorSlots'> & {readonly virgl: boolean};

function controlSize(_: unknown, {controlSlots, virgl}: RingSets): number {
	return controlSlots > 0 ? controlSlots : virgl ? 256 : 64;
}

function cursorSize(_: unknown, {cursorSlots}: RingSets): number {
	return cursorSlots;
}

/** The rings: sizes, layout and the features that driver and device agree on. */
export const queueParameters = [
	{
		key: 'queue.size',
		label: 'queue size',
		group: 'queue',
		type: 'integer',
		unit: 'slots',
		min: 2,
		max: 32_768,
		default: 'auto',
		automatic: {
			word: 'auto',
			value: controlSize,
			words: '64 for a 2d device, 256 for virgl; crosvm 512, libkrun 256',
		},
		provenance: {
			kind: 'source code',
			source:
				'QEMU virtio_gpu_base_device_realize: 64 for 2D, 256 with virgl; crosvm QUEUE_SIZES: 512; libkrun: ' +
				'256',
		},
		knob: {
			by: 'device',
			how: 'the VMM: virtio_add_queue of QEMU virtio_gpu_base_device_realize, QUEUE_SIZES of crosvm',
		},
		words:
			'Slots of the control ring; a split ring needs a power of two. A larger ring helps only when num_free ' +
			'reaches 0, and an open load then waits longer in it.',
		effect: 'reset',
		metrics: ['ring.numFree.min', 'ring.fullWaits', 'latency.p99'],
	},
	{
		key: 'queue.cursorSize',
		label: 'cursor size',
		group: 'queue',
		type: 'integer',
		unit: 'slots',
		min: 2,
		max: 32_768,
		default: 'auto',
		automatic: {word: 'auto', value: cursorSize, words: '16; libkrun 256'},
		provenance: {kind: 'source code', source: 'QEMU virtio_gpu_base_device_realize and crosvm QUEUE_SIZES: 16'},
		knob: {by: 'device', how: 'the VMM: virtio_add_queue of QEMU virtio_gpu_base_device_realize'},
		words:
			'Slots of the cursor ring; a split ring needs a power of two. A cursor command takes one descriptor and ' +
			'is never indirect.',
		effect: 'reset',
		metrics: ['cursor.ring.fullWaits', 'cursor.ring.numFree.min'],
	},
	{
		key: 'queue.layout',
		label: 'layout',
		group: 'queue',
		type: 'choice',
		unit: 'choice',
		choices: [
			{
				value: 'split',
				words: 'Descriptor table, avail ring and used ring are three structures.',
				functions: 'virtqueue_add_split, virtqueue_kick_prepare_split, virtqueue_get_buf_ctx_split',
				versions: 'every Linux and QEMU',
				moves: 'nothing: it is what a guest gets',
				noHelp: 'it is the default',
				source: 'virtio 1.3 section 2.7',
			},
			{
				value: 'packed',
				words: 'One descriptor ring is written by both sides, with wrap counters.',
				functions: 'virtqueue_add_packed, virtqueue_kick_prepare_packed, virtqueue_get_buf_ctx_packed',
				versions: 'Linux 5.0 and later; QEMU 4.2 and later with packed=on',
				moves: 'fewer cache lines a command; the number of doorbells and IRQs stays',
				noHelp: 'when time goes into doorbells, the BQL or the lock, as it does with virtio-gpu on QEMU',
				source: 'virtio 1.3 section 2.8; QEMU DEFINE_VIRTIO_COMMON_FEATURES has packed=false',
			},
		],
		default: 'split',
		provenance: {kind: 'source code', source: 'QEMU DEFINE_VIRTIO_COMMON_FEATURES: packed=false'},
		knob: {by: 'device', how: '-device virtio-gpu-pci,packed=on (off: split)'},
		words:
			'Memory layout of both rings. The rules of notification are the same in effect, so a change shows ' +
			'little here.',
		effect: 'reset',
		metrics: ['kicks.perCommand', 'irqs.perCommand'],
	},
	{
		key: 'queue.eventIdx',
		label: 'event idx',
		group: 'queue',
		type: 'boolean',
		unit: 'on or off',
		default: true,
		provenance: {kind: 'source code', source: 'QEMU DEFINE_VIRTIO_COMMON_FEATURES: event_idx=true'},
		knob: {by: 'device', how: '-device virtio-gpu-pci,event_idx=on or off'},
		words:
			'VIRTIO_F_EVENT_IDX: each side says at which index it wants the next notification. ' +
			'Off, no backend sets NO_NOTIFY for virtio-gpu, so every kick_prepare rings the doorbell (libkrun ' +
			'does not offer it: off there unless set).',
		effect: 'reset',
		metrics: ['kicks.perCommand', 'kicks.suppressed', 'irqs.perCommand'],
	},
	{
		key: 'queue.indirect',
		label: 'indirect',
		group: 'queue',
		type: 'boolean',
		unit: 'on or off',
		default: true,
		provenance: {kind: 'source code', source: 'QEMU DEFINE_VIRTIO_COMMON_FEATURES: indirect_desc=true'},
		knob: {by: 'device', how: '-device virtio-gpu-pci,indirect_desc=on or off'},
		words:
			'VIRTIO_F_INDIRECT_DESC: a command of several segments takes one slot of the ring. ' +
			'Off, an ordinary command takes 2 and one with a data buffer 3 or more (crosvm and libkrun do not ' +
			'offer it: off there unless set).',
		effect: 'reset',
		metrics: ['ring.numFree.min', 'ring.inFlight.max', 'ring.fullWaits'],
	},
] as const satisfies readonly Parameter[];

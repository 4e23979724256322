import {controlQueue, cursorQueue} from '../../devices/gpu/profile.js';
import {type BackendTraits} from './backend-traits.js';
import {DeviceWorker} from './device-worker.js';

/**
`host.backend=libkrun`: the "gpu worker" thread of libkrun (src/devices/src/virtio/gpu/worker.rs,
Worker::work): reads the control queue's eventfd, drains the queue (process_queue), and interrupts
once if anything was returned (try_signal_used_queue), whatever the avail ring's flags say. It
offers no EVENT_IDX and never looks at the cursor queue.
*/
export class Libkrun extends DeviceWorker {
	protected override readonly signalsEach = false;
	protected override readonly order = [controlQueue, cursorQueue];

	protected override wantsSignal(): boolean {
		return true;
	}
}

/**
libkrun: AVAIL_FEATURES has neither event indices nor indirect tables. Its devices are virtio-mmio:
vm_interrupt reads InterruptStatus and writes InterruptACK.
*/
export const libkrun = {
	value: 'libkrun',
	words:
		'As crosvm, but EVENT_IDX is not offered, the cursor queue is never read, and the device is virtio-mmio: ' +
		'two exits to the VMM an interrupt.',
	functions: 'Worker::work, Worker::process_queue, try_signal_used_queue',
	versions: 'libkrun at 03fd8a6b as read',
	moves:
		'suppressed kicks into exits: every kick_prepare rings; interrupts come also while the guest has turned ' +
		'them off, and each is two exits more',
	noHelp: 'where the doorbells are the problem',
	source: 'libkrun src/devices/src/virtio/gpu/worker.rs, mmio.rs; Linux virtio_mmio.c vm_interrupt',
	sets: {
		longestChain: Infinity,
		interruptAccesses: 2,
		mapped: false,
		hasBql: false,
		ownEventfd: true,
		serverThreads: 1,
		controlSlots: 256,
		cursorSlots: 256,
		virglFence: 'async',
	},
	serverName: 'gpu worker',
	passNames: ['process_queue', 'process_queue (cursor)'],
	breaksBy: 'virtio_error',
	missingFeatures: [
		['queue.eventIdx', 'VIRTIO_F_EVENT_IDX'],
		['queue.indirect', 'VIRTIO_F_INDIRECT_DESC'],
	],
	splitOnly: 'src/devices/src/virtio/queue.rs',
	readsCursor: false,
	pollsFences: false,
	emulates: false,
	blocksRenderer: false,
	hasQemuLog: false,
	qemu: {vhostUser: false, remark: "another VMM; the options above are QEMU's"},
	create: gpu => new Libkrun(gpu),
} as const satisfies BackendTraits;

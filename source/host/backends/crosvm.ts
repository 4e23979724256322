import {controlQueue, cursorQueue} from '../../devices/gpu/profile.js';
import {type BackendTraits} from './backend-traits.js';
import {DeviceWorker} from './device-worker.js';

/**
`host.backend=crosvm`: the gpu worker thread of crosvm (devices/src/virtio/gpu/mod.rs,
Worker::run). The cursor queue is read as its event is seen, the control queue after all events;
both are drained by process_queue (pop, process_descriptor, add_used) before signal_used is called
for each. Fences come by the renderer's poll descriptor (event_poll), whose fence handler does
add_used and signal_used for each.
*/
export class Crosvm extends DeviceWorker {
	protected override readonly signalsEach = false;
	protected override readonly order = [cursorQueue, controlQueue];
}

/** crosvm. base_features has no indirect tables, so the ring bounds a chain. */
export const crosvm = {
	value: 'crosvm',
	words:
		'A gpu worker thread pops and processes one command after another and interrupts once when the queue is ' +
		'empty.',
	functions: 'Worker::run, Frontend::process_queue, signal_used',
	versions: 'crosvm at 005a2515 as read',
	moves:
		'interrupts from one a command to one a drain, and the doorbell to an eventfd; the first responses of a ' +
		'drain wait for its end',
	noHelp: 'with one command in flight: every drain is one command',
	source: 'crosvm devices/src/virtio/gpu/mod.rs',
	sets: {
		longestChain: Infinity,
		interruptAccesses: 0,
		mapped: false,
		hasBql: false,
		ownEventfd: true,
		serverThreads: 1,
		controlSlots: 512,
		cursorSlots: 16,
		virglFence: 'async',
	},
	serverName: 'gpu worker',
	passNames: ['process_queue (control)', 'process_queue (cursor)'],
	breaksBy: 'virtio_error',
	missingFeatures: [['queue.indirect', 'VIRTIO_F_INDIRECT_DESC']],
	readsCursor: true,
	pollsFences: true,
	emulates: false,
	blocksRenderer: false,
	hasQemuLog: false,
	qemu: {vhostUser: false, remark: "another VMM; the options above are QEMU's"},
	create: gpu => new Crosvm(gpu),
} as const satisfies BackendTraits;

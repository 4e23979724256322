import {nobody} from '../../cpu/ids.js';
import {type Thread} from '../../cpu/thread.js';
import {commandIndex} from '../../devices/gpu/commands.js';
import {controlQueue, cursorQueue} from '../../devices/gpu/profile.js';
import {type QueueId} from '../../devices/profile.js';
import {type BackendTraits} from './backend-traits.js';
import {DeviceWorker} from './device-worker.js';
import {type VirtioGpu} from './virtio-gpu.js';

const flush = commandIndex('RESOURCE_FLUSH');
const displayInfo = commandIndex('GET_DISPLAY_INFO');
const edid = commandIndex('GET_EDID');

/**
`host.backend=vhost-user-gpu`: QEMU's contrib/vhost-user-gpu, a process with a glib loop.
vg_handle_ctrl pops one command, processes it, and vg_ctrl_response returns it and notifies
(vu_queue_push, vu_queue_notify) before the next is popped.

Some commands ask QEMU's display something over a socket, and until the answer is there (`wait_in`)
no other command is popped: RESOURCE_FLUSH of a dmabuf (virgl), which itself is returned at once,
GET_DISPLAY_INFO and GET_EDID, which wait for the answer.
*/
export class VhostUserGpu extends DeviceWorker {
	/** Fires when QEMU has answered. */
	readonly answerTimer: number;
	protected override readonly signalsEach = true;
	protected override readonly order = [controlQueue, cursorQueue];
	/** `wait_in`: QEMU has not answered. */
	private waiting = false;
	private answer = false;
	/** The command whose response is the answer, or -1. */
	private pending = -1;

	constructor(gpu: VirtioGpu, timerKind: number) {
		super(gpu);
		this.answerTimer = gpu.core.loop.addTimer(timerKind, 0);
	}

	/** QEMU's display has answered. */
	answered(): void {
		this.answer = true;
		this.wake(nobody);
	}

	override get isAsleep(): boolean {
		return !this.waiting && super.isAsleep;
	}

	protected override get isReady(): boolean {
		return this.answer || super.isReady;
	}

	protected override mayPop(queue: QueueId): boolean {
		return queue !== controlQueue || !this.waiting;
	}

	protected override holdsBack(command: number): boolean {
		const type = this.gpu.pool.type[command];
		return (type === displayInfo || type === edid) && !this.gpu.leavesFence(command);
	}

	protected override processed(command: number): void {
		const asks = this.holdsBack(command);
		if (asks || (this.gpu.pool.type[command] === flush && this.gpu.settings.virgl)) {
			this.waiting = true;
			this.pending = asks ? command : -1;
			this.core.loop.after(this.answerTimer, this.core.costs.displayAnswer.draw());
		}
	}

	/** source_wait_cb, get_display_info_cb, get_edid_cb: the response, then vg_handle_ctrl. */
	protected override dispatchOwn(thread: Thread): boolean {
		if (!this.answer) {
			return false;
		}

		const {pending} = this;
		this.answer = false;
		this.waiting = false;
		this.pending = -1;
		this.lookAt(controlQueue);
		if (pending < 0) {
			return false;
		}

		this.completeLate(thread, pending);
		return true;
	}
}

/** vhost-user-gpu. libvhost-user has VIRTQUEUE_MAX_SIZE too. */
export const vhostUserGpu = {
	value: 'vhost-user-gpu',
	words:
		'A process of its own pops one command, processes it, returns it and interrupts, then pops the next; ' +
		'no BQL.',
	functions: 'vg_handle_ctrl, vg_ctrl_response (vu_queue_push, vu_queue_notify), vg_wait_ok',
	versions: 'QEMU contrib/vhost-user-gpu, with -device vhost-user-gpu-pci',
	moves:
		'the doorbell from an exit to QEMU with a wait for the BQL to an eventfd; a flush of a dmabuf then waits ' +
		"for QEMU's answer (host.cost.displayAnswer)",
	noHelp: 'when the time goes into the commands themselves: they cost the same there',
	source: 'QEMU contrib/vhost-user-gpu/vhost-user-gpu.c',
	sets: {
		longestChain: 1024,
		interruptAccesses: 0,
		mapped: false,
		hasBql: true,
		ownEventfd: true,
		serverThreads: 1,
		controlSlots: 0,
		cursorSlots: 16,
		virglFence: 'async',
	},
	serverName: 'gpu process',
	passNames: ['vg_handle_ctrl', 'vg_handle_cursor'],
	breaksBy: 'vu_panic',
	missingFeatures: [],
	readsCursor: true,
	pollsFences: false,
	emulates: false,
	blocksRenderer: false,
	hasQemuLog: false,
	qemu: {vhostUser: true},
	create: (gpu, {timers}) => new VhostUserGpu(gpu, timers.answer),
} as const satisfies BackendTraits;

import {nobody} from '../../cpu/ids.js';
import {controlQueue} from '../../devices/gpu/profile.js';
import {type QueueId} from '../../devices/profile.js';
import {tracepoint} from '../../tracepoints/tracepoints.js';
import {type HostCore} from '../host-core.js';
import {type BackendTraits} from './backend-traits.js';
import {type Backend} from './backend.js';
import {type VirtioGpu} from './virtio-gpu.js';

/** What the device does until its timer fires. */
const phase = {
	idle: 0,
	standing: 1,
	popping: 2,
	serving: 3,
	completing: 4,
	fence: 5,
} as const;

/**
`host.backend=mapped`: hardware whose doorbell page is mapped into the guest (vhost-mdev, vDPA with
VHOST_BACKEND_F doorbell mapping): the guest's write is a posted one and no exit. The device takes
no host CPU; it fetches one command, works on it, returns it, and interrupts by a posted MSI. When
both queues have work it alternates.
*/
export class MappedDevice implements Backend {
	/** Fires when the device has done what it is at. */
	readonly timer: number;
	private readonly core: HostCore;
	private readonly gpu: VirtioGpu;
	/** Queues whose doorbell was written, and those of them whose pass has begun, a bit each. */
	private ready = 0;
	private inPass = 0;
	private stall = 0;
	private phase: number = phase.idle;
	private queue: QueueId = controlQueue;
	private current = -1;

	constructor(gpu: VirtioGpu, timerKind: number) {
		this.core = gpu.core;
		this.gpu = gpu;
		this.timer = gpu.core.loop.addTimer(timerKind, 0);
	}

	start(): void {
		// At rest; the thread that serves other backends sleeps.
	}

	schedule(queue: QueueId): void {
		this.ready |= 1 << queue;
		this.begin();
	}

	fencesReady(): void {
		this.gpu.fencesDue = true;
		this.begin();
	}

	stallFor(duration: number): void {
		this.stall += duration;
		this.begin();
	}

	get isAsleep(): boolean {
		return this.phase === phase.idle;
	}

	get isIdle(): boolean {
		return this.isAsleep && this.gpu.fences.count === 0;
	}

	step(): void {
		throw new Error('a mapped device has no thread');
	}

	/** The timer fired. */
	proceed(): void {
		const {core, gpu} = this;
		switch (this.phase) {
			case phase.popping: {
				this.current = gpu.pop(this.queue);
				core.probe.emit(tracepoint.serviceStarted, 0, this.current, 0);
				this.enter(phase.serving, gpu.serviceTime(this.current));
				return;
			}

			case phase.serving: {
				if (!gpu.leavesFence(this.current)) {
					this.enter(phase.completing, core.costs.push.draw());
					return;
				}

				gpu.leaveFence(this.current);
				break;
			}

			case phase.completing:
			case phase.fence: {
				this.complete();
				break;
			}

			default:
		}

		this.next();
	}

	private begin(): void {
		if (this.phase === phase.idle) {
			this.next();
		}
	}

	private enter(next: number, duration: number): void {
		this.phase = next;
		this.core.loop.after(this.timer, duration);
	}

	private complete(): void {
		const {gpu} = this;
		const queue = gpu.pool.queueOf(this.current);
		gpu.publish(this.current);
		if (gpu.shouldNotify(queue)) {
			gpu.sendMsi(queue, nobody);
		}
	}

	private next(): void {
		const {core, gpu} = this;
		gpu.stand(this.stall > 0);
		if (this.stall > 0) {
			const {stall} = this;
			this.stall = 0;
			this.enter(phase.standing, stall);
			return;
		}

		if (gpu.fencesDue) {
			const command = gpu.takeSignalled();
			if (command >= 0) {
				this.current = command;
				this.enter(phase.fence, core.costs.push.draw());
				return;
			}

			gpu.fencesDue = false;
		}

		this.nextCommand();
	}

	/** The queue with work that comes next after the last one, in a circle. There is one. */
	private nextQueue(): QueueId {
		const {order} = this.gpu;
		let at = order.indexOf(this.queue);
		do {
			at = (at + 1) % order.length;
		} while ((this.ready & (1 << order[at])) === 0);

		return order[at];
	}

	private nextCommand(): void {
		const {core, gpu} = this;
		while (this.ready !== 0) {
			this.queue = this.nextQueue();
			const bit = 1 << this.queue;
			if ((this.inPass & bit) === 0) {
				this.inPass |= bit;
				core.probe.emit(tracepoint.passStarted, 0, this.queue, 0);
			}

			if (gpu.hasWork(this.queue)) {
				this.enter(phase.popping, core.costs.pop.draw());
				return;
			}

			this.ready &= ~bit;
			this.inPass &= ~bit;
			core.probe.emit(tracepoint.passEnded, 0, this.queue, 0);
		}

		this.phase = phase.idle;
	}
}

/** Mapped hardware. No limit of a chain is known. */
export const mapped = {
	value: 'mapped',
	words:
		'The doorbell page belongs to hardware and is mapped into the guest: a doorbell is a posted write and no ' +
		'exit.',
	functions: 'vhost_vdpa_fault, vhost_mdev mmap of the notification area; posted MSI',
	versions: 'vDPA and vhost-mdev devices; no virtio-gpu hardware is known',
	moves: 'the doorbell out of the host: what is left of it under the lock is host.cost.postedWrite',
	noHelp: 'when the device itself is the slow part',
	source: 'Linux drivers/vhost/vdpa.c vhost_vdpa_mmap',
	sets: {
		longestChain: Infinity,
		interruptAccesses: 0,
		mapped: true,
		hasBql: true,
		ownEventfd: true,
		serverThreads: 0,
		controlSlots: 0,
		cursorSlots: 16,
		virglFence: 'async',
	},
	serverName: 'device',
	passNames: ['control queue', 'cursor queue'],
	breaksBy: 'virtio_error',
	missingFeatures: [],
	readsCursor: true,
	pollsFences: false,
	emulates: false,
	blocksRenderer: false,
	hasQemuLog: false,
	qemu: {
		vhostUser: false,
		remark: 'no virtio-gpu hardware is known; for other devices it is -netdev vhost-vdpa and the like',
	},
	create: (gpu, {timers}) => new MappedDevice(gpu, timers.device),
} as const satisfies BackendTraits;

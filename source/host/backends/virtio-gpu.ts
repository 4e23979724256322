import {type ThreadId, type VcpuId} from '../../cpu/ids.js';
import {type CommandPool} from '../../devices/command-pool.js';
import {commands, inSegments} from '../../devices/gpu/commands.js';
import {type DeviceProfile, type QueueId, queueIds, type QueueProfile} from '../../devices/profile.js';
import {pauseKind, tracepoint} from '../../tracepoints/tracepoints.js';
import {type GuestPort} from '../guest-port.js';
import {type HostCore} from '../host-core.js';
import {type HostSettings} from '../host-settings.js';
import {FenceQueue} from './fence-queue.js';

const segmentsIn = Int32Array.from(commands, ({name}) => inSegments(name));

/** Bytes of a response that carries no data (struct virtio_gpu_ctrl_hdr). */
const responseBytes = 24;

/**
What the device is whoever implements it: the GPU with its fences, the time that a command
takes, and the completion of one. The rings are the guest's memory.
*/
export class VirtioGpu {
	readonly core: HostCore;
	readonly settings: HostSettings;
	readonly guest: GuestPort;
	readonly pool: CommandPool;
	/** The device's queues. Frozen one by one: V8 compiles no look into a frozen array. */
	readonly queues: readonly QueueProfile[];
	/** Their ids, in order. */
	readonly order: readonly QueueId[];
	readonly fences: FenceQueue;
	/**
	The command whose chain was too long (virtio_error): from then on the device neither reads
	nor returns anything; -1 before.
	*/
	refused = -1;
	/** MSIs that a fault will swallow. */
	lostIrqs = 0;
	/** Timers: virtio_gpu_fence_poll, and the GPU's next fence when it calls back. */
	readonly pollTimer: number;
	readonly gpuTimer: number;
	/** The poll timer has expired, or the renderer has called back. */
	fencesDue = false;
	/** Who serves the device stands still: a fault. */
	private isStanding = false;
	private readonly interrupt: (vcpu: VcpuId, queue: QueueId, waker: ThreadId) => void;

	constructor(options: {
		readonly core: HostCore;
		readonly settings: HostSettings;
		readonly guest: GuestPort;
		readonly pool: CommandPool;
		readonly contexts: number;
		readonly timers: {readonly fencePoll: number; readonly gpu: number};
		readonly profile: DeviceProfile;
		readonly interrupt: (vcpu: VcpuId, queue: QueueId, waker: ThreadId) => void;
	}) {
		this.core = options.core;
		this.settings = options.settings;
		this.guest = options.guest;
		this.pool = options.pool;
		this.queues = options.profile.queues.map(queue => Object.freeze(queue));
		this.order = queueIds(options.profile);
		this.interrupt = options.interrupt;
		this.fences = new FenceQueue(options.pool, options.contexts);
		this.pollTimer = options.core.loop.addTimer(options.timers.fencePoll, 0);
		this.gpuTimer = options.core.loop.addTimer(options.timers.gpu, 0);
	}

	/** Device-readable and device-writable segments of a command. */
	chainOf(command: number): number {
		return this.pool.out[command] + segmentsIn[this.pool.type[command]];
	}

	/** There is a command to be popped, and the device is not broken. */
	hasWork(queue: QueueId): boolean {
		return this.refused < 0 && !this.guest.ring(queue).isEmpty();
	}

	/**
	virtqueue_pop: the next command of the queue, or -1 when its chain is too
	long, which breaks the device.
	*/
	pop(queue: QueueId): number {
		const command = this.guest.ring(queue).pop();
		if (this.chainOf(command) > this.settings.longestChain) {
			this.refused = command;
			return -1;
		}

		this.core.probe.emit(tracepoint.popped, 0, command, 0);
		return command;
	}

	/** Who serves the device stands still from now, or goes on. */
	stand(still: boolean): void {
		if (still !== this.isStanding) {
			this.isStanding = still;
			this.core.probe.emit(still ? tracepoint.pauseBegan : tracepoint.pauseEnded, 0, pauseKind.host, 0);
		}
	}

	/** ns of process_cmd for this command. */
	serviceTime(command: number): number {
		const {
			core: {costs},
			pool,
		} = this;
		const rank = pool.serviceRank[command];
		const copied = pool.kib[command];
		const own = pool.ownService[command];
		const time =
			(own < 0 ? costs.service[pool.type[command]].at(rank) : own) +
			(copied > 0 ? copied * costs.perKib.at(rank) : 0);
		return Math.floor(time + 0.5);
	}

	/** True for a command that is done when its fence signals, not when process_cmd returns. */
	leavesFence(command: number): boolean {
		return this.pool.fenced[command] === 1 && (this.settings.fencePolled || this.settings.fenceAsync);
	}

	/** process_cmd has left a fence (virgl_renderer_create_fence). */
	leaveFence(command: number): void {
		const {core, fences} = this;
		core.probe.emit(tracepoint.fenceQueued, 0, command, 0);
		const own = this.pool.ownGpuTime[command];
		const gpuTime = own < 0 ? core.costs.gpu.sample(this.pool.gpuRank[command]) : Math.floor(own + 0.5);
		fences.add(command, core.loop.now, gpuTime, this.settings.globalFences);
		if (this.settings.fenceAsync && fences.next === command) {
			core.loop.queue.arm(this.gpuTimer, fences.nextDone);
		}
	}

	/**
	The command of the next fence that has signalled, or -1; then who looks for
	fences is told when to look again.
	*/
	takeSignalled(): number {
		const {core, fences, settings} = this;
		const command = fences.takeDone(core.loop.now);
		if (command < 0 && fences.count > 0) {
			if (settings.fencePolled) {
				// Armed anew from now: each kick pushes the timer out.
				core.loop.after(this.pollTimer, settings.fencePoll);
			} else {
				core.loop.queue.arm(this.gpuTimer, fences.nextDone);
			}
		}

		return command;
	}

	/**
	The response is in the used ring, and the guest can see it. A broken
	device drops it (virtqueue_flush).
	*/
	publish(command: number): void {
		if (this.refused >= 0) {
			return;
		}

		const queue = this.pool.queueOf(command);
		const ring = this.guest.ring(queue);
		ring.push(command, this.queues[queue].responses ? responseBytes : 0);
		ring.publish(1);
		this.core.probe.emit(tracepoint.usedPublished, 0, command, queue);
	}

	/** Whether the guest wants to hear of what was returned. */
	shouldNotify(queue: QueueId): boolean {
		return this.refused < 0 && this.guest.ring(queue).shouldNotify();
	}

	/**
	An MSI of this queue is stored by `waker` (a host thread, or `nobody`: the device itself).
	*/
	sendMsi(queue: QueueId, waker: ThreadId): void {
		const lost = this.lostIrqs > 0;
		this.core.probe.emit(tracepoint.msiSent, 0, queue, lost ? 1 : 0);
		if (lost) {
			this.lostIrqs--;
		} else {
			this.interrupt(this.guest.irqVcpu(queue), queue, waker);
		}
	}
}

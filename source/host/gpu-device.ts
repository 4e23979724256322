import {type Thread} from '../cpu/thread.js';
import {type CommandPool} from '../protocol/command-pool.js';
import {tracepoint} from '../tracepoints/tracepoints.js';
import {FenceQueue} from './fence-queue.js';
import {type GuestPort} from './guest-port.js';
import {type HostCore} from './host-core.js';
import {type HostSettings} from './host-settings.js';
import {step} from './step.js';

/** Bytes of a response that carries no data (struct virtio_gpu_ctrl_hdr). */
const responseBytes = 24;

/** What the device is in the middle of. */
const pass = {
	none: 0, control: 1, cursor: 2, fences: 3,
} as const;

/**
virtio-gpu in QEMU (hw/display/virtio-gpu.c, virtio-gpu-gl.c), run by the main loop with
the BQL held: pops all there is, then processes one after another; each completion asks by
itself whether to interrupt. It does not look at the ring again: what was added while it
processed needs a doorbell of its own, and gets one, since everything had been popped.
*/
export class GpuDevice {
	readonly fences: FenceQueue;
	/** MSIs that a fault will swallow. */
	lostIrqs = 0;
	/** Timers: virtio_gpu_fence_poll, and the GPU's next fence when it calls back. */
	readonly pollTimer: number;
	readonly gpuTimer: number;
	/** The poll timer has expired, or the renderer has called back. */
	fencesDue = false;
	private readonly core: HostCore;
	private readonly settings: HostSettings;
	private readonly guest: GuestPort;
	private readonly pool: CommandPool;
	private readonly sendMsi: (queue: number) => void;
	/** `cmdq`: popped and not processed, linked through the pool. */
	private head = -1;
	private tail = -1;
	private current = -1;
	private doing: number = pass.none;
	/** ns of the running segment that are the push, behind process_cmd. */
	private pushTime = 0;

	constructor(options: {
		readonly core: HostCore;
		readonly settings: HostSettings;
		readonly guest: GuestPort;
		readonly pool: CommandPool;
		readonly timers: {readonly fencePoll: number; readonly gpu: number};
		readonly sendMsi: (queue: number) => void;
	}) {
		this.core = options.core;
		this.settings = options.settings;
		this.guest = options.guest;
		this.pool = options.pool;
		this.sendMsi = options.sendMsi;
		this.fences = new FenceQueue(options.pool);
		this.pollTimer = options.core.loop.addTimer(options.timers.fencePoll, 0);
		this.gpuTimer = options.core.loop.addTimer(options.timers.gpu, 0);
	}

	/** Nothing popped is unfinished. */
	get isIdle(): boolean {
		return this.doing === pass.none && this.head < 0 && this.fences.count === 0 && !this.fencesDue;
	}

	/** virtio_gpu_handle_ctrl: pops until the queue is empty. */
	handleControl(thread: Thread): void {
		this.doing = pass.control;
		this.core.probe.emit(tracepoint.passStarted, 0, 0, 0);
		this.popOrProcess(thread);
	}

	/** virtio_gpu_handle_cursor: pops one, processes it, pushes it, pops the next. */
	handleCursor(thread: Thread): void {
		this.doing = pass.cursor;
		this.core.probe.emit(tracepoint.passStarted, 0, 1, 0);
		this.popOrProcess(thread);
	}

	/** virgl_renderer_poll and what follows: completes the fences that have signalled. */
	pollFences(thread: Thread): void {
		this.doing = pass.fences;
		this.fencesDue = false;
		this.nextFence(thread);
	}

	step(thread: Thread): void {
		const {core} = this;
		switch (thread.step) {
			case step.popped: {
				const command = this.guest.ring(this.doing === pass.cursor ? 1 : 0).pop();
				core.probe.emit(tracepoint.popped, 0, command, 0);
				if (this.doing === pass.cursor) {
					this.serve(thread, command);
				} else {
					this.append(command);
					this.popOrProcess(thread);
				}

				break;
			}

			case step.served: {
				core.probe.emit(tracepoint.serviceEnded, 0, this.current, core.loop.now);
				this.leaveFence(this.current);
				this.processNext(thread);
				break;
			}

			case step.used: {
				core.probe.emit(tracepoint.serviceEnded, 0, this.current, core.loop.now - this.pushTime);
				this.complete(thread, this.current);
				break;
			}

			case step.fenceUsed: {
				this.complete(thread, this.current);
				break;
			}

			case step.notified: {
				this.sendMsi(this.pool.queue[this.current]);
				this.goOn(thread);
				break;
			}

			default: {
				throw new Error(`main loop has no step ${thread.step}`);
			}
		}
	}

	private popOrProcess(thread: Thread): void {
		if (!this.guest.ring(this.doing === pass.cursor ? 1 : 0).isEmpty()) {
			this.core.work(thread, this.core.costs.pop.draw(), step.popped);
		} else if (this.doing === pass.cursor) {
			this.endPass(thread);
		} else {
			this.processNext(thread);
		}
	}

	private append(command: number): void {
		this.pool.next[command] = -1;
		if (this.head < 0) {
			this.head = command;
		} else {
			this.pool.next[this.tail] = command;
		}

		this.tail = command;
	}

	/** virtio_gpu_process_cmdq. */
	private processNext(thread: Thread): void {
		const command = this.head;
		if (command >= 0) {
			this.head = this.pool.next[command];
			this.pool.next[command] = -1;
			this.serve(thread, command);
		} else if (this.settings.fencePolled) {
			// virtio_gpu_virgl_fence_poll ends every handle_ctrl: a kick is a poll.
			this.pollFences(thread);
		} else {
			this.endPass(thread);
		}
	}

	private serve(thread: Thread, command: number): void {
		const {core, pool} = this;
		const {costs} = core;
		this.current = command;
		core.probe.emit(tracepoint.serviceStarted, 0, command, 0);
		const rank = pool.serviceRank[command];
		const copied = pool.kib[command];
		const time = costs.service[pool.type[command]].at(rank) + (copied > 0 ? copied * costs.perKib.at(rank) : 0);
		const service = Math.floor(time + 0.5);
		if (pool.fenced[command] === 1 && (this.settings.fencePolled || this.settings.fenceAsync)) {
			core.work(thread, service, step.served);
		} else {
			this.pushTime = costs.push.draw();
			core.work(thread, service + this.pushTime, step.used);
		}
	}

	private leaveFence(command: number): void {
		const {core, fences} = this;
		core.probe.emit(tracepoint.fenceQueued, 0, command, 0);
		fences.add(command, core.loop.now, core.costs.gpu.sample(this.pool.gpuRank[command]));
		if (this.settings.fenceAsync && fences.count === 1) {
			core.loop.queue.arm(this.gpuTimer, fences.nextDone);
		}
	}

	/** virtqueue_push and virtio_notify. */
	private complete(thread: Thread, command: number): void {
		const {core} = this;
		const queue = this.pool.queue[command];
		const ring = this.guest.ring(queue);
		ring.push(command, queue === 1 ? 0 : responseBytes);
		ring.publish(1);
		core.probe.emit(tracepoint.usedPublished, 0, command, queue);
		if (ring.shouldNotify()) {
			core.work(thread, core.costs.msi.draw(), step.notified);
		} else {
			this.goOn(thread);
		}
	}

	private goOn(thread: Thread): void {
		switch (this.doing) {
			case pass.cursor: {
				this.popOrProcess(thread);
				break;
			}

			case pass.fences: {
				this.nextFence(thread);
				break;
			}

			default: {
				this.processNext(thread);
			}
		}
	}

	private nextFence(thread: Thread): void {
		const {core, fences, settings} = this;
		const command = fences.takeDone(core.loop.now);
		if (command >= 0) {
			this.current = command;
			core.work(thread, core.costs.push.draw(), step.fenceUsed);
			return;
		}

		if (fences.count > 0) {
			if (settings.fencePolled) {
				// Armed anew from now: each kick pushes the timer out.
				core.loop.after(this.pollTimer, settings.fencePoll);
			} else {
				core.loop.queue.arm(this.gpuTimer, fences.nextDone);
			}
		}

		this.endPass(thread);
	}

	private endPass(thread: Thread): void {
		this.doing = pass.none;
		this.core.work(thread, 0, step.dispatch);
	}
}

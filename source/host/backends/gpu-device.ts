import {type Thread} from '../../cpu/thread.js';
import {controlQueue} from '../../devices/gpu/profile.js';
import {type QueueId} from '../../devices/profile.js';
import {tracepoint} from '../../tracepoints/tracepoints.js';
import {step} from '../step.js';
import {type LoopDevice} from './loop-device.js';
import {type VirtioGpu} from './virtio-gpu.js';

/** What the device is in the middle of. */
const pass = {none: 0, queue: 1, fences: 2} as const;

/**
virtio-gpu in QEMU (hw/display/virtio-gpu.c, virtio-gpu-gl.c), run by the main loop with
the BQL held: pops all there is, then processes one after another; each completion asks by
itself whether to interrupt. It does not look at the ring again: what was added while it
processed needs a doorbell of its own, and gets one, since everything had been popped.
*/
export class GpuDevice implements LoopDevice {
	/** `renderer_blocked`: how many reasons there are not to process commands. */
	rendererBlocked = 0;
	/** It has come down to 0: the commands in cmdq are due. */
	unblocked = false;
	private readonly gpu: VirtioGpu;
	/** `cmdq`: popped and not processed, linked through the pool. */
	private head = -1;
	private tail = -1;
	private current = -1;
	private doing: number = pass.none;
	/** The queue of the pass. */
	private queue: QueueId = controlQueue;
	/** ns of the running segment that are the push, behind process_cmd. */

	constructor(gpu: VirtioGpu) {
		this.gpu = gpu;
	}

	get isReady(): boolean {
		return this.gpu.fencesDue || this.unblocked;
	}

	/** Nothing popped is unfinished. */
	get isIdle(): boolean {
		return this.doing === pass.none && this.head < 0 && this.gpu.fences.count === 0 && !this.gpu.fencesDue;
	}

	/** virtio_gpu_handle_ctrl_cb schedules a bottom half. */
	kick(): boolean {
		return false;
	}

	/**
	graphic_hw_gl_block: the display reads the scanout (true), or has done so. True when
	commands that were left are due now.
	*/
	blockRenderer(blocked: boolean): boolean {
		this.rendererBlocked += blocked ? 1 : -1;
		this.unblocked ||= this.rendererBlocked === 0;
		return this.rendererBlocked === 0;
	}

	dispatch(thread: Thread): boolean {
		if (this.gpu.fencesDue) {
			this.pollFences(thread);
		} else if (this.unblocked) {
			this.handleFlushed(thread);
		} else {
			return false;
		}

		return true;
	}

	/**
	virtio_gpu_handle_ctrl pops until the queue is empty; virtio_gpu_handle_cursor pops one,
	processes it, pushes it, pops the next.
	*/
	handle(thread: Thread, queue: QueueId): void {
		this.doing = pass.queue;
		this.queue = queue;
		this.gpu.core.probe.emit(tracepoint.passStarted, 0, queue, 0);
		this.popOrProcess(thread);
	}

	/**
	virtio_gpu_gl_flushed: the display has read the scanout, process_cmdq goes on with what it left.
	*/
	handleFlushed(thread: Thread): void {
		this.unblocked = false;
		this.doing = pass.queue;
		this.queue = controlQueue;
		this.processNext(thread);
	}

	/** virgl_renderer_poll and what follows: completes the fences that have signalled. */
	pollFences(thread: Thread): void {
		this.doing = pass.fences;
		this.gpu.fencesDue = false;
		this.nextFence(thread);
	}

	step(thread: Thread): void {
		const {gpu} = this;
		switch (thread.step) {
			case step.popped: {
				const command = gpu.pop(this.queue);
				if (command < 0) {
					this.popOrProcess(thread);
				} else if (this.popsAll) {
					this.append(command);
					this.popOrProcess(thread);
				} else {
					this.serve(thread, command);
				}

				break;
			}

			case step.served: {
				gpu.leaveFence(this.current);
				this.processNext(thread);
				break;
			}

			case step.used: {
				this.complete(thread, this.current);
				break;
			}

			case step.fenceUsed: {
				this.complete(thread, this.current);
				break;
			}

			case step.notified: {
				// virtio_notify ends in KVM_SIGNAL_MSI from the main thread (not an irqfd:
				// virtio-gpu sets no guest notifiers).
				gpu.sendMsi(gpu.pool.queueOf(this.current), thread.id);
				this.goOn(thread);
				break;
			}

			default: {
				throw new Error(`main loop has no step ${thread.step}`);
			}
		}
	}

	/** All requests of this queue are taken from the ring before the first is processed. */
	private get popsAll(): boolean {
		return this.gpu.queues[this.queue].popsAll;
	}

	private popOrProcess(thread: Thread): void {
		const {core} = this.gpu;
		if (this.gpu.hasWork(this.queue)) {
			core.work(thread, core.costs.pop.draw(), step.popped);
		} else if (this.popsAll) {
			this.processNext(thread);
		} else {
			this.endPass(thread);
		}
	}

	private append(command: number): void {
		const {next} = this.gpu.pool;
		next[command] = -1;
		if (this.head < 0) {
			this.head = command;
		} else {
			next[this.tail] = command;
		}

		this.tail = command;
	}

	/** virtio_gpu_process_cmdq: stops while the renderer is blocked. */
	private processNext(thread: Thread): void {
		const {next} = this.gpu.pool;
		const command = this.head;
		if (command >= 0 && this.rendererBlocked === 0) {
			this.head = next[command];
			next[command] = -1;
			this.serve(thread, command);
		} else if (this.gpu.settings.fencePolled) {
			// virtio_gpu_virgl_fence_poll ends every handle_ctrl: a kick is a poll.
			this.pollFences(thread);
		} else {
			this.endPass(thread);
		}
	}

	private serve(thread: Thread, command: number): void {
		const {gpu} = this;
		const {core} = gpu;
		this.current = command;
		core.probe.emit(tracepoint.serviceStarted, 0, command, 0);
		const service = gpu.serviceTime(command);
		if (gpu.leavesFence(command)) {
			core.work(thread, service, step.served);
		} else {
			core.work(thread, service + core.costs.push.draw(), step.used);
		}
	}

	/** virtqueue_push and virtio_notify. */
	private complete(thread: Thread, command: number): void {
		const {core, pool} = this.gpu;
		this.gpu.publish(command);
		if (this.gpu.shouldNotify(pool.queueOf(command))) {
			core.work(thread, core.costs.msi.draw(), step.notified);
		} else {
			this.goOn(thread);
		}
	}

	private goOn(thread: Thread): void {
		if (this.doing === pass.fences) {
			this.nextFence(thread);
		} else if (this.popsAll) {
			this.processNext(thread);
		} else {
			this.popOrProcess(thread);
		}
	}

	private nextFence(thread: Thread): void {
		const {core} = this.gpu;
		const command = this.gpu.takeSignalled();
		if (command >= 0) {
			this.current = command;
			core.work(thread, core.costs.push.draw(), step.fenceUsed);
		} else {
			this.endPass(thread);
		}
	}

	private endPass(thread: Thread): void {
		this.doing = pass.none;
		this.gpu.core.work(thread, 0, step.dispatch);
	}
}

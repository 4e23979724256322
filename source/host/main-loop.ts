import {type Thread, threadState} from '../cpu/thread.js';
import {type Backend} from './backend.js';
import {GpuDevice} from './gpu-device.js';
import {type HostCore} from './host-core.js';
import {step} from './step.js';
import {type VirtioGpu} from './virtio-gpu.js';

/**
`host.backend=qemu`: QEMU's main loop (main_loop_wait, util/main-loop.c): sleeps in ppoll without the
BQL, and dispatches file descriptors, bottom halves and timers with it. What becomes ready while
it dispatches is for the next round, which polls with a timeout of 0.
*/
export class MainLoop implements Backend {
	readonly device: GpuDevice;
	private readonly core: HostCore;
	private readonly gpu: VirtioGpu;
	/** Bottom halves scheduled and eventfds readable, a bit a queue. */
	private ready = 0;
	/** What this round dispatches, of `ready` when it began. */
	private round = 0;
	/** ns for which a fault makes the loop stand still under the BQL. */
	private stall = 0;

	constructor(gpu: VirtioGpu) {
		this.core = gpu.core;
		this.gpu = gpu;
		this.device = new GpuDevice(gpu);
	}

	/** Asleep in ppoll. */
	start(): void {
		this.core.server.step = step.loopLock;
	}

	/** virtio_gpu_handle_ctrl_cb schedules the bottom half, or the queue's host notifier (an eventfd) does once it is readable: the next round looks at the queue. */
	schedule(queue: number, waker: number): void {
		this.ready |= 1 << queue;
		this.wake(waker);
	}

	fencesReady(): void {
		this.gpu.fencesDue = true;
		this.wake(-1);
	}

	stallFor(duration: number): void {
		this.stall += duration;
		this.wake(-1);
	}

	/** graphic_hw_gl_block: the display reads the scanout (true), or has done so. */
	blockRenderer(blocked: boolean): void {
		const {device} = this;
		device.rendererBlocked += blocked ? 1 : -1;
		if (device.rendererBlocked === 0) {
			device.unblocked = true;
			this.wake(-1);
		}
	}

	get isAsleep(): boolean {
		const {server} = this.core;
		return !this.isReady && server.state === threadState.sleeping && server.step === step.loopLock;
	}

	get isIdle(): boolean {
		return this.isAsleep && this.device.isIdle;
	}

	step(thread: Thread): void {
		const {core, device} = this;
		switch (thread.step) {
			case step.loopLock: {
				core.lockBql(thread, step.beginRound);
				break;
			}

			case step.beginRound: {
				this.round = this.ready;
				this.ready = 0;
				this.dispatch(thread);
				break;
			}

			case step.dispatch: {
				this.dispatch(thread);
				break;
			}

			case step.loopCheck: {
				if (this.isReady) {
					core.work(thread, 0, step.loopLock);
				} else {
					core.sleep(thread, step.loopLock);
				}

				break;
			}

			default: {
				device.step(thread);
			}
		}
	}

	private get isReady(): boolean {
		return this.ready !== 0 || this.gpu.fencesDue || this.device.unblocked || this.stall > 0;
	}

	/** aio_notify: a sleeping loop returns from ppoll. */
	private wake(waker: number): void {
		const {server} = this.core;
		if (server.state === threadState.sleeping && server.step === step.loopLock) {
			this.core.wake(server, this.core.costs.loopWake.draw(), waker);
		}
	}

	private dispatch(thread: Thread): void {
		const {core, device} = this;
		this.gpu.stand(this.stall > 0);
		if (this.stall > 0) {
			const {stall} = this;
			this.stall = 0;
			core.work(thread, stall, step.dispatch);
		} else if (this.gpu.fencesDue) {
			device.pollFences(thread);
		} else if (device.unblocked) {
			device.handleFlushed(thread);
		} else if ((this.round & 1) !== 0) {
			this.round &= ~1;
			device.handleControl(thread);
		} else if ((this.round & 2) !== 0) {
			this.round &= ~2;
			device.handleCursor(thread);
		} else {
			core.unlockBql(thread);
			core.work(thread, core.costs.poll.draw(), step.loopCheck);
		}
	}
}

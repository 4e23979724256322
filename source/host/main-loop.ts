import {type Thread, threadState} from '../cpu/thread.js';
import {tracepoint} from '../tracepoints/tracepoints.js';
import {type GpuDevice} from './gpu-device.js';
import {type HostCore} from './host-core.js';
import {step} from './step.js';

/**
QEMU's main loop (main_loop_wait, util/main-loop.c): sleeps in ppoll without the BQL, and
dispatches file descriptors, bottom halves and timers with it. What becomes ready while
it dispatches is for the next round, which polls with a timeout of 0.
*/
export class MainLoop {
	/** Doorbells that a fault will swallow. */
	lostKicks = 0;
	/** ns for which a fault makes the loop stand still under the BQL. */
	stall = 0;
	private readonly core: HostCore;
	private readonly device: GpuDevice;
	/** Bottom halves scheduled and eventfds readable, a bit a queue. */
	private ready = 0;
	/** What this round dispatches, of `ready` when it began. */
	private round = 0;
	private onCpu = false;

	constructor(core: HostCore, device: GpuDevice) {
		this.core = core;
		this.device = device;
	}

	/** Asleep in ppoll at time 0. */
	start(): void {
		this.thread.step = step.loopLock;
	}

	get thread(): Thread {
		return this.core.cpus.threads[this.core.vcpus];
	}

	/**
	A doorbell arrives: virtio_gpu_handle_ctrl_cb schedules the bottom half, or the queue's host
	notifier (an eventfd) becomes readable, whose handler does. `vcpu` is who rang, or -1.
	*/
	doorbell(queue: number, vcpu: number): void {
		const lost = this.lostKicks > 0;
		this.core.probe.emit(tracepoint.doorbellDelivered, vcpu, queue, lost ? 1 : 0);
		if (lost) {
			this.lostKicks--;
		} else {
			this.schedule(queue, vcpu);
		}
	}

	/** qemu_bh_schedule: the queue is looked at in the next round. */
	schedule(queue: number, waker: number): void {
		this.ready |= 1 << queue;
		this.wake(waker);
	}

	/** aio_notify: a sleeping loop returns from ppoll. */
	wake(waker: number): void {
		const {thread} = this;
		if (thread.state === threadState.sleeping && thread.step === step.loopLock) {
			this.core.wake(thread, this.core.costs.loopWake.draw(), waker);
		}
	}

	/** True when nothing is pending and the loop sleeps in ppoll. */
	get isIdle(): boolean {
		const {thread} = this;
		return !this.isReady && thread.state === threadState.sleeping && thread.step === step.loopLock;
	}

	switched(): void {
		const on = this.thread.state === threadState.running;
		if (on !== this.onCpu) {
			this.onCpu = on;
			this.core.probe.emit(tracepoint.mainLoopOnCpu, 0, 0, on ? 1 : 0);
		}
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
		return this.ready !== 0 || this.device.fencesDue || this.stall > 0;
	}

	private dispatch(thread: Thread): void {
		const {core, device} = this;
		if (this.stall > 0) {
			const {stall} = this;
			this.stall = 0;
			core.work(thread, stall, step.dispatch);
		} else if (device.fencesDue) {
			device.pollFences(thread);
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

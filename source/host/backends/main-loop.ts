import {nobody, type ThreadId, type VcpuId} from '../../cpu/ids.js';
import {type Thread, threadState} from '../../cpu/thread.js';
import {type HostCore} from '../host-core.js';
import {type QueueId} from '../../devices/profile.js';
import {step} from '../step.js';
import {type BackendTraits} from './backend-traits.js';
import {type Backend} from './backend.js';
import {GpuDevice} from './gpu-device.js';
import {type LoopDevice} from './loop-device.js';
import {type VirtioGpu} from './virtio-gpu.js';

/**
`host.backend=qemu`: QEMU's main loop (main_loop_wait, util/main-loop.c): sleeps in ppoll without
the BQL, and dispatches file descriptors, bottom halves and timers with it. What becomes ready while
it dispatches is for the next round, which polls with a timeout of 0.
*/
export class MainLoop implements Backend {
	private readonly device: LoopDevice;
	private readonly core: HostCore;
	private readonly gpu: VirtioGpu;
	/** Bottom halves scheduled and eventfds readable, a bit a queue. */
	private ready = 0;
	/** The notifier is readable, and nothing is to be done for it. */
	private isNotified = false;
	/** What this round dispatches, of `ready` when it began. */
	private round = 0;
	/** By vCPU, TCG: its local APIC timer has expired; how many have, and whose callback runs. */
	private readonly timers: Uint8Array;
	private timersDue = 0;
	private timer = -1;
	/** ns of that callback's time that come after the interrupt. */
	private timerRest = 0;
	private readonly raise: (vcpu: VcpuId, waker: ThreadId) => void;
	/** ns for which a fault makes the loop stand still under the BQL. */
	private stall = 0;

	constructor(gpu: VirtioGpu, device: LoopDevice, raise: (vcpu: VcpuId, waker: ThreadId) => void) {
		this.core = gpu.core;
		this.timers = new Uint8Array(gpu.core.roles.vcpus.length);
		this.raise = raise;
		this.gpu = gpu;
		this.device = device;
	}

	/** Asleep in ppoll. */
	start(): void {
		this.core.server.step = step.loopLock;
	}

	/**
	virtio_gpu_handle_ctrl_cb schedules the bottom half, or the queue's host notifier (an eventfd)
	does once it is readable: the next round looks at the queue.
	*/
	schedule(queue: QueueId, waker: ThreadId): void {
		if (!this.device.kick(queue, waker)) {
			this.ready |= 1 << queue;
			this.wake(waker);
		}
	}

	/** TCG: the local APIC timer of a vCPU has expired, and with it the timeout of ppoll. */
	timerDue(vcpu: VcpuId): void {
		if (this.timers[vcpu] === 0) {
			this.timers[vcpu] = 1;
			this.timersDue++;
			this.wake(nobody);
		}
	}

	/**
	qemu_notify_event: the loop goes round once more, for a timeout of its own to be reckoned anew.
	*/
	notify(waker: ThreadId): void {
		this.isNotified = true;
		this.wake(waker);
	}

	fencesReady(): void {
		this.gpu.fencesDue = true;
		this.wake(nobody);
	}

	stallFor(duration: number): void {
		this.stall += duration;
		this.wake(nobody);
	}

	/** graphic_hw_gl_block: the display reads the scanout (true), or has done so. */
	blockRenderer(blocked: boolean): void {
		if (this.device.blockRenderer(blocked)) {
			this.wake(nobody);
		}
	}

	/** A bottom half of the device's own is scheduled. */
	scheduleBottomHalf(waker: ThreadId): void {
		this.wake(waker);
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
				this.isNotified = false;
				this.dispatch(thread);
				break;
			}

			case step.dispatch: {
				this.dispatch(thread);
				break;
			}

			case step.timerRun: {
				// The vCPU is told in the middle, and wants the BQL, which the loop still has: the
				// timer list and the preparation of ppoll are under it.
				this.raise(core.roles.vcpus[this.timer], thread.id);
				core.work(thread, this.timerRest, step.dispatch);
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
		return this.ready !== 0 || this.isNotified || this.device.isReady || this.stall > 0 || this.timersDue > 0;
	}

	/** aio_notify: a sleeping loop returns from ppoll. */
	private wake(waker: ThreadId): void {
		const {server} = this.core;
		if (server.state === threadState.sleeping && server.step === step.loopLock) {
			this.core.wakeServer(waker);
		}
	}

	/** Of the queues of this round the first of the profile. There is one. */
	private nextQueue(): QueueId {
		const {order} = this.gpu;
		let at = 0;
		while ((this.round & (1 << order[at])) === 0) {
			at++;
		}

		return order[at];
	}

	private dispatch(thread: Thread): void {
		const {core, device} = this;
		this.gpu.stand(this.stall > 0);
		if (this.stall > 0) {
			const {stall} = this;
			this.stall = 0;
			core.work(thread, stall, step.dispatch);
		} else if (device.dispatch(thread)) {
			// It is at work.
		} else if (this.round !== 0) {
			const queue = this.nextQueue();
			this.round &= ~(1 << queue);
			device.handle(thread, queue);
		} else if (this.timersDue > 0) {
			// main_loop_wait runs its timers last, those that have expired by then.
			this.timer = this.timers.indexOf(1);
			this.timers[this.timer] = 0;
			this.timersDue--;
			const time = core.costs.timer.draw();
			this.timerRest = Math.floor(time / 2);
			core.work(thread, time - this.timerRest, step.timerRun);
		} else {
			core.unlockBql(thread);
			core.work(thread, core.costs.poll.draw(), step.loopCheck);
		}
	}
}

/** QEMU. VIRTQUEUE_MAX_SIZE bounds its chains. */
export const qemu = {
	value: 'qemu',
	words: "The device runs in QEMU's main loop under the BQL: pop everything, then process one by one.",
	functions: 'virtio_gpu_handle_ctrl_cb, virtio_gpu_ctrl_bh, virtio_gpu_process_cmdq, virtio_gpu_ctrl_response',
	versions: 'QEMU 5.2 to 10.0 as read',
	moves: 'nothing: it is what the other figures are compared with',
	noHelp: 'it is the default',
	source: 'QEMU hw/display/virtio-gpu.c',
	sets: {
		longestChain: 1024,
		interruptAccesses: 0,
		mapped: false,
		hasBql: true,
		ownEventfd: false,
		serverThreads: 1,
		controlSlots: 0,
		cursorSlots: 16,
		virglFence: 'poll',
	},
	serverName: 'main loop',
	passNames: ['virtio_gpu_handle_ctrl', 'virtio_gpu_handle_cursor'],
	breaksBy: 'virtio_error',
	missingFeatures: [],
	readsCursor: true,
	pollsFences: true,
	emulates: true,
	blocksRenderer: true,
	hasQemuLog: true,
	qemu: {vhostUser: false},
	create: (gpu, {raiseTick, loopDevice}) => new MainLoop(gpu, loopDevice ?? new GpuDevice(gpu), raiseTick),
} as const satisfies BackendTraits;

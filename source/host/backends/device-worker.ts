import {nobody, type ThreadId} from '../../cpu/ids.js';
import {type Thread, threadState} from '../../cpu/thread.js';
import {controlQueue} from '../../devices/gpu/profile.js';
import {type QueueId} from '../../devices/profile.js';
import {tracepoint} from '../../tracepoints/tracepoints.js';
import {type HostCore} from '../host-core.js';
import {step} from '../step.js';
import {type Backend} from './backend.js';
import {QueueSet} from './queue-set.js';
import {type VirtioGpu} from './virtio-gpu.js';
import {WorkerRound} from './worker-round.js';

/** What the worker is in the middle of. */
const doing = {
	nothing: 0,
	queue: 1,
	fences: 2,
	signals: 3,
} as const;

/**
A backend with a thread (or process) of its own, without a BQL: it waits for the queues' eventfds,
which KVM writes at a doorbell, takes one command from the ring, processes it, returns it, and takes
the next until there is none. avail_event follows each pop, so that a kick is suppressed while a
command waits behind the one that is processed, and only then. Interrupts are written to an irqfd.

What becomes ready during a round is for the next one, which does not sleep. Subclasses say when
they interrupt, and what keeps them from popping.
*/
export abstract class DeviceWorker implements Backend {
	protected readonly core: HostCore;
	/** Whether it interrupts after each command, or at the end of the round. */
	protected abstract readonly signalsEach: boolean;
	/** The order in which it looks at queues that are ready. */
	protected abstract readonly order: readonly QueueId[];
	private readonly round = new WorkerRound();
	private activity: number = doing.nothing;
	/** The queue that is drained. */
	private queue: QueueId = controlQueue;
	private current = -1;
	/** Queues of which something was returned and the guest was not told. */
	private readonly unsignalled = new QueueSet();

	constructor(protected readonly gpu: VirtioGpu) {
		this.core = gpu.core;
	}

	/** It waits for its eventfds. */
	start(): void {
		this.core.server.step = step.workerWoken;
	}

	schedule(queue: QueueId, waker: ThreadId): void {
		this.round.ready.add(queue);
		this.wake(waker);
	}

	fencesReady(): void {
		this.gpu.fencesDue = true;
		this.wake(nobody);
	}

	stallFor(duration: number): void {
		this.round.stallFor(duration);
		this.wake(nobody);
	}

	get isAsleep(): boolean {
		const {server} = this.core;
		return !this.isReady && server.state === threadState.sleeping && server.step === step.workerWoken;
	}

	get isIdle(): boolean {
		return this.isAsleep && this.gpu.fences.count === 0;
	}

	step(thread: Thread): void {
		const {core, gpu} = this;
		switch (thread.step) {
			case step.workerWoken: {
				this.round.begin(gpu.fencesDue);
				gpu.fencesDue = false;
				this.dispatch(thread);
				break;
			}

			case step.workerDispatch: {
				this.dispatch(thread);
				break;
			}

			case step.workerCheck: {
				if (this.isReady) {
					core.work(thread, 0, step.workerWoken);
				} else {
					core.sleep(thread, step.workerWoken);
				}

				break;
			}

			case step.workerPopped: {
				const command = gpu.pop(this.queue);
				if (command < 0) {
					this.popNext(thread);
				} else {
					this.serve(thread, command);
				}

				break;
			}

			case step.workerServed: {
				if (gpu.leavesFence(this.current)) {
					gpu.leaveFence(this.current);
				}

				this.processed(this.current);
				this.popNext(thread);
				break;
			}

			case step.workerUsed: {
				this.processed(this.current);
				gpu.publish(this.current);
				this.returned(thread, this.signalsEach);
				break;
			}

			case step.workerLateUsed: {
				gpu.publish(this.current);
				// A callback interrupts by itself.
				this.returned(thread, true);
				break;
			}

			case step.workerSignalled: {
				gpu.sendMsi(this.queue, thread.id);
				this.goOn(thread);
				break;
			}

			default: {
				throw new Error(`device worker has no step ${thread.step}`);
			}
		}
	}

	/** An eventfd becomes readable: a sleeping worker wakes up. */
	protected wake(waker: ThreadId): void {
		const {server} = this.core;
		if (server.state === threadState.sleeping && server.step === step.workerWoken) {
			this.core.wakeServer(waker);
		}
	}

	/** Something waits for it. */
	protected get isReady(): boolean {
		return this.round.isDue || this.gpu.fencesDue;
	}

	/** The round is to look at this queue too. */
	protected lookAt(queue: QueueId): void {
		this.round.queues.add(queue);
	}

	/** The response of a command that was held back goes out now, with an interrupt of its own. */
	protected completeLate(thread: Thread, command: number): void {
		this.activity = doing.nothing;
		this.current = command;
		this.core.work(thread, this.core.costs.push.draw(), step.workerLateUsed);
	}

	/** Whether the guest wants to hear of what was returned. */
	protected wantsSignal(queue: QueueId): boolean {
		return this.gpu.shouldNotify(queue);
	}

	/** Whether commands of this queue may be popped now. */
	protected mayPop(_queue: QueueId): boolean {
		return true;
	}

	/** Whether a command is returned later than when it has been processed, fences apart. */
	protected holdsBack(_command: number): boolean {
		return false;
	}

	/** A command has been processed. */
	protected processed(_command: number): void {
		// Nothing follows from it.
	}

	/** Business of the backend's own that comes first; true when the thread is at work on it. */
	protected dispatchOwn(_thread: Thread): boolean {
		return false;
	}

	private dispatch(thread: Thread): void {
		const {core, round} = this;
		this.activity = doing.nothing;
		this.gpu.stand(round.isStalled);
		if (round.isStalled) {
			core.work(thread, round.takeStall(), step.workerDispatch);
		} else if (round.takeFences()) {
			this.nextFence(thread);
		} else if (!this.dispatchOwn(thread)) {
			this.dispatchQueues(thread);
		}
	}

	private dispatchQueues(thread: Thread): void {
		const {core} = this;
		if (!this.round.queues.isEmpty) {
			this.queue = this.round.queues.takeFirst(this.order);
			this.activity = doing.queue;
			core.probe.emit(tracepoint.passStarted, 0, this.queue, 0);
			this.popNext(thread);
		} else if (!this.unsignalled.isEmpty) {
			this.queue = this.unsignalled.takeFirst(this.gpu.order);
			this.activity = doing.signals;
			this.signal(thread);
		} else {
			core.work(thread, core.costs.poll.draw(), step.workerCheck);
		}
	}

	private popNext(thread: Thread): void {
		const {core, gpu} = this;
		if (this.mayPop(this.queue) && gpu.hasWork(this.queue)) {
			core.work(thread, core.costs.pop.draw(), step.workerPopped);
			return;
		}

		core.probe.emit(tracepoint.passEnded, 0, this.queue, 0);
		if (gpu.settings.fencePolled && gpu.queues[this.queue].fences) {
			this.nextFence(thread);
		} else {
			core.work(thread, 0, step.workerDispatch);
		}
	}

	private serve(thread: Thread, command: number): void {
		const {core, gpu} = this;
		this.current = command;
		core.probe.emit(tracepoint.serviceStarted, 0, command, 0);
		const service = gpu.serviceTime(command);
		if (gpu.leavesFence(command) || this.holdsBack(command)) {
			core.work(thread, service, step.workerServed);
		} else {
			core.work(thread, service + core.costs.push.draw(), step.workerUsed);
		}
	}

	private returned(thread: Thread, now: boolean): void {
		const queue = this.gpu.pool.queueOf(this.current);
		if (now) {
			this.queue = queue;
			this.signal(thread);
		} else {
			this.unsignalled.add(queue);
			this.goOn(thread);
		}
	}

	/** Interrupts if the guest wants it: a write to the irqfd. */
	private signal(thread: Thread): void {
		if (this.wantsSignal(this.queue)) {
			this.core.work(thread, this.core.costs.irqfd.draw(), step.workerSignalled);
		} else {
			this.goOn(thread);
		}
	}

	private goOn(thread: Thread): void {
		if (this.activity === doing.queue) {
			this.popNext(thread);
		} else if (this.activity === doing.fences) {
			this.nextFence(thread);
		} else {
			this.core.work(thread, 0, step.workerDispatch);
		}
	}

	/** The fence handler, for each fence that has signalled. */
	private nextFence(thread: Thread): void {
		const {core, gpu} = this;
		this.activity = doing.fences;
		const command = gpu.takeSignalled();
		if (command >= 0) {
			this.current = command;
			core.work(thread, core.costs.push.draw(), step.workerLateUsed);
		} else {
			core.work(thread, 0, step.workerDispatch);
		}
	}
}

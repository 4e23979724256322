import {type Thread} from '../../cpu/thread.js';
import {inSegments, commands} from '../../devices/gpu/commands.js';
import {lockRole, tracepoint} from '../../tracepoints/tracepoints.js';
import {notifyRule} from '../batch.js';
import {type GpuQueue} from '../driver-queue.js';
import {type GuestCore} from '../guest-core.js';
import {after, step} from '../step.js';
import {type Submitter} from '../submitter.js';

/** Free slots that the driver up to 5.6 waits for, whatever the command needs (virtio_gpu_queue_fenced_ctrl_buffer). */
const oldWait = 3;

/** A round of the hot loop takes some time, ns, or it would stop the simulated one. */
const leastRecheck = 10;

const segmentsIn = Int32Array.from(commands, ({name}) => inSegments(name));

/**
The way of a command from spin_lock to the doorbell: virtio_gpu_queue_ctrl_sgs,
virtio_gpu_queue_cursor and virtio_gpu_notify of drivers/gpu/drm/virtio/virtgpu_vq.c, in
the order of the kernel generations that `driver.lockPolicy` and `driver.roomRule` name.
*/
export class Submission {
	/** Submitters stop before the lock: the device is being reset. */
	stopped = false;
	private readonly core: GuestCore;
	private readonly submitters: readonly Submitter[];

	constructor(core: GuestCore, submitters: readonly Submitter[]) {
		this.core = core;
		this.submitters = submitters;
	}

	step(thread: Thread): void {
		const {core} = this;
		const submitter = this.submitters[thread.id];
		const queue = core.queues[submitter.queue];
		switch (thread.step) {
			case step.submit: {
				if (!this.park(thread, submitter, step.submit)) {
					core.lock(thread, queue, lockRole.submit, step.locked);
				}

				break;
			}

			case step.locked: {
				this.lookForRoom(thread, submitter, queue);
				break;
			}

			case step.add: {
				this.add(thread, submitter, queue);
				break;
			}

			case step.refused: {
				core.probe.emit(tracepoint.doorbellReturned, thread.id, queue.id, 0);
				this.leaveFullRing(thread, submitter, queue);
				break;
			}

			case step.kickPrepare: {
				this.kick(thread, queue, step.rungUnderLock, step.rung);
				break;
			}

			case step.rungUnderLock: {
				core.probe.emit(tracepoint.doorbellReturned, thread.id, queue.id, 0);
				core.unlock(thread, queue);
				this.submitted(thread, submitter, queue);
				break;
			}

			case step.rung: {
				core.probe.emit(tracepoint.doorbellReturned, thread.id, queue.id, 0);
				this.submitted(thread, submitter, queue);
				break;
			}

			case step.waitForRoom: {
				this.waitForRoom(thread, submitter, queue, false);
				break;
			}

			case step.waitLocked: {
				this.sleepForRoom(thread, submitter, queue);
				break;
			}

			default: {
				this.notifyStep(thread, submitter, queue);
			}
		}
	}

	/** Starts virtio_gpu_notify; the thread goes on at `continuation`. */
	notify(thread: Thread, continuation: number): void {
		this.submitters[thread.id].continuation = continuation;
		this.core.work(thread, 0, step.notify);
	}

	/** Wakes the sleeper that has been longest on ack_queue, which looks at its condition again. True when its vCPU needs an interrupt. */
	wakeSleeper(queue: GpuQueue, waker: number): boolean {
		const {sleepers} = queue;
		const thread = this.core.cpus.threads[sleepers[0]];
		queue.sleeping--;
		for (let i = 0; i < queue.sleeping; i++) {
			sleepers[i] = sleepers[i + 1];
		}

		return this.core.wake(thread, this.core.costs.contextSwitch.draw(), waker);
	}

	/** Lets the parked submitters go on. */
	resume(): void {
		this.stopped = false;
		for (const [id, submitter] of this.submitters.entries()) {
			if (submitter.parked) {
				submitter.parked = false;
				this.core.wake(this.core.cpus.threads[id], this.core.costs.contextSwitch.draw(), -1);
			}
		}
	}

	private notifyStep(thread: Thread, submitter: Submitter, queue: GpuQueue): void {
		const {core} = this;
		switch (thread.step) {
			case step.notify: {
				// The lockless look at pending_commands.
				if (queue.pendingCommands === 0) {
					this.notified(thread, submitter);
				} else {
					core.work(thread, core.costs.unlockGap.draw(), step.notifyLock);
				}

				break;
			}

			case step.notifyLock: {
				if (!this.park(thread, submitter, step.notifyLock)) {
					core.lock(thread, queue, lockRole.notify, step.notifyLocked);
				}

				break;
			}

			case step.notifyLocked: {
				queue.pendingCommands = 0;
				core.work(thread, core.costs.kickPrepare.draw(), step.notifyPrepare);
				break;
			}

			case step.notifyPrepare: {
				this.kick(thread, queue, step.notifyRungUnderLock, step.notifyRung);
				break;
			}

			case step.notifyRungUnderLock: {
				core.probe.emit(tracepoint.doorbellReturned, thread.id, queue.id, 0);
				core.unlock(thread, queue);
				this.notified(thread, submitter);
				break;
			}

			case step.notifyRung: {
				core.probe.emit(tracepoint.doorbellReturned, thread.id, queue.id, 0);
				this.notified(thread, submitter);
				break;
			}

			default: {
				throw new Error(`guest thread ${thread.id} has no step ${thread.step}`);
			}
		}
	}

	private notified(thread: Thread, submitter: Submitter): void {
		if (submitter.continuation === after.waitForRoom) {
			this.waitForRoom(thread, submitter, this.core.queues[submitter.queue], true);
		} else {
			this.core.work(thread, 0, step.nextCommand);
		}
	}

	/** Stops the thread before the lock while the device is being reset; true if it did. */
	private park(thread: Thread, submitter: Submitter, resumeAt: number): boolean {
		if (!this.stopped) {
			return false;
		}

		submitter.parked = true;
		submitter.slotsChecked = 0;
		this.core.sleep(thread, resumeAt);
		return true;
	}

	private lookForRoom(thread: Thread, submitter: Submitter, queue: GpuQueue): void {
		const {core} = this;
		const {driver, pool} = core;
		const {command} = submitter;
		const fenced = pool.fenced[command] === 1;
		const type = pool.type[command];
		const needed = queue.ring.slotsNeeded(pool.out[command], segmentsIn[type]);
		// cursorq has always added first; so did the control queue up to 5.6, but for fenced commands.
		const checks = queue.id === 0 && (driver.checkFirst || fenced || driver.waitBug);
		const wanted = this.wantedSlots(queue, needed);
		// With the bug one number is checked (2 + the data's segments, indirect or not) and another one waited for.
		const least = driver.waitBug && queue.id === 0 ? 1 + pool.out[command] : wanted;
		if (checks && queue.ring.numFree < least) {
			submitter.slotsWanted = wanted;
			submitter.slotsChecked = Math.max(least, wanted);
			core.probe.emit(tracepoint.noRoom, thread.id, command, queue.id);
			this.leaveFullRing(thread, submitter, queue);
			return;
		}

		let cost = core.costs.add.draw();
		if (fenced) {
			cost += core.costs.fenceWork.drawSum(pool.objects[command]);
		}

		core.probe.emit(tracepoint.freeAtAdd, thread.id, queue.id, queue.ring.numFree);
		core.work(thread, cost, step.add);
	}

	/** What a command that lacks room waits for on ack_queue; the old driver for 3 slots whatever it needs. */
	private wantedSlots(queue: GpuQueue, needed: number): number {
		const {driver} = this.core;
		if (queue.id === 1 || (driver.checkFirst && !driver.waitBug)) {
			return needed;
		}

		return needed > oldWait && !driver.waitBug ? needed : oldWait;
	}

	private add(thread: Thread, submitter: Submitter, queue: GpuQueue): void {
		const {core} = this;
		const {ring} = queue;
		const {command} = submitter;
		const out = core.pool.out[command];
		const into = segmentsIn[core.pool.type[command]];
		if (ring.add(out, into, command) < 0) {
			const needed = ring.slotsNeeded(out, into);
			submitter.slotsWanted = this.wantedSlots(queue, needed);
			submitter.slotsChecked = Math.max(needed, submitter.slotsWanted);
			core.probe.emit(tracepoint.noRoom, thread.id, command, queue.id);
			if (ring.doorbellForced) {
				this.ring(thread, queue, 1, step.refused);
			} else {
				this.leaveFullRing(thread, submitter, queue);
			}

			return;
		}

		core.probe.emit(tracepoint.published, thread.id, command, ring.numFree);
		submitter.slotsChecked = 0;
		submitter.outstanding += queue.id === 0 ? 1 : 0;
		submitter.unsignalled += core.pool.fenced[command];
		if (queue.id === 0 && core.driver.batched) {
			queue.pendingCommands++;
			core.unlock(thread, queue);
			this.submitted(thread, submitter, queue);
		} else {
			core.work(thread, core.costs.kickPrepare.draw(), step.kickPrepare);
		}
	}

	/** kick_prepare with the lock held, then the doorbell on the side of the unlock that the policy says. */
	private kick(thread: Thread, queue: GpuQueue, underLock: number, outside: number): void {
		const {core} = this;
		const added = queue.ring.numAdded > 0 ? 2 : 0;
		const needed = queue.ring.kickPrepare();
		queue.pendingCommands = 0;
		core.probe.emit(tracepoint.kickPrepared, thread.id, queue.id, added + (needed ? 1 : 0));
		const inside = core.driver.ringUnderLock && (queue.id === 0 || !core.driver.batched);
		if (needed && inside) {
			this.ring(thread, queue, 0, underLock);
			return;
		}

		core.unlock(thread, queue);
		if (needed) {
			this.ring(thread, queue, 0, outside);
		} else if (outside === step.rung) {
			this.submitted(thread, this.submitters[thread.id], queue);
		} else {
			this.notified(thread, this.submitters[thread.id]);
		}
	}

	private ring(thread: Thread, queue: GpuQueue, forced: number, next: number): void {
		this.core.probe.emit(tracepoint.doorbellStarted, thread.id, queue.id, 2 * thread.cpu + forced);
		this.core.work(thread, 0, next);
		this.core.platform.doorbell(thread.cpu, queue.id);
	}

	/** The lock is held and there is no room: unlock, tell the host what it may not know, sleep. */
	private leaveFullRing(thread: Thread, submitter: Submitter, queue: GpuQueue): void {
		const {core} = this;
		core.unlock(thread, queue);
		if (core.driver.busyError) {
			core.probe.emit(tracepoint.busyError, thread.id, submitter.command, 0);
			submitter.slotsChecked = 0;
			core.pool.release(submitter.command);
			this.submitted(thread, submitter, queue);
		} else if (this.owesNotify(queue)) {
			this.notify(thread, after.waitForRoom);
		} else {
			this.waitForRoom(thread, submitter, queue, true);
		}
	}

	/** wait_event(ack_queue, num_free >= wanted): looks first, and on the list's lock goes on the list if it must. */
	private waitForRoom(thread: Thread, submitter: Submitter, queue: GpuQueue, first: boolean): void {
		const {core} = this;
		if (first && queue.ring.numFree >= submitter.slotsWanted) {
			this.retry(thread, submitter, queue);
			return;
		}

		if (first) {
			core.probe.emit(tracepoint.roomWait, thread.id, queue.id, 0);
		}

		core.lockWaitQueue(thread, queue, step.waitLocked);
	}

	/** It is on the list and looks again before it sleeps. */
	private sleepForRoom(thread: Thread, submitter: Submitter, queue: GpuQueue): void {
		const {core} = this;
		core.unlockWaitQueue(thread, queue);
		if (queue.ring.numFree >= submitter.slotsWanted) {
			this.retry(thread, submitter, queue);
		} else {
			queue.sleepers[queue.sleeping++] = thread.id;
			core.sleep(thread, step.waitForRoom);
		}
	}

	/** There is room for what it waited for, which with the bug is less than what it looks for: then it comes back at once. */
	private retry(thread: Thread, submitter: Submitter, queue: GpuQueue): void {
		const {core} = this;
		const hot = core.driver.waitBug && queue.ring.numFree < submitter.slotsChecked;
		core.work(thread, hot ? Math.max(core.costs.recheck.draw(), leastRecheck) : 0, step.submit);
	}

	/** The driver leaves doorbells to virtio_gpu_notify, or has done so until its policy was changed. */
	private owesNotify(queue: GpuQueue): boolean {
		return queue.id === 0 && (this.core.driver.batched || queue.pendingCommands > 0);
	}

	/** The command is on its way: notify if the client says so here, then the next one. */
	private submitted(thread: Thread, submitter: Submitter, queue: GpuQueue): void {
		const {current, position} = submitter;
		submitter.command = -1;
		const last = position === current.types.length;
		if (this.owesNotify(queue) && (current.notify === notifyRule.each || (current.notify === notifyRule.end && last))) {
			this.notify(thread, after.nextCommand);
		} else {
			this.core.work(thread, 0, step.nextCommand);
		}
	}
}

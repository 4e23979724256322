import {logarithm} from '../engine/logarithm.js';
import {type Thread} from '../cpu/thread.js';
import {type ClientSpec} from '../parameters/configuration.js';
import {tracepoint} from '../tracepoints/tracepoints.js';
import {waitRule} from './batch.js';
import {type Driver} from './driver.js';
import {type GuestPart} from './guest-part.js';
import {type GuestCore} from './guest-core.js';
import {type Responses} from './responses.js';
import {step} from './step.js';
import {clientKind, type Submitter} from './submitter.js';

/**
What the clients do around their submissions: rounds of their loops, when they are due
(closed, open, paced), the commands they make, what they wait for, and their pauses.
*/
export class Rounds implements GuestPart {
	private readonly core: GuestCore;
	private readonly submitters: readonly Submitter[];
	private readonly driver: Driver;
	private readonly responses: Responses;

	constructor(core: GuestCore, submitters: readonly Submitter[], driver: Driver, responses: Responses) {
		this.core = core;
		this.submitters = submitters;
		this.driver = driver;
		this.responses = responses;
	}

	/** Starts the client thread at time 0. */
	start(thread: Thread): void {
		const submitter = this.submitters[thread.id];
		thread.step = step.beginRound;
		if (submitter.kind === clientKind.open) {
			this.armArrival(submitter);
		}

		this.core.wake(thread, 0, -1);
	}

	/**
	Keys of clients have changed. What waits for an arrival or for its vblank waits by the new rate;
	all else acts at its next use.
	*/
	clientsChanged(clients: readonly ClientSpec[]): void {
		const {loop} = this.core;
		for (const submitter of this.submitters) {
			const before = submitter.interval;
			submitter.update(clients[submitter.client]);
			const {interval} = submitter;
			if (interval === before) {
				continue;
			}

			if (submitter.kind === clientKind.open) {
				const left = submitter.arrivalWait - (loop.now - submitter.arrivalFrom) / before;
				this.awaitArrival(submitter, left > 0 ? left : 0);
			} else if (loop.queue.isArmed(submitter.pauseTimer) && submitter.hungry) {
				submitter.vblank = Math.ceil(loop.now / interval) * interval;
				loop.queue.arm(submitter.pauseTimer, submitter.vblank);
			}
		}
	}

	step(thread: Thread): void {
		const submitter = this.submitters[thread.id];
		switch (thread.step) {
			case step.beginRound: {
				this.beginRound(thread, submitter);
				break;
			}

			case step.nextCommand: {
				if (submitter.position === submitter.current.types.length) {
					this.core.work(thread, this.write(submitter), step.endBatch);
				} else {
					this.makeCommand(thread, submitter);
				}

				break;
			}

			case step.endBatch: {
				this.waitForBatch(thread, submitter);
				break;
			}

			case step.batchWaited: {
				this.endBatch(thread, submitter);
				break;
			}

			case step.waitForRound: {
				this.waitForRound(thread, submitter);
				break;
			}

			case step.endRound: {
				submitter.batch = 0;
				submitter.position = 0;
				this.pause(thread, submitter, submitter.think.sample(submitter.thinkRanks.uniform()), step.beginRound);
				break;
			}

			default: {
				throw new Error(`client thread ${thread.id} has no step ${thread.step}`);
			}
		}
	}

	/** A pause, the time until a vblank, or that of a wait is over. */
	pauseEnded(id: number): void {
		this.submitters[id].waitingFor = 0;
		this.core.wake(this.core.cpus.threads[id], this.core.costs.contextSwitch.draw(), -1);
	}

	/** Arrivals of an open client. */
	arrived(id: number): void {
		const submitter = this.submitters[id];
		for (let i = 0; i < submitter.burst; i++) {
			submitter.arrive(this.core.loop.now);
		}

		this.armArrival(submitter);
		if (submitter.hungry) {
			submitter.hungry = false;
			this.core.wake(this.core.cpus.threads[id], this.core.costs.contextSwitch.draw(), -1);
		}
	}

	private beginRound(thread: Thread, submitter: Submitter): void {
		const {now} = this.core.loop;
		switch (submitter.kind) {
			case clientKind.open: {
				if (submitter.backlogCount === 0) {
					submitter.hungry = true;
					this.core.sleep(thread, step.beginRound);
					return;
				}

				submitter.due = submitter.takeArrival();
				break;
			}

			case clientKind.paced: {
				if (!submitter.hungry) {
					// One frame a vblank, the next one that is not past.
					const vblank = Math.ceil(now / submitter.interval) * submitter.interval;
					submitter.vblank =
						vblank > submitter.vblank
							? vblank
							: Math.floor(submitter.vblank / submitter.interval + 1) * submitter.interval;
					if (submitter.vblank > now) {
						submitter.hungry = true;
						this.core.loop.queue.arm(submitter.pauseTimer, submitter.vblank);
						this.core.sleep(thread, step.beginRound);
						return;
					}
				}

				submitter.hungry = false;
				submitter.due = submitter.vblank;
				break;
			}

			default: {
				submitter.due = now;
			}
		}

		this.core.work(thread, 0, step.nextCommand);
	}

	/** A step that writes dirties a page and takes its time; any other is over. */
	private write({current}: Submitter): number {
		if (!current.writes) {
			return 0;
		}

		this.core.dirtyPages++;
		return this.driver.writeTime();
	}

	private makeCommand(thread: Thread, submitter: Submitter): void {
		const {core, driver} = this;
		const {pool} = core;
		const {current} = submitter;
		const command = driver.allocate();
		const type = current.types[submitter.position];
		const fenced = current.fenced === 1 || driver.fencesAlways(type) ? 1 : 0;
		const first = submitter.batch === 0 && submitter.position === 0;
		const last = submitter.batch === submitter.loop.length - 1 && submitter.position === current.types.length - 1;
		submitter.queue = current.queue;
		submitter.command = command;
		pool.type[command] = type;
		pool.queue[command] = current.queue;
		pool.out[command] = current.out[submitter.position];
		pool.thread[command] = thread.id;
		pool.context[command] = submitter.client;
		pool.fenced[command] = fenced;
		pool.objects[command] = current.objects;
		pool.kib[command] = current.kib;
		submitter.position++;
		// The same number of draws for every command, so that streams stay paired between settings.
		const prepareRank = submitter.prepareRanks.uniform();
		pool.serviceRank[command] = submitter.serviceRanks.uniform();
		pool.gpuRank[command] = submitter.gpuRanks.uniform();
		pool.ownService[command] = current.service.at(pool.serviceRank[command]);
		pool.ownGpuTime[command] = current.gpuTime.at(pool.gpuRank[command]);
		pool.responseRank[command] = submitter.responseRanks.uniform();
		pool.frame[command] = submitter.kind === clientKind.paced && last ? submitter.client + 1 : 0;
		pool.frameDue[command] = submitter.due;
		const due = submitter.kind === clientKind.open || first ? submitter.due : core.loop.now;
		core.probe.emit(tracepoint.commandStarted, thread.id, command, due);
		// At least 1 ns, so that a client whose commands are all refused does not stop time.
		const prepare = current.prepare.sample(prepareRank, core.costs.prepare[type]);
		core.work(thread, prepare > 0 ? prepare : 1, driver.entry(current.queue));
	}

	/** The step's own wait: dma_fence_wait, or with a timeout dma_fence_wait_timeout. */
	private waitForBatch(thread: Thread, submitter: Submitter): void {
		const {wait, timeout} = submitter.current;
		if (wait === waitRule.none || this.responses.isOver(submitter, wait)) {
			this.endBatch(thread, submitter);
			return;
		}

		submitter.waitingFor = wait;
		if (timeout > 0) {
			this.core.loop.after(submitter.pauseTimer, timeout);
		}

		this.core.sleep(thread, step.batchWaited);
	}

	private endBatch(thread: Thread, submitter: Submitter): void {
		const {think, pauses} = submitter.current;
		const pause = pauses ? think.sample(submitter.thinkRanks.uniform()) : 0;
		if (submitter.batch + 1 < submitter.loop.length) {
			submitter.batch++;
			submitter.position = 0;
			this.pause(
				thread,
				submitter,
				submitter.current.atVblank ? this.untilVblank(submitter, pause) : pause,
				step.nextCommand,
			);
		} else {
			this.pause(thread, submitter, pause, step.waitForRound);
		}
	}

	/** From now to the first vblank at or after the end of a pause, ns. */
	private untilVblank({interval}: Submitter, pause: number): number {
		const {now} = this.core.loop;
		return Math.ceil((now + pause) / interval) * interval - now;
	}

	private waitForRound(thread: Thread, submitter: Submitter): void {
		if (submitter.wait === waitRule.none || this.responses.isOver(submitter, submitter.wait)) {
			this.core.work(thread, 0, step.endRound);
		} else {
			submitter.waitingFor = submitter.wait;
			this.core.sleep(thread, step.endRound);
		}
	}

	private pause(thread: Thread, submitter: Submitter, duration: number, next: number): void {
		if (duration > 0) {
			this.core.loop.after(submitter.pauseTimer, duration);
			this.core.sleep(thread, next);
		} else {
			this.core.work(thread, 0, next);
		}
	}

	private armArrival(submitter: Submitter): void {
		this.awaitArrival(submitter, -logarithm(submitter.arrivalRanks.uniform()));
	}

	/** The next arrival comes after so many mean waits. */
	private awaitArrival(submitter: Submitter, wait: number): void {
		submitter.arrivalWait = wait;
		submitter.arrivalFrom = this.core.loop.now;
		this.core.loop.after(submitter.arrivalTimer, Math.floor(submitter.interval * wait + 0.5));
	}
}

import {type Observer} from '../engine/probe.js';
import {type Simulation} from '../simulation/simulation.js';
import {lockRole, tracepoint} from '../tracepoints/tracepoints.js';
import {assemble} from './assemble.js';
import {Causes} from './causes.js';
import {CommandTracker} from './command-tracker.js';
import {queueCounter} from './counters.js';
import {EventCounts} from './event-counts.js';
import {LockTracker} from './lock-tracker.js';
import {MachineTracker} from './machine-tracker.js';
import {type Metrics} from './metrics.js';
import {RingTracker} from './ring-tracker.js';
import {RunFacts} from './run-facts.js';
import {RunReading} from './run-reading.js';
import {WindowSeries} from './window-series.js';

/** Complete windows that are kept for charts. */
const windowsKept = 8192;

/**
Measures a run: counts, integrals, histograms and the stages of every command, as docs/contract.md,
sections 4 and 5 define them. It watches the tracepoints; the model does not know it.
Attach it at time 0, so that nothing is missed.
*/
export class Recorder implements Observer {
	readonly windows: WindowSeries;
	readonly commands: CommandTracker;
	readonly rings: readonly [RingTracker, RingTracker];
	readonly machine: MachineTracker;
	private readonly simulation: Simulation;
	private readonly facts: RunFacts;
	private readonly counters: Float64Array;
	/** The counters at the last restart, and when that was. */
	private readonly base: Float64Array;
	private baseTime = 0;
	private readonly locks: readonly [LockTracker, LockTracker];
	private readonly causes: Causes;
	private readonly counts: EventCounts;
	/** By vCPU: when its last doorbell write started. */
	private readonly doorbells: Float64Array;
	private windowEnd: number;

	/** `window`: length of the windows, ns; `kept`: how many of them are kept. */
	constructor(simulation: Simulation, window: number, kept = windowsKept) {
		const {guest} = simulation.state;
		const vcpus = guest.core.cpus.cpus.length;
		const threads = guest.core.cpus.threads.length;
		this.simulation = simulation;
		this.facts = new RunFacts(simulation);
		const {layout} = this.facts;
		this.counters = new Float64Array(layout.length);
		this.base = new Float64Array(layout.length);
		this.locks = [new LockTracker(this.counters, layout.queue(0), threads), new LockTracker(this.counters, layout.queue(1), threads)];
		const ring = (queue: number): RingTracker => new RingTracker(this.counters, layout.queue(queue), guest.core.queues[queue].ring.numFree);
		this.rings = [ring(0), ring(1)];
		this.machine = new MachineTracker(this.counters, layout);
		this.commands = new CommandTracker(this.counters, [layout.queue(0), layout.queue(1)], threads);
		this.causes = new Causes(simulation, this.commands, this.counters, layout);
		this.counts = new EventCounts(this.counters, layout, this.commands);
		this.doorbells = new Float64Array(vcpus);
		this.windows = new WindowSeries(this.facts, window, kept);
		this.windowEnd = window;
	}

	/** Zeroes all accumulators now; open intervals are cut here. Charts keep their windows. */
	restart(): void {
		this.advance(this.simulation.now);
		this.settle(this.simulation.now);
		this.base.set(this.counters);
		this.baseTime = this.simulation.now;
		this.facts.restart();
		this.causes.restart([this.commands.latency[0].bucketEnd, this.commands.latency[1].bucketEnd]);
		this.commands.restart();
		for (const queue of [0, 1] as const) {
			this.locks[queue].restart();
			this.rings[queue].restart();
		}
	}

	/** All metrics since the last restart, at the simulation's time. */
	metrics(): Metrics {
		const {now} = this.simulation;
		this.advance(now);
		this.settle(now);
		const {rings} = this;
		return assemble(this.facts.plan, new RunReading({
			facts: this.facts,
			duration: now - this.baseTime,
			grown: place => this.counters[place] - this.base[place],
			extremes: queue => rings[queue].since,
			distributions: {
				hold: [this.locks[0].hold, this.locks[1].hold],
				wait: [this.locks[0].wait, this.locks[1].wait],
				runs: this.causes.runs,
				commands: this.commands,
				waits: this.causes.waits,
				pauses: this.causes.pauses,
				frames: this.causes.frames.times,
				now,
			},
		})) as Metrics;
	}

	/** Commands answered since the last restart (control queue; cursor if there is no other). */
	get answered(): number {
		return this.commands.latency[0].count + this.commands.latency[1].count;
	}

	/** When the last restart was, ns. */
	get since(): number {
		return this.baseTime;
	}

	/** ns since the last restart. */
	get duration(): number {
		return this.simulation.now - this.baseTime;
	}

	/** Closes the windows that end at or before `time`. An event at the end of a window belongs to the next one. */
	advance(time: number): void {
		while (time >= this.windowEnd) {
			this.settle(this.windowEnd);
			this.windows.close(this.counters, this.rings[0].window, this.rings[1].window);
			this.rings[0].nextWindow();
			this.rings[1].nextWindow();
			this.windowEnd += this.windows.window;
		}
	}

	observe(point: number, time: number, actor: number, subject: number, value: number): void {
		if (time >= this.windowEnd) {
			this.advance(time);
		}

		const {commands, counters, locks, rings} = this;
		switch (point) {
			case tracepoint.commandStarted: {
				commands.started(time, actor, subject, value, this.simulation.state.pool.queue[subject]);
				break;
			}

			case tracepoint.lockCalled: {
				if (value === lockRole.submit) {
					commands.lockCalled(time, actor);
				}

				break;
			}

			case tracepoint.lockContended: {
				locks[subject].contended(time, actor, value);
				break;
			}

			case tracepoint.lockAcquired: {
				locks[subject].acquired(time, actor, value);
				if (value === lockRole.submit) {
					commands.lockReturned(time, actor);
				} else if (value === lockRole.worker) {
					commands.workLocked(time, subject);
				}

				break;
			}

			case tracepoint.lockReleased: {
				locks[subject].released(time);
				break;
			}

			case tracepoint.lockHalted: {
				locks[subject].halt(time, actor);
				break;
			}

			case tracepoint.lockResumed: {
				locks[subject].resume(time, actor);
				break;
			}

			case tracepoint.noRoom: {
				commands.noRoom(subject);
				break;
			}

			case tracepoint.roomWait: {
				this.count(subject, queueCounter.fullWaits);
				break;
			}

			case tracepoint.busyError: {
				this.count(commands.queueOf(subject), queueCounter.busyErrors);
				break;
			}

			case tracepoint.freeAtAdd: {
				counters[this.facts.layout.queue(subject) + queueCounter.freeAtAdd] += value;
				this.count(subject, queueCounter.adds);
				break;
			}

			case tracepoint.published: {
				const queue = commands.queueOf(subject);
				commands.published(time, subject);
				rings[queue].change(time, value, 1);
				this.count(queue, queueCounter.submitted);
				break;
			}

			case tracepoint.kickPrepared: {
				if (value === 2) {
					this.count(subject, queueCounter.suppressed);
				}

				break;
			}

			default: {
				this.observeHost(point, time, actor, subject, value);
			}
		}

		this.counts.observe(point, time, actor, subject, value);
		this.causes.observe(point, time, actor, subject, value);
	}

	private observeHost(point: number, time: number, actor: number, subject: number, value: number): void {
		const {commands, locks, machine} = this;
		switch (point) {
			case tracepoint.doorbellStarted: {
				this.count(subject, queueCounter.kicks);
				if ((value & 1) === 1) {
					this.count(subject, queueCounter.forced);
				}

				this.doorbells[value >> 1] = time;
				locks[subject].doorbell(actor, (value & 1) === 1);
				break;
			}

			case tracepoint.doorbellDelivered: {
				if (value === 0) {
					commands.delivered(time, subject, actor < 0 ? time : this.doorbells[actor]);
				}

				break;
			}

			case tracepoint.doorbellReturned: {
				locks[subject].doorbellReturned(actor);
				break;
			}

			case tracepoint.passStarted: {
				commands.passStarted(time, subject);
				break;
			}

			case tracepoint.popped: {
				commands.popped(subject);
				break;
			}

			case tracepoint.serviceStarted: {
				commands.serviceStarted(time, subject);
				break;
			}

			case tracepoint.fenceQueued: {
				commands.fenceQueued(time, subject);
				break;
			}

			case tracepoint.usedPublished: {
				commands.used(time, subject);
				break;
			}

			case tracepoint.exit: {
				machine.exit(subject);
				break;
			}

			case tracepoint.vcpuState: {
				machine.vcpuState(time, actor, subject);
				break;
			}

			case tracepoint.mainLoopOnCpu: {
				machine.mainLoopOnCpu(time, value);
				break;
			}

			case tracepoint.bqlContended: {
				machine.bqlContended(time);
				break;
			}

			case tracepoint.bqlAcquired: {
				machine.bqlAcquired(time, subject, value);
				break;
			}

			case tracepoint.bqlReleased: {
				machine.bqlReleased(time);
				break;
			}

			default: {
				this.observeCompletion(point, time, actor, subject, value);
			}
		}
	}

	private observeCompletion(point: number, time: number, actor: number, subject: number, value: number): void {
		const {commands, rings} = this;
		switch (point) {
			case tracepoint.msiSent: {
				this.count(subject, queueCounter.msis);
				break;
			}

			case tracepoint.irqEntered: {
				this.count(subject, queueCounter.irqs);
				if (value === 0) {
					this.count(subject, queueCounter.spurious);
				}

				commands.irqEntered(time, subject);
				break;
			}

			case tracepoint.workQueued: {
				if (value === 0) {
					commands.workQueued(subject);
				}

				break;
			}

			case tracepoint.workStarted: {
				this.count(subject, queueCounter.workerRuns);
				commands.workStarted(time, subject);
				break;
			}

			case tracepoint.reaped: {
				const queue = commands.queueOf(subject);
				commands.reaped(subject);
				rings[queue].change(time, value, -1);
				this.count(queue, queueCounter.workerBuffers);
				break;
			}

			case tracepoint.workDrained: {
				commands.workDrained(time, subject);
				break;
			}

			case tracepoint.responded: {
				this.count(commands.queueOf(subject), queueCounter.completed);
				commands.responded(time, subject);
				break;
			}

			case tracepoint.reset: {
				if (value === 0) {
					this.ringsRenewed(time);
				}

				break;
			}

			default: {
				break;
			}
		}
	}

	/** A device reset has put new rings in place, perhaps of another size. */
	private ringsRenewed(time: number): void {
		this.facts.settle();
		for (const queue of [0, 1] as const) {
			this.rings[queue].change(time, this.simulation.state.guest.core.queues[queue].ring.numFree, 0);
		}
	}

	private count(queue: number, counter: number): void {
		this.counters[this.facts.layout.queue(queue) + counter]++;
	}

	private settle(time: number): void {
		this.locks[0].settle(time);
		this.locks[1].settle(time);
		this.rings[0].settle(time);
		this.rings[1].settle(time);
		this.machine.settle(time);
		this.causes.settle(time);
	}
}

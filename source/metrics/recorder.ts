import {captureState, restoreState, type StateImage} from '../engine/state-image.js';
import {type Simulation} from '../simulation/simulation.js';
import {type Instrument, type Observer} from '../tracepoints/observer.js';
import {lockRole, tracepointNames} from '../tracepoints/tracepoints.js';
import {assemble} from './assemble.js';
import {Causes} from './causes.js';
import {CommandTracker} from './command-tracker.js';
import {queueCounter} from './counters.js';
import {eventCounts} from './event-counts.js';
import {LockTracker} from './lock-tracker.js';
import {MachineTracker} from './machine-tracker.js';
import {type Metrics} from './metrics.js';
import {RingTracker} from './ring-tracker.js';
import {RunFacts} from './run-facts.js';
import {RunReading} from './run-reading.js';
import {WindowSeries} from './window-series.js';

/** What a recorder knows at a moment of its run: how many windows were complete, and all else. */
export type RecorderImage = {readonly windows: number; readonly state: StateImage};

/** Complete windows that are kept for charts. */
const windowsKept = 8192;

/**
Measures a run: counts, integrals, histograms and the stages of every command, as docs/contract.md,
sections 4 and 5 define them. It watches the tracepoints; the model does not know it.
Attach it at time 0, so that nothing is missed.
*/
export class Recorder implements Instrument {
	readonly observers: readonly Observer[];
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
	/** By vCPU: when its last doorbell write started. */
	private readonly doorbells: Float64Array;
	private windowEnd: number;

	/** `window`: length of the windows, ns; `kept`: how many of them are kept. */
	constructor(simulation: Simulation, window: number, kept = windowsKept) {
		const {guest} = simulation.state;
		const vcpus = guest.core.cpus.cpus.length;
		const threads = guest.core.roles.owners;
		this.simulation = simulation;
		this.facts = new RunFacts(simulation);
		const {layout} = this.facts;
		this.counters = new Float64Array(layout.length);
		this.base = new Float64Array(layout.length);
		this.locks = [
			new LockTracker(this.counters, layout.queue(0), threads),
			new LockTracker(this.counters, layout.queue(1), threads),
		];
		const ring = (queue: number): RingTracker =>
			new RingTracker(this.counters, layout.queue(queue), guest.core.queues.at(queue)?.ring.numFree ?? 0);
		this.rings = [ring(0), ring(1)];
		this.machine = new MachineTracker(this.counters, layout);
		this.commands = new CommandTracker(this.counters, [layout.queue(0), layout.queue(1)], threads);
		this.causes = new Causes(simulation, this.commands, this.counters, layout);
		this.doorbells = new Float64Array(vcpus);
		this.windows = new WindowSeries(this.facts, window, kept);
		this.windowEnd = window;
		this.observers = [
			this.clock(),
			this.submission(),
			this.host(),
			this.completion(),
			eventCounts(this.counters, layout, this.commands),
			this.causes.observer(),
		];
	}

	/** What it knows but the windows, which are history, and the run, which has an image of its own. */
	image(): RecorderImage {
		return {
			windows: this.windows.end,
			state: captureState(this, [this.windows, this.simulation, this.simulation.state.guest.submitters]),
		};
	}

	/** Goes to an image of a recorder of the same plan, when the simulation does. Windows from there on are taken back. */
	restore({windows, state}: RecorderImage): void {
		restoreState(this, state, [this.windows, this.simulation, this.simulation.state.guest.submitters]);
		this.windows.rewind(windows);
	}

	/** Shares the windows of another recorder of the same plan, before its image is restored here. */
	share({windows}: Recorder): void {
		this.windows.share(windows);
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
		return assemble(
			this.facts.plan,
			new RunReading({
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
			}),
		) as Metrics;
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

	/** Closes windows before anything else is told of a tracepoint, whichever it is. */
	private clock(): Observer {
		const tick = (time: number): void => {
			if (time >= this.windowEnd) {
				this.advance(time);
			}
		};

		return Object.fromEntries(tracepointNames.map(name => [name, tick]));
	}

	private submission(): Observer {
		const {
			commands,
			counters,
			locks,
			rings,
			facts: {layout},
		} = this;
		const {pool} = this.simulation.state;
		return {
			commandStarted(time, thread, command, due) {
				commands.started(time, thread, command, due, pool.queue[command]);
			},
			lockCalled(time, thread, _queue, role) {
				if (role === lockRole.submit) {
					commands.lockCalled(time, thread);
				}
			},
			lockContended(time, thread, queue, role) {
				locks[queue].contended(time, thread, role);
			},
			lockAcquired(time, thread, queue, role) {
				locks[queue].acquired(time, thread, role);
				if (role === lockRole.submit) {
					commands.lockReturned(time, thread);
				} else if (role === lockRole.worker) {
					commands.workLocked(time, queue);
				}
			},
			lockReleased(time, _thread, queue) {
				locks[queue].released(time);
			},
			lockHalted(time, thread, queue) {
				locks[queue].halt(time, thread);
			},
			lockResumed(time, thread, queue) {
				locks[queue].resume(time, thread);
			},
			noRoom(_time, _thread, command) {
				commands.noRoom(command);
			},
			roomWait: (_time, _thread, queue) => {
				this.count(queue, queueCounter.fullWaits);
			},
			busyError: (_time, _thread, command) => {
				this.count(commands.queueOf(command), queueCounter.busyErrors);
			},
			freeAtAdd: (_time, _thread, queue, numFree) => {
				counters[layout.queue(queue) + queueCounter.freeAtAdd] += numFree;
				this.count(queue, queueCounter.adds);
			},
			published: (time, _thread, command, numFree) => {
				const queue = commands.queueOf(command);
				commands.published(time, command);
				rings[queue].change(time, numFree, 1);
				this.count(queue, queueCounter.submitted);
			},
			kickPrepared: (_time, _thread, queue, answer) => {
				if (answer === 2) {
					this.count(queue, queueCounter.suppressed);
				}
			},
		};
	}

	private host(): Observer {
		const {commands, locks, machine, doorbells} = this;
		return {
			doorbellStarted: (time, thread, queue, vcpuAndForced) => {
				const forced = (vcpuAndForced & 1) === 1;
				this.count(queue, queueCounter.kicks);
				if (forced) {
					this.count(queue, queueCounter.forced);
				}

				doorbells[vcpuAndForced >> 1] = time;
				locks[queue].doorbell(thread, forced);
			},
			doorbellDelivered(time, vcpu, queue, lost) {
				if (lost === 0) {
					commands.delivered(time, queue, vcpu < 0 ? time : doorbells[vcpu]);
				}
			},
			doorbellReturned(_time, thread, queue) {
				locks[queue].doorbellReturned(thread);
			},
			passStarted(time, _server, queue) {
				commands.passStarted(time, queue);
			},
			popped(_time, _server, command) {
				commands.popped(command);
			},
			serviceStarted(time, _server, command) {
				commands.serviceStarted(time, command);
			},
			fenceQueued(time, _server, command) {
				commands.fenceQueued(time, command);
			},
			usedPublished(time, _server, command) {
				commands.used(time, command);
			},
			exit(_time, _vcpu, kind) {
				machine.exit(kind);
			},
			vcpuState(time, vcpu, state) {
				machine.vcpuState(time, vcpu, state);
			},
			mainLoopOnCpu(time, _server, _nothing, on) {
				machine.mainLoopOnCpu(time, on);
			},
			bqlContended(time) {
				machine.bqlContended(time);
			},
			bqlAcquired(time, _thread, holder, contended) {
				machine.bqlAcquired(time, holder, contended);
			},
			bqlReleased(time) {
				machine.bqlReleased(time);
			},
		};
	}

	private completion(): Observer {
		const {commands, rings} = this;
		return {
			msiSent: (_time, _server, queue) => {
				this.count(queue, queueCounter.msis);
			},
			irqEntered: (time, _vcpu, queue, found) => {
				this.count(queue, queueCounter.irqs);
				if (found === 0) {
					this.count(queue, queueCounter.spurious);
				}

				commands.irqEntered(time, queue);
			},
			workQueued(_time, _vcpu, queue, pending) {
				if (pending === 0) {
					commands.workQueued(queue);
				}
			},
			workStarted: (time, _thread, queue) => {
				this.count(queue, queueCounter.workerRuns);
				commands.workStarted(time, queue);
			},
			reaped: (time, _thread, command, numFree) => {
				const queue = commands.queueOf(command);
				commands.reaped(command);
				rings[queue].change(time, numFree, -1);
				this.count(queue, queueCounter.workerBuffers);
			},
			workDrained(time, _thread, queue) {
				commands.workDrained(time, queue);
			},
			responded: (time, _thread, command) => {
				this.count(commands.queueOf(command), queueCounter.completed);
				commands.responded(time, command);
			},
			reset: (time, _actor, _subject, begins) => {
				if (begins === 0) {
					this.ringsRenewed(time);
				}
			},
		};
	}

	/** A device reset has put new rings in place, perhaps of another size. */
	private ringsRenewed(time: number): void {
		this.facts.settle();
		for (const queue of [0, 1] as const) {
			this.rings[queue].change(time, this.simulation.state.guest.core.queues.at(queue)?.ring.numFree ?? 0, 0);
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

import {type Alarm} from '../engine/probe.js';
import {captureState, restoreState, type StateImage} from '../engine/state-image.js';
import {type Simulation} from '../simulation/simulation.js';
import {type Instrument, type Observer} from '../tracepoints/observer.js';
import {holdDoubles} from '../engine/double-fields.js';
import {assemble, evaluate} from './assemble.js';
import {Causes} from './causes.js';
import {CommandTracker} from './command-tracker.js';
import {eventCounts} from './event-counts.js';
import {type WrittenRows} from './history.js';
import {LockTracker} from './lock-tracker.js';
import {MachineTracker} from './machine-tracker.js';
import {type MetricValue} from './metric-path.js';
import {type Metrics} from './metrics.js';
import {recorderObserver} from './recorder-observer.js';
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
export class Recorder implements Instrument, Alarm {
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
		this.causes = new Causes(simulation, this.counters, layout);
		this.doorbells = new Float64Array(vcpus);
		this.windows = new WindowSeries(this.facts, window, kept);
		this.windowEnd = window;
		holdDoubles(this, 'baseTime', 'windowEnd');
		this.observers = [
			recorderObserver({
				counters: this.counters,
				layout,
				pool: simulation.state.pool,
				commands: this.commands,
				locks: this.locks,
				rings: this.rings,
				machine: this.machine,
				causes: this.causes,
				doorbells: this.doorbells,
				renewRings: time => {
					this.ringsRenewed(time);
				},
			}),
			eventCounts(this.counters, layout, this.commands),
		];
	}

	/**
	What it knows but the windows, which are history, and the run, which has an image of its own.
	*/
	image(): RecorderImage {
		return {
			windows: this.windows.end,
			state: captureState(this, [this.windows, this.simulation, this.simulation.state.guest.submitters]),
		};
	}

	/**
	Goes to an image of a recorder of the same plan, when the simulation does.
	Windows from there on are taken back.
	*/
	restore({windows, state}: RecorderImage): void {
		restoreState(this, state, [this.windows, this.simulation, this.simulation.state.guest.submitters]);
		this.windows.rewind(windows);
	}

	/**
	Shares the windows of another recorder of the same plan, before its image is restored here.
	*/
	share({windows}: Recorder): void {
		this.windows.share(windows);
	}

	/** Its windows. */
	memory(): WrittenRows {
		return this.windows.memory();
	}

	recall(rows: WrittenRows): void {
		this.windows.recall(rows);
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
		return assemble(this.facts.plan, this.reading()) as Metrics;
	}

	/**
	Some metrics since the last restart, by path, in the unit of the JSON: all of them take a tenth
	of a short run. Null where one is not defined, or a run of this kind has none of that name.
	*/
	figures(paths: readonly string[]): Record<string, MetricValue> {
		const reading = this.reading();
		return Object.fromEntries(
			paths.map(path => {
				const planned = this.facts.plan.at(path);
				const figure = planned === undefined ? null : evaluate(planned, reading);
				return [path, Number.isFinite(figure) ? figure : null];
			}),
		);
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

	/** Windows are closed before anybody is told of a tracepoint, whichever it is. */
	get alarm(): Alarm {
		return this;
	}

	/** When the window under way ends, ns. */
	get due(): number {
		return this.windowEnd;
	}

	ring(time: number): void {
		this.advance(time);
	}

	/**
	Closes the windows that end at or before `time`. An event at the end of a
	window belongs to the next one.
	*/
	advance(time: number): void {
		while (time >= this.windowEnd) {
			this.settle(this.windowEnd);
			this.windows.close(this.counters, this.rings[0].window, this.rings[1].window);
			this.rings[0].nextWindow();
			this.rings[1].nextWindow();
			this.windowEnd += this.windows.window;
		}
	}

	/** A device reset has put new rings in place, perhaps of another size. */
	private ringsRenewed(time: number): void {
		this.facts.settle();
		for (const queue of [0, 1] as const) {
			this.rings[queue].change(time, this.simulation.state.guest.core.queues.at(queue)?.ring.numFree ?? 0, 0);
		}
	}

	/** The stretch since the last restart, up to the simulation's time. */
	private reading(): RunReading {
		const {now} = this.simulation;
		this.advance(now);
		this.settle(now);
		const {rings} = this;
		return new RunReading({
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
		});
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

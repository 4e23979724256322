import {type Metrics} from '../metrics/metrics.js';
import {Recorder} from '../metrics/recorder.js';
import {type WindowSeries} from '../metrics/window-series.js';
import {type Change} from '../parameters/configuration.js';
import {type RunPlan} from '../simulation/plan.js';
import {checkInvariants} from '../simulation/invariants.js';
import {Simulation} from '../simulation/simulation.js';
import {AtomicSleeps} from '../tracking/atomic-sleeps.js';
import {sizesOf} from '../tracking/sizes.js';
import {type AtomicSleepReport, atomicSleepReports} from './atomic-sleep-words.js';
import {type StallReport, stallReport, StallWatch} from './stall-report.js';
import {type Stretch, StretchCutter} from './stretches.js';

/**
Events of a run at most, unless it says otherwise: days of a usual machine, an end where
costs of zero let no time pass.
*/
export const defaultBudget = 10_000_000_000;

/** Events of a block: reports have the event hash after each. */
export const blockEvents = 65_536;

/** How often a run looks for a stall, ns of simulated time. */
const stallPeriod = 10_000_000;

export type RunOptions = RunPlan & {
	/** Length of the windows, ns; default 1 ms. */
	readonly window?: number;
	/** Events at most, warm-up included; default `defaultBudget`. */
	readonly budget?: number;
	/** Called for each complete window after the warm-up. */
	readonly onWindow?: (window: {
		readonly index: number;
		readonly windows: WindowSeries;
		readonly changes: readonly Change[];
	}) => void;
	/** Checks the invariants after every event: slow. A breach is a fault of ours and throws. */
	readonly check?: boolean;
	/** Told of the simulation before its first event, to attach observers. */
	readonly prepare?: (simulation: Simulation) => void;
};

/** What a run came to. Times in ns. */
export type RunOutcome = {
	/** Of the whole measured time, whatever was changed in it. */
	readonly metrics: Metrics;
	/** The measured time cut at the changes; none in a run without changes. */
	readonly stretches: readonly Stretch[];
	/** Simulated after the warm-up. */
	readonly measured: number;
	readonly events: number;
	readonly eventHash: string;
	/** The event hash after each `blockEvents` events. */
	readonly hashes: readonly string[];
	readonly end: 'duration' | 'stall' | 'budget' | 'interrupted';
	readonly unfinished: number;
	readonly stall: StallReport | null;
	/** Steps that may sleep, taken with a spinlock held, by function and lock. */
	readonly sleeps: readonly AtomicSleepReport[];
	readonly windows: WindowSeries;
	/** The first window of the measured time. */
	readonly firstWindow: number;
	readonly simulation: Simulation;
};

/**
A run under way: from time 0 to the end of its duration or to a stall, measured after the
warm-up. Changes act after every event before their time and before any at it. `advance`
may be called in pieces of any size; the pieces change nothing.
*/
export class Run {
	readonly simulation: Simulation;
	readonly recorder: Recorder;
	private readonly options: RunOptions;
	private readonly watch: StallWatch;
	private readonly sleeps: AtomicSleeps;
	private readonly cutter: StretchCutter | null;
	private readonly changes: readonly Change[];
	private readonly firstWindow: number;
	private readonly end: number;
	private readonly budget: number;
	private readonly hashes: string[] = [];
	private nextChange = 0;
	private reported: number;
	private measuring = false;
	private result: RunOutcome['end'] | null = null;

	constructor(options: RunOptions) {
		this.options = options;
		this.simulation = new Simulation(options.configuration, options.seed);
		this.recorder = new Recorder(this.simulation, options.window ?? 1_000_000);
		this.simulation.observe(this.recorder);
		this.cutter = options.changes.length === 0 ? null : new StretchCutter(this.simulation);
		this.watch = new StallWatch(this.simulation);
		this.sleeps = new AtomicSleeps(sizesOf(this.simulation));
		this.simulation.observe(this.sleeps);
		options.prepare?.(this.simulation);
		this.end = options.warmup + options.duration;
		this.budget = options.budget ?? defaultBudget;
		this.changes = options.changes.toSorted((a, b) => a.at - b.at);
		this.firstWindow = this.recorder.windows.indexAt(options.warmup + this.recorder.windows.window - 1);
		this.reported = this.firstWindow;
	}

	/** Share of the run that is done, 0 to 1. */
	get progress(): number {
		return Math.max(this.simulation.now / this.end, this.simulation.events / this.budget);
	}

	/** Runs about `budget` events more; true when the run has ended. */
	advance(budget: number): boolean {
		const {simulation} = this;
		let left = budget;
		while (this.result === null && left > 0) {
			this.changeAndMeasure();
			if (simulation.now >= this.end) {
				this.result = 'duration';
				break;
			}

			const before = simulation.events;
			if (before >= this.budget) {
				this.result = 'budget';
				break;
			}

			const toBlock = (this.hashes.length + 1) * blockEvents - before;
			const reached = this.runTo(this.nextStop(), Math.min(left, this.budget - before, toBlock));
			left -= Math.max(1, simulation.events - before);
			if (simulation.events - before === toBlock) {
				this.hashes.push(simulation.eventHash());
			}

			if (reached) {
				this.report();
				if (simulation.stall() !== null) {
					this.result = 'stall';
				}
			}
		}

		return this.result !== null;
	}

	/** What the run has come to so far; `interrupted` when it has not ended. */
	outcome(): RunOutcome {
		const {simulation, recorder, options} = this;
		return {
			metrics: recorder.metrics(),
			stretches: this.cutter?.stretches() ?? [],
			measured: Math.max(0, simulation.now - options.warmup),
			events: simulation.events,
			eventHash: simulation.eventHash(),
			hashes: this.hashes,
			end: this.result ?? 'interrupted',
			unfinished: simulation.unfinished,
			stall: stallReport(simulation, this.watch),
			sleeps: atomicSleepReports(simulation, this.sleeps.found),
			windows: recorder.windows,
			firstWindow: this.firstWindow,
			simulation,
		};
	}

	private changeAndMeasure(): void {
		const {simulation, changes, options} = this;
		while (this.nextChange < changes.length && changes[this.nextChange].at <= simulation.now) {
			this.cutter?.apply(changes[this.nextChange++].set);
		}

		if (!this.measuring && simulation.now >= options.warmup) {
			this.recorder.restart();
			this.cutter?.measure();
			this.measuring = true;
		}
	}

	/** The next time at which the run has something to do. */
	private nextStop(): number {
		const {simulation, changes, options} = this;
		let stop = Math.min(this.end, (Math.floor(simulation.now / stallPeriod) + 1) * stallPeriod);
		stop = this.measuring ? stop : Math.min(stop, options.warmup);
		return this.nextChange < changes.length ? Math.min(stop, changes[this.nextChange].at) : stop;
	}

	private runTo(time: number, budget: number): boolean {
		const {simulation} = this;
		if (this.options.check !== true) {
			return simulation.runUntil(time, budget);
		}

		for (let left = budget; left > 0; left--) {
			const before = simulation.events;
			if (simulation.runUntil(time, 1)) {
				return true;
			}

			if (simulation.events > before) {
				checkInvariants(simulation.state);
			}
		}

		return false;
	}

	private report(): void {
		const {recorder, simulation, options} = this;
		recorder.advance(simulation.now);
		const {windows} = recorder;
		for (; options.onWindow !== undefined && this.reported < windows.end; this.reported++) {
			const from = windows.startOf(this.reported);
			options.onWindow({
				index: this.reported,
				windows,
				changes: this.changes.filter(({at}) => at >= from && at < from + windows.window),
			});
		}
	}
}

/** Makes a run in one go. */
export function runSimulation(options: RunOptions): RunOutcome {
	const run = new Run(options);
	while (!run.advance(Infinity)) {
		// A budget without limit ends with the run.
	}

	return run.outcome();
}

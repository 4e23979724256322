import {type Metrics} from '../metrics/metrics.js';
import {Recorder} from '../metrics/recorder.js';
import {type WindowSeries} from '../metrics/window-series.js';
import {type Change} from '../parameters/configuration.js';
import {type RunPlan} from '../simulation/plan.js';
import {Simulation} from '../simulation/simulation.js';
import {type StallReport, stallReport, StallWatch} from './stall-report.js';

/** How often a run looks for a stall, ns of simulated time. */
const stallPeriod = 10_000_000;

export type RunOptions = RunPlan & {
	/** Length of the windows, ns; default 1 ms. */
	readonly window?: number;
	/** Called for each complete window after the warm-up. */
	readonly onWindow?: (window: {readonly index: number; readonly windows: WindowSeries; readonly changes: readonly Change[]}) => void;
	/** Called now and then; false ends the run where it is. */
	readonly goOn?: (share: number) => boolean;
	/** Told of the simulation before its first event, to attach observers. */
	readonly prepare?: (simulation: Simulation) => void;
};

/** What a run came to. Times in ns. */
export type RunOutcome = {
	readonly metrics: Metrics;
	/** Simulated after the warm-up. */
	readonly measured: number;
	readonly events: number;
	readonly eventHash: string;
	readonly end: 'duration' | 'stall' | 'interrupted';
	readonly unfinished: number;
	readonly stall: StallReport | null;
	readonly windows: WindowSeries;
	/** The first window of the measured time. */
	readonly firstWindow: number;
	readonly simulation: Simulation;
};

/** Events between two looks at whether to go on. */
const chunk = 200_000;

/**
Runs a plan from time 0 to the end of its duration, or to a stall, and measures what came
after the warm-up. Changes act after every event before their time and before any at it.
*/
export function runSimulation(options: RunOptions): RunOutcome {
	const {configuration, seed, warmup, duration, onWindow} = options;
	const simulation = new Simulation(configuration, seed);
	const recorder = new Recorder(simulation, options.window ?? 1_000_000);
	simulation.observe(recorder);
	const watch = new StallWatch(simulation);
	options.prepare?.(simulation);
	const end = warmup + duration;
	const changes = [...options.changes].sort((a, b) => a.at - b.at);
	let nextChange = 0;
	let reported = recorder.windows.indexAt(warmup + recorder.windows.window - 1);
	const firstWindow = reported;
	let measuring = warmup === 0;
	let result: RunOutcome['end'] = 'duration';
	const report = (): void => {
		recorder.advance(simulation.now);
		const {windows} = recorder;
		for (; onWindow !== undefined && reported < windows.end; reported++) {
			const from = windows.startOf(reported);
			onWindow({index: reported, windows, changes: changes.filter(({at}) => at >= from && at < from + windows.window)});
		}
	};

	for (;;) {
		while (nextChange < changes.length && changes[nextChange].at <= simulation.now) {
			simulation.apply(changes[nextChange++].set);
		}

		if (!measuring && simulation.now >= warmup) {
			recorder.restart();
			measuring = true;
		}

		if (simulation.now >= end) {
			break;
		}

		let target = Math.min(end, (Math.floor(simulation.now / stallPeriod) + 1) * stallPeriod);
		target = measuring ? target : Math.min(target, warmup);
		target = nextChange < changes.length ? Math.min(target, changes[nextChange].at) : target;
		let goOn = true;
		while (goOn && !simulation.runUntil(target, chunk)) {
			goOn = options.goOn?.(simulation.now / end) ?? true;
		}

		report();
		if (goOn && options.goOn?.(simulation.now / end) === false) {
			goOn = false;
		}

		if (!goOn) {
			result = 'interrupted';
			break;
		}

		if (simulation.stall() !== null) {
			result = 'stall';
			break;
		}
	}

	return {
		metrics: recorder.metrics(),
		measured: Math.max(0, simulation.now - warmup),
		events: simulation.events,
		eventHash: simulation.eventHash(),
		end: result,
		unfinished: simulation.unfinished,
		stall: stallReport(simulation, watch),
		windows: recorder.windows,
		firstWindow,
		simulation,
	};
}

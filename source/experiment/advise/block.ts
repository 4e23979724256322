import {Recorder} from '../../metrics/recorder.js';
import {metricPaths} from '../../metrics/metric-path.js';
import {Run} from '../../run/run.js';
import {type Configuration} from '../../simulation/configuration.js';
import {withChange} from '../../simulation/parameters/change.js';
import {Simulation} from '../../simulation/simulation.js';
import {type GivenParameters} from '../../simulation/parameters/resolve.js';
import {type Replication} from '../compare/figures.js';

/** Times of a block, ns. */
export type BlockLength = {
	/** From an empty machine to the fork. */
	readonly warmup: number;
	/** From the fork to the first figure: what the change stirred up is over. */
	readonly settle: number;
	readonly duration: number;
	/** Of the time before the first fault, what is left out: faults come so much earlier. */
	readonly skip?: number;
	/**
	Events after which each of these times is over early, in all runs alike: a change may let a
	machine do a hundred times as much. Left out where times are of frames or faults.
	*/
	readonly enough?: number;
};

/**
One seed: the run as it is, and for each set a run that differs from it in that only. JSON,
so that a worker can be asked.
*/
export type BlockTask = {
	readonly configuration: Configuration;
	readonly seed: number;
	readonly length: BlockLength;
	/**
	From time 0 in all runs, as `vqlab run` makes them: with faults, which come at their
	times, and where a run stalls.
	*/
	readonly whole: boolean;
	/** Events of a run at most. */
	readonly budget: number;
	readonly sets: readonly GivenParameters[];
	/** All begin with their set; else what acts at its next use is changed in a fork. */
	readonly fromStart: boolean;
	/** Metrics that are wanted of the runs with a set; of the run as it is all are. */
	readonly paths: readonly string[];
	/** The run as it is is wanted too; another task of the seed may have made it. */
	readonly withBase: boolean;
};

/** Figures of the same simulated time, paired by it. */
export type Block = {
	readonly seed: number;
	/** Null where it was not wanted. */
	readonly base: Replication | null;
	readonly sides: readonly Replication[];
};

/** Windows of a recorder: none is looked at. */
const windowsKept = 2;

/** Parts of a time at whose ends it is asked whether there were enough events. */
const parts = 64;

/**
Makes the runs of a block. A change that acts at its next use is made in a fork of the
running state; one that needs a device reset or a new run is made at time 0, so that its
reset is not what is measured.
*/
export function runBlock(task: BlockTask): Block {
	const {seed, sets, whole, fromStart, withBase} = task;
	const configuration = withFaultsEarlier(task.configuration, task.length.skip ?? 0);
	if (whole) {
		return {
			seed,
			base: withBase ? wholeRun(configuration, task) : null,
			sides: sets.map(set => wholeRun(withChange(configuration, set).configuration, task)),
		};
	}

	const isForked = (set: GivenParameters): boolean =>
		!fromStart && withChange(configuration, set).effect === 'next-use';
	const forked = sets.map(set => isForked(set));
	const machine = withBase || forked.includes(true) ? start(configuration, task) : undefined;
	const fork = machine && {simulation: machine.simulation.checkpoint(), recorder: machine.recorder.image()};
	const base = withBase && machine !== undefined ? measured(machine, task, null) : null;
	return {
		seed,
		base,
		sides: sets.map((set, index) => {
			if (!forked[index] || machine === undefined || fork === undefined) {
				return measured(start(withChange(configuration, set).configuration, task), task, task.paths);
			}

			machine.simulation.restore(fork.simulation);
			machine.recorder.restore(fork.recorder);
			machine.simulation.apply(set);
			return measured(machine, task, task.paths);
		}),
	};
}

/** Faults as long after one another, the first of them so much sooner. */
function withFaultsEarlier(configuration: Configuration, skip: number): Configuration {
	return skip === 0
		? configuration
		: {...configuration, faults: configuration.faults.map(fault => ({...fault, at: fault.at - skip}))};
}

/** A run with what measures it. */
type Machine = {readonly simulation: Simulation; readonly recorder: Recorder};

/** A machine that is warm. */
function start(configuration: Configuration, {seed, length, budget}: BlockTask): Machine {
	const simulation = new Simulation(configuration, seed);
	const recorder = new Recorder(simulation, length.duration, windowsKept);
	simulation.observe(recorder);
	pass(simulation, length.warmup, {length, budget});
	return {simulation, recorder};
}

/** Lets a time pass, or enough events; false when the budget or the machine came to its end. */
function pass(
	simulation: Simulation,
	time: number,
	{length: {enough}, budget}: Pick<BlockTask, 'length' | 'budget'>,
): boolean {
	const {now, events} = simulation;
	if (enough === undefined) {
		return simulation.runUntil(now + time, budget);
	}

	for (let part = 1; part <= parts; part++) {
		if (!simulation.runUntil(now + Math.round((time * part) / parts), budget)) {
			return false;
		}

		if (simulation.events - events >= enough) {
			break;
		}
	}

	return true;
}

/** `paths`: null for all metrics. */
function measured({simulation, recorder}: Machine, task: BlockTask, paths: readonly string[] | null): Replication {
	const {settle, duration} = task.length;
	const before = simulation.events;
	const isSettled = pass(simulation, settle, task);
	recorder.restart();
	const whole = isSettled && pass(simulation, duration, task);
	return {
		figures: paths === null ? Object.fromEntries(metricPaths(recorder.metrics())) : recorder.figures(paths),
		eventHash: simulation.eventHash(),
		events: simulation.events - before,
		stall: simulation.stall()?.kind ?? null,
		whole,
	};
}

function wholeRun(
	configuration: Configuration,
	{seed, length: {warmup, settle, duration}, budget}: BlockTask,
): Replication {
	const run = new Run({
		configuration,
		seed,
		warmup: warmup + settle,
		duration,
		changes: [],
		window: duration,
		budget,
	});
	while (!run.advance(Infinity)) {
		// The run ends with its duration, its budget or a stall.
	}

	const {metrics, eventHash, events, stall, end, measured: time, sleeps} = run.outcome();
	// A run that stalls is short: what it did counts over the time that it was to take.
	const share = duration === 0 ? 1 : time / duration;
	return {
		figures: {
			...Object.fromEntries(metricPaths(metrics)),
			'throughput.completed': metrics.throughput.completed * share,
			stalls: stall === null ? 0 : 1,
			sleepsInAtomic: sleeps.reduce((sum, {count}) => sum + count, 0),
		},
		eventHash,
		events,
		stall: stall?.text ?? null,
		whole: end === 'duration',
	};
}

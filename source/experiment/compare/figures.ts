import {metricPaths} from '../../metrics/metric-path.js';
import {type Configuration} from '../../simulation/configuration.js';
import {Run} from '../../run/run.js';

/** The metrics of a run by path, in the unit of the JSON; null where one has no meaning there. */
export type Figures = Readonly<Record<string, number | null>>;

/**
Figures of whole runs that are no metrics, and have rows all the same: runs that stall, and steps
that may sleep taken with a spinlock held.
*/
export const runFigures: ReadonlySet<string> = new Set(['stalls', 'sleepsInAtomic']);

/** One run of one side. */
export type Replication = {
	readonly figures: Figures;
	readonly eventHash: string;
	readonly events: number;
	/** What stands still, when the run stalled. */
	readonly stall: string | null;
	/** It ended where it was to end: by its duration. */
	readonly whole: boolean;
};

/** How long the runs of a comparison are, ns. */
export type RunLength = {readonly warmup: number; readonly duration: number};

/** Both sides with one seed, on common random numbers. JSON, so that a worker can be asked. */
export type PairTask = {
	/** A side that is not to be run (it is known from a baseline) is null. */
	readonly sides: readonly [Configuration | null, Configuration | null];
	readonly seed: number;
	readonly length: RunLength;
	/** Events of a run at most. */
	readonly budget: number;
};

export type Pair = {readonly seed: number; readonly sides: readonly [Replication | null, Replication | null]};

/** Makes one run. */
export function replicate(
	configuration: Configuration,
	{seed, length: {warmup, duration}, budget}: Omit<PairTask, 'sides'>,
): Replication {
	const run = new Run({
		configuration,
		seed,
		warmup,
		duration,
		changes: [],
		window: duration,
		budget,
	});
	while (!run.advance(Infinity)) {
		// The run ends with its duration, its budget or a stall.
	}

	const {metrics, eventHash, events, stall, end} = run.outcome();
	return {
		figures: Object.fromEntries(metricPaths(metrics)),
		eventHash,
		events,
		stall: stall?.text ?? null,
		whole: end === 'duration',
	};
}

/** Makes the runs of a pair. */
export function runPair({sides: [a, b], ...task}: PairTask): Pair {
	return {seed: task.seed, sides: [a === null ? null : replicate(a, task), b === null ? null : replicate(b, task)]};
}

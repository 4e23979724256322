import {type Metrics} from '../../metrics/metrics.js';
import {type AtomicSleepReport} from '../../run/atomic-sleep-words.js';
import {Run, type RunOutcome} from '../../run/run.js';
import {type StallReport} from '../../run/stall-report.js';
import {type Configuration} from '../../simulation/configuration.js';
import {type BlockLength} from './block.js';

/**
What a first run shows: what there is to give advice on, and how long runs have to be. Times in ns.
*/
export type Pilot = {
	readonly metrics: Metrics;
	readonly stall: StallReport | null;
	readonly sleeps: readonly AtomicSleepReport[];
	/** A second of simulated time. */
	readonly events: number;
	readonly commands: number;
	/** Runs are to be made whole, from time 0 in the preset's own length. */
	readonly whole: boolean;
};

/** Events after which enough is known. */
const enoughEvents = 400_000;
const firstWarmup = 50_000_000;

/**
Commands that a machine needs to be in its usual state, about; and those after which what a change
stirred up is over.
*/
const startingCommands = 300;
const settlingCommands = 100;
const shortestWarmup = 10_000_000;
const shortestSettle = 4_000_000;
const shortest = 10_000_000;
const longest = 2_000_000_000;
const second = 1_000_000_000;

/** Makes the first run. */
export function pilotRun(configuration: Configuration, seed: number): Pilot {
	const {warmup, duration} = configuration.parameters;
	const hasFaults = configuration.faults.length > 0;
	const make = (before: number, budget: number): RunOutcome => {
		const run = new Run({configuration, seed, warmup: before, duration, changes: [], window: duration, budget});
		while (!run.advance(Infinity)) {
			// The run ends with its duration, its budget or a stall.
		}

		return run.outcome();
	};

	const first = hasFaults ? undefined : make(Math.min(warmup, firstWarmup), enoughEvents);
	const outcome = first?.end === 'budget' ? first : make(warmup, Infinity);
	const {metrics, stall, sleeps, events, simulation} = outcome;
	return {
		metrics,
		stall,
		sleeps,
		events: (events / Math.max(1, simulation.now)) * second,
		commands: metrics.throughput.completed + (metrics.cursor?.throughput.completed ?? 0),
		whole: hasFaults || stall !== null || sleeps.length > 0,
	};
}

/**
Times of a block in which a run has about so many events. A block is at most the preset's own
duration, and holds ten frames of a paced client.
*/
export function lengthFor(configuration: Configuration, pilot: Pilot, events: number): BlockLength {
	const own = configuration.parameters;
	if (pilot.whole) {
		return {warmup: own.warmup, settle: 0, duration: own.duration};
	}

	const timeFor = (commands: number, least: number): number =>
		Math.min(own.warmup, Math.max(least, upToMillisecond((commands / Math.max(1, pilot.commands)) * second)));
	const settle = timeFor(settlingCommands, shortestSettle);
	const slowest = Math.min(...configuration.clients.map(({hz = Infinity}) => hz));
	const frames = Number.isFinite(slowest) ? (10 / slowest) * second : 0;
	const time = (events / Math.max(1, pilot.events)) * second - settle;
	return {
		warmup: timeFor(startingCommands, shortestWarmup),
		settle,
		duration: Math.min(own.duration, longest, Math.max(shortest, upToMillisecond(time), upToMillisecond(frames))),
	};
}

function upToMillisecond(time: number): number {
	return Math.ceil(time / 1_000_000) * 1_000_000;
}

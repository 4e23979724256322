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
const enoughEvents = 200_000;
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
const millisecond = 1_000_000;
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
duration, and holds ten frames of a paced client; where it can whole frames of all of them, and of
what comes every few frames: else each block has the same part too much, and the intervals of what
is counted in frames are narrow beside the truth.
*/
export function lengthFor(
	configuration: Configuration,
	pilot: Pick<Pilot, 'events' | 'commands' | 'whole'>,
	events: number,
): BlockLength {
	const own = configuration.parameters;
	if (pilot.whole) {
		return {warmup: own.warmup, settle: 0, duration: own.duration};
	}

	const timeFor = (commands: number, least: number): number =>
		Math.min(own.warmup, Math.max(least, upTo(millisecond, (commands / Math.max(1, pilot.commands)) * second)));
	const settle = timeFor(settlingCommands, shortestSettle);
	const rates = configuration.clients.flatMap(({hz}) => (hz === undefined ? [] : [hz]));
	const frames = rates.length === 0 ? 0 : (10 / Math.min(...rates)) * second;
	const time = (events / Math.max(1, pilot.events)) * second - settle;
	return {
		warmup: timeFor(startingCommands, shortestWarmup),
		settle,
		duration: Math.min(own.duration, longest, inWholeFrames(rates, Math.max(shortest, time, frames))),
	};
}

/** A time of whole frames, the next whole second or tenth of one where that is not far, ns. */
function inWholeFrames(rates: readonly number[], time: number): number {
	const frames = wholeFrames(rates);
	const round = [second, second / 10].find(step => step % frames === 0 && time > step / 2);
	return upTo(rates.length === 0 ? millisecond : (round ?? frames), time);
}

/** The shortest time of whole milliseconds and whole frames of all these rates, ns; at most 1 s. */
function wholeFrames(rates: readonly number[]): number {
	for (let time = millisecond; time <= second; time += millisecond) {
		if (rates.every(hz => (time * hz) % second === 0)) {
			return time;
		}
	}

	return millisecond;
}

function upTo(step: number, time: number): number {
	return Math.ceil(time / step) * step;
}

import {type Metrics} from '../../metrics/metrics.js';
import {type AtomicSleepReport} from '../../run/atomic-sleep-words.js';
import {lastingFaults} from '../../parameters/configuration.js';
import {Run, type RunOutcome} from '../../run/run.js';
import {type StallReport} from '../../run/stall-report.js';
import {type Configuration} from '../../simulation/configuration.js';
import {ringSizeKey} from '../../simulation/devices.js';
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
/** Events in the shortest block beyond which these times give way, down to half of them. */
const denseEvents = 8000;
/**
Frames of a paced client, or periods of a fault, in a block: so many, or as many as have these
events.
*/
const mostCycles = 10;
const fewestCycles = 2;
const eventsOfCycles = 15_000;
/** Of the present ring: a fault is survived when so many slots do not fill. */
const ringsToFill = 24;
/**
Events after which a warm-up or a block is over, however short: no less, and so many times those of
a block.
*/
const enoughInBlock = 20_000;
const timesThoseOfBlock = 2;
const millisecond = 1_000_000;
const second = 1_000_000_000;

/** Makes the first run. */
export function pilotRun(configuration: Configuration, seed: number): Pilot {
	const {warmup, duration} = configuration.parameters;
	const hasFaults = !isSteady(configuration);
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
duration, and holds ten frames of a paced client, or two where these have many events; where it can
whole frames of all of them, and of what comes every few frames: else each block has the same part
too much, and the intervals of what is counted in frames are narrow beside the truth. Faults that
come again and again are as frames.
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

	const perSecond = Math.max(1, pilot.events);
	const timeOf = (count: number): number => (count / perSecond) * second;
	const dense = Math.min(1, Math.max(0.5, timeOf(denseEvents) / shortest));
	const least = (time: number): number => upTo(millisecond, dense * time);
	const settle = timeForCommands(configuration, pilot, settlingCommands, least(shortestSettle));
	const cycles = cyclesOf(configuration);
	const cycle = Math.max(0, ...cycles);
	const frames = Math.min(mostCycles * cycle, Math.max(fewestCycles * cycle, timeOf(eventsOfCycles)));
	const time = Math.max(least(shortest), timeOf(events) - settle, frames);
	return {
		warmup: timeForCommands(configuration, pilot, startingCommands, least(shortestWarmup)),
		settle,
		duration: Math.min(own.duration, longest, inWholeCycles(cycles, time)),
		...(cycles.length === 0 ? {enough: Math.max(enoughInBlock, timesThoseOfBlock * events)} : {}),
	};
}

/**
Times of the runs of a block, those with faults or a stall included. A fault that comes once comes
as soon as the machine is in its usual state, and the run ends when what it does is seen: after a
fault that is survived half as long as it lasted, after one that is not when the largest ring
that advice tries would be full.
*/
export function blockLengthFor(
	configuration: Configuration,
	pilot: Pick<Pilot, 'events' | 'commands' | 'whole' | 'stall'>,
	events: number,
): BlockLength {
	const own = configuration.parameters;
	const {faults} = configuration;
	const length = lengthFor(configuration, pilot, events);
	const first = Math.min(...faults.map(({at}) => at));
	if (!pilot.whole || faults.length === 0 || first < own.warmup || faults.some(({every}) => every !== undefined)) {
		return length;
	}

	const last = Math.max(...faults.map(({at, for: time = 0}) => at + time));
	const warmup = timeForCommands(configuration, pilot, startingCommands, shortestWarmup);
	const before = Math.min(warmup, first - own.warmup);
	const skip = first - warmup - before;
	const tail =
		pilot.stall === null
			? (last - first) / 2 + warmup
			: (ringsToFill * own[ringSizeKey(own['device.kind'])] * second) / Math.max(1, pilot.commands);
	const end = Math.min(own.warmup + own.duration, last + upTo(millisecond, tail));
	return {warmup, settle: 0, duration: end - skip - warmup, skip};
}

/** Whatever faults there are come again and again, from the warm-up on, and are survived. */
function isSteady({faults, parameters: {warmup}}: Configuration): boolean {
	return faults.every(
		({kind, at, every, for: time = 0}) =>
			every !== undefined && at + time <= warmup && lastingFaults.includes(kind),
	);
}

/** At most the preset's own warm-up. */
function timeForCommands(
	{parameters: {warmup}}: Configuration,
	pilot: Pick<Pilot, 'commands'>,
	commands: number,
	least: number,
): number {
	return Math.min(warmup, Math.max(least, upTo(millisecond, (commands / Math.max(1, pilot.commands)) * second)));
}

/** Times after which the load of a machine is where it was, ns: frames, and periods of faults. */
function cyclesOf({clients, faults}: Configuration): readonly number[] {
	return [
		...clients.flatMap(({hz}) => (hz === undefined ? [] : [second / hz])),
		...faults.flatMap(({every}) => (every === undefined ? [] : [every])),
	];
}

/** A time of whole cycles, the next whole second or tenth of one where that is not far, ns. */
function inWholeCycles(cycles: readonly number[], time: number): number {
	const whole = wholeCycles(cycles);
	const round = [second, second / 10].find(step => step % whole === 0 && time > step / 2);
	return upTo(cycles.length === 0 ? millisecond : (round ?? whole), time);
}

/** The shortest time of whole milliseconds and of whole cycles of all, ns; at most 1 s. */
function wholeCycles(cycles: readonly number[]): number {
	for (let time = millisecond; time <= second; time += millisecond) {
		if (cycles.every(cycle => isWhole(time / cycle))) {
			return time;
		}
	}

	return millisecond;
}

/** But for the rounding of a frame of 1/60 s. */
function isWhole(count: number): boolean {
	return Math.abs(count - Math.round(count)) < 1e-9;
}

function upTo(step: number, time: number): number {
	return Math.ceil(time / step) * step;
}

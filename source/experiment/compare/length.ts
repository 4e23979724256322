import {type Configuration} from '../../simulation/configuration.js';
import {Run} from '../../run/run.js';
import {settledAfter} from '../../statistics/warm-up.js';
import {type RunLength} from './figures.js';

/** What the user said of the length; ns. */
export type GivenLength = {readonly warmup?: number; readonly duration?: number};

/** The length of the runs, with how it came about in words. */
export type ChosenLength = RunLength & {readonly words: string};

/** A seed of no replication: the choice must not rest on the runs that are compared. */
const pilotSeed = 4_000_000_007;
const window = 1_000_000;
const longestPilot = 1_000_000_000;

/** Commands of a run, so that a p99 rests on fifty. */
const enough = 5000;
const shortest = 100_000_000;
const step = 10_000_000;
const series = ['throughput.completed', 'ring.numFree.mean', 'lock.contentionShare'] as const;

const upToStep = (time: number): number => Math.ceil(time / step) * step;

type Pilot = {
	/** Ns until all series have settled; null when one does not. */
	readonly settled: number | null;
	/** Commands a second after that. */
	readonly rate: number;
};

/**
Chooses warm-up and length for both sides together: the later of their MSER-5 cuts, and time for
5,000 commands of the slower one, 100 ms at least, the configuration's own duration at most. Faults
come at times of their own, so that configurations with faults keep the length that they have.
*/
export function lengthFor(sides: readonly Configuration[], given: GivenLength): ChosenLength {
	const own: RunLength = {
		warmup: Math.max(...sides.map(side => Number(side.parameters.warmup))),
		duration: Math.max(...sides.map(side => Number(side.parameters.duration))),
	};
	if (given.warmup !== undefined && given.duration !== undefined) {
		return {warmup: given.warmup, duration: given.duration, words: 'as given'};
	}

	if (sides.some(({faults}) => faults.length > 0)) {
		return {
			warmup: given.warmup ?? own.warmup,
			duration: given.duration ?? own.duration,
			words: "the preset's own: its faults come at their times",
		};
	}

	const pilots = sides.map(side => pilot(side, Math.min(longestPilot, own.warmup + own.duration)));
	const settled = pilots.map(entry => entry.settled).filter(time => time !== null);
	const unsettled = settled.length < pilots.length;
	const warmup = given.warmup ?? (unsettled ? own.warmup : Math.max(step, upToStep(Math.max(...settled))));
	const slowest = Math.min(...pilots.map(({rate}) => rate));
	const needed = slowest > 0 ? (enough / slowest) * 1e9 : own.duration;
	const duration = given.duration ?? Math.min(own.duration, Math.max(shortest, upToStep(needed), 10 * warmup));
	return {
		warmup,
		duration,
		words: [
			given.warmup === undefined
				? unsettled
					? "warm-up the preset's own, as no steady state was found"
					: 'warm-up found by MSER-5'
				: 'warm-up as given',
			given.duration === undefined ? `length for ${enough} commands` : 'length as given',
		].join(', '),
	};
}

function pilot(configuration: Configuration, duration: number): Pilot {
	const values = series.map((): number[] => []);
	const run = new Run({
		configuration,
		seed: pilotSeed,
		warmup: 0,
		duration,
		changes: [],
		window,
		onWindow({index, windows}) {
			for (const [place, column] of series.entries()) {
				values[place].push(windows.value(column, index, index + 1) ?? 0);
			}
		},
	});
	while (!run.advance(Infinity)) {
		// The run ends with its duration or a stall.
	}

	const cuts = values.map(column => settledAfter(column));
	const whole = cuts.filter(cut => cut !== null);
	const {metrics} = run.outcome();
	return {
		settled: whole.length < cuts.length ? null : Math.max(...whole) * window,
		rate: metrics.throughput.completed,
	};
}

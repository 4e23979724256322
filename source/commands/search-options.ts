import {UserError} from '../errors/user-error.js';
import {lengthFor, type Pilot} from '../experiment/advise/pilot.js';
import {type RunLength} from '../experiment/compare/figures.js';
import {type Configuration} from '../simulation/configuration.js';
import {type FlagValues} from './flags.js';

/** Events of a run, about. */
const runEvents = 60_000;
const fewestRuns = 20;
const mostRuns = 1_000_000;

/** The runs that a search may have, from `--budget`. Throws `UserError`. */
export function runsOf(text: string | undefined, usual: number): number {
	const runs = text === undefined ? usual : /^\d{1,9}$/v.test(text) ? Number(text) : 0;
	if (runs < fewestRuns || runs > mostRuns) {
		throw new UserError(`--budget ${text} is no whole number from ${fewestRuns} to ${mostRuns}`);
	}

	return runs;
}

/** Warm-up and length of a run of a search: for some events, or as given. */
export function lengthOf(
	configuration: Configuration,
	pilot: Pilot,
	{for: duration, warmup, set}: FlagValues,
	events = runEvents,
): RunLength {
	const chosen = lengthFor(configuration, pilot, events);
	const isGiven = (flag: string | undefined, key: string): boolean =>
		flag !== undefined || set.some(text => text.startsWith(`${key}=`));
	return {
		warmup: isGiven(warmup, 'warmup') ? configuration.parameters.warmup : chosen.warmup + chosen.settle,
		duration: isGiven(duration, 'duration') ? configuration.parameters.duration : chosen.duration,
	};
}

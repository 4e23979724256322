import {type Change, type ParameterValue} from '../parameters/configuration.js';
import {type Configuration} from '../simulation/configuration.js';
import {formatDuration} from '../parameters/duration.js';
import {parameter, parameters} from '../simulation/parameters/table.js';
import {formatValue, sameValue} from '../parameters/value.js';
import {shellWord} from '../report/shell-word.js';
import {clientEntries, givenValue} from './parameter-list.js';

/** A run as a list: what it began with and what was changed when. */
export type RunList = {
	readonly preset: string;
	/** What the preset says. */
	readonly original: Configuration;
	/** What the run began with. */
	readonly start: Configuration;
	readonly changes: readonly Change[];
	/** Where the user has cut the window, ns: what was before it is not to be measured. */
	readonly from: number;
	/** Simulated time of its end, ns. */
	readonly end: number;
	/**
	The event hash of the run up to a time, ns, with the version; undefined
	where a run would not end there.
	*/
	readonly hashAt?: (time: number) => string | undefined;
};

/** `key=value` as the command line reads it. */
export function assignment(key: string, value: ParameterValue): string {
	return `${key}=${formatValue(parameter(key), value)}`;
}

/** The shortest run that `vqlab run` makes, ns. */
const shortest = 1000;

/** These have flags of their own. */
const flagged = new Set(['seed', 'duration', 'warmup']);

/** Keys whose values differ, but those that have flags of their own. */
export function setKeys(original: Configuration, start: Configuration): string[] {
	return [...parameters, ...clientEntries(start)]
		.map(entry => entry.key)
		.filter(key => !flagged.has(key) && !sameValue(givenValue(original, key), givenValue(start, key)));
}

/**
The command that repeats the run without a dashboard, event for event; what it
judges is what was shown at the end.
*/
export function shareLine(run: RunList): string {
	const {original, start, changes} = run;
	const seed = Number(start.parameters.seed);
	const begins = [Math.max(run.from, Number(start.parameters.warmup)), Number(start.parameters.warmup)];
	// Ended within its warm-up, a run has nothing else to measure.
	const warmup = begins.find(begin => run.end > begin + shortest) ?? 0;
	const words = ['vqlab', 'run', run.preset];
	for (const key of setKeys(original, start)) {
		words.push('--set', assignment(key, givenValue(start, key)));
	}

	for (const change of changes) {
		const sets = Object.entries(change.set).map(([key, value]) => assignment(key, value));
		words.push('--change', `${formatDuration(change.at)} ${sets.join(' ')}`);
	}

	const duration = Math.max(shortest, Math.floor(run.end - warmup));
	words.push('--seed', String(seed), '--for', formatDuration(duration), '--warmup', formatDuration(warmup));
	const hash = run.hashAt?.(warmup + duration);
	if (hash !== undefined) {
		words.push('--expect', hash);
	}

	return words.map(word => shellWord(word)).join(' ');
}

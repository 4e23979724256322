import {defaultBudget} from '../run/run.js';
import {withChange} from '../simulation/parameters/change.js';
import {type Change} from '../parameters/configuration.js';
import {type Configuration} from '../simulation/configuration.js';
import {formatDuration} from '../parameters/duration.js';
import {parseChange, parseSets} from '../simulation/parameters/parse-set.js';
import {warningsFor} from '../simulation/parameters/resolve.js';
import {UserError} from '../errors/user-error.js';
import {configurationOf, type Preset} from '../presets/preset.js';
import {type Assertion, parseAssertion} from '../report/assertion.js';
import {type Expected, expectedOf} from './expect.js';
import {formatFlag} from './format-flag.js';
import {type FlagValues} from './flags.js';
import {settingsOf} from './settings.js';

const formats = ['text', 'json', 'ndjson', 'csv', 'markdown', 'html', 'gobench'] as const;

type Format = (typeof formats)[number];

/** Runs of one command at most: their reports are held in memory. */
const mostRuns = 10_000;

/** Events that are counted exactly, and more than anybody waits for. */
const mostEvents = 1_000_000_000_000_000;

/** Windows of a time series at most, for the same reason. */
const mostRows = 20_000;

/** All that `vqlab run` was asked for, checked. Times in ns. */
export type RunOptions = {
	/** As it was given: a name, a path or `-`. */
	readonly preset: string;
	readonly configuration: Configuration;
	readonly seed: number;
	readonly runs: number;
	readonly duration: number;
	readonly warmup: number;
	readonly window: number;
	/** Events of one run at most. */
	readonly budget: number;
	readonly changes: readonly Change[];
	readonly assertions: readonly Assertion[];
	/** The run that it must be; undefined: any. */
	readonly expected: Expected | undefined;
	readonly format: Format;
	readonly check: boolean;
	readonly untilStall: boolean;
	readonly warnings: readonly string[];
};

/** The formats in which several runs are reported. */
const severalFormats: ReadonlySet<Format> = new Set(['text', 'json', 'csv', 'gobench']);

/**
Checks the flags of `run` against each other and the preset.

@throws {UserError} for a value that is no such thing, or flags that contradict each other.
*/
export function runOptions(flags: FlagValues, name: string, preset: Preset): RunOptions {
	const format = formatFlag(flags.format, formats);
	const runs = runsOf(flags.runs);
	if (runs > 1 && !severalFormats.has(format)) {
		throw new UserError(
			`--format ${format} is of one run: with --runs ${runs} it is text, json, csv or gobench; drop --runs`,
		);
	}

	if (runs > 1 && flags.expect !== undefined) {
		throw new UserError('--expect is about one run: drop --runs');
	}

	if (flags.advise && (runs > 1 || format === 'csv' || format === 'ndjson')) {
		throw new UserError('--advise is about one run, as text, json or markdown: drop --runs, or use vqlab advise');
	}

	const configuration = configurationOf(preset, parseSets(settingsOf(flags)));
	const rows = configuration.parameters.duration / configuration.parameters.window;
	if ((format === 'csv' || format === 'ndjson') && rows > mostRows) {
		throw new UserError(
			`--format ${format} would have ${Math.round(rows)} rows, more than ${mostRows}: give a longer --window`,
		);
	}

	return {
		preset: name,
		configuration,
		seed: configuration.parameters.seed,
		runs,
		duration: configuration.parameters.duration,
		warmup: configuration.parameters.warmup,
		window: configuration.parameters.window,
		budget: budgetOf(flags.events),
		changes: changesOf(flags.change, configuration),
		assertions: flags.assert.map(text => parseAssertion(text)),
		expected: flags.expect === undefined ? undefined : expectedOf(flags.expect),
		format,
		check: flags.check,
		untilStall: flags.untilStall,
		warnings: warningsFor(configuration.parameters),
	};
}

function runsOf(text = '1'): number {
	const runs = /^\d{1,9}$/v.test(text) ? Number(text) : 0;
	if (runs < 1 || runs > mostRuns) {
		throw new UserError(`--runs ${text} is no whole number from 1 to ${mostRuns}`);
	}

	return runs;
}

/**
The events that a run may have, from `--events`.

@throws {UserError} for anything but a whole number from 1 to 10^15.
*/
export function budgetOf(text?: string): number {
	if (text === undefined) {
		return defaultBudget;
	}

	const events = /^\d{1,16}$/v.test(text) ? Number(text) : 0;
	if (events < 1 || events > mostEvents) {
		throw new UserError(`--events ${text} is no whole number from 1 to ${mostEvents}`);
	}

	return events;
}

/**
The changes in the order of their times, each of which the run will accept.

@throws {UserError} for a change that is none, comes too late or needs a new run.
*/
export function changesOf(texts: readonly string[], configuration: Configuration): Change[] {
	const end = configuration.parameters.warmup + configuration.parameters.duration;
	const changes = texts
		.map(text => ({text, change: parseChange(text)}))
		.toSorted((a, b) => a.change.at - b.change.at);
	let current = configuration;
	for (const {text, change} of changes) {
		if (change.at >= end) {
			throw new UserError(`--change '${text}' comes after the end of the run at ${formatDuration(end)}`);
		}

		const {configuration: changed, effect} = withChange(current, change.set);
		if (effect === 'restart') {
			throw new UserError(`--change '${text}' would need a new run from t = 0: give it with --set`);
		}

		current = changed;
	}

	return changes.map(({change}) => change);
}

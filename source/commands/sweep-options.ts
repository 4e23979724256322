import process from 'node:process';
import {UserError} from '../errors/user-error.js';
import {parseAxis} from '../experiment/sweep/axis.js';
import {type Goal, knownMetric, parseGoal} from '../experiment/sweep/pareto.js';
import {type Choice, makePlan, type Plan} from '../experiment/sweep/plan.js';
import {mostSamples} from '../experiment/sweep/sample.js';
import {parseShard, type Shard, shardFrom} from '../experiment/sweep/shard.js';
import {parameter} from '../simulation/parameters/table.js';
import {parseSets, parseSettings} from '../simulation/parameters/parse-set.js';
import {givenPreset} from '../presets/load-preset.js';
import {formatFlag} from './format-flag.js';
import {type FlagValues} from './flags.js';
import {defaultPreset} from './run.js';
import {budgetOf} from './run-options.js';
import {settingsOf} from './settings.js';

/** What `--format` may be. */
export const sweepFormats = ['text', 'json', 'ndjson', 'csv', 'markdown', 'svg', 'gobench', 'html'] as const;

export type SweepFormat = (typeof sweepFormats)[number];

/** What is shown of the results. */
export type ShownResults = {
	readonly format: SweepFormat;
	/** Metrics that were asked for, in their order; empty: the usual ones. */
	readonly metrics: readonly string[];
	readonly goals: readonly Goal[];
	readonly ascii: boolean;
};

/** All that `vqlab sweep` was asked for, checked. */
export type SweepOptions = {
	readonly plan: Plan;
	/** The part to make; null: the whole. */
	readonly shard: Shard | null;
	/** The variable of the environment that the part came from. */
	readonly shardFrom: string | null;
	/** Workers at most; undefined: one a core. */
	readonly workers: number | undefined;
	/** The results file. */
	readonly output: string | undefined;
	readonly shown: ShownResults;
};

const mostWorkers = 1024;

/**
Checks the flags of `sweep` against each other and the preset, and asks the model for each point.

@throws {UserError} for a value that is no such thing, or flags that contradict each other.
*/
export function sweepOptions(
	input: readonly string[],
	flags: FlagValues,
	environment: Readonly<Record<string, string | undefined>> = process.env,
): SweepOptions {
	const [name = defaultPreset] = input;
	const shown = shownResults(flags);
	const {output} = flags;
	if (output !== undefined && shown.format !== 'text' && shown.format !== 'ndjson') {
		throw new UserError(
			`--format ${shown.format}: --output of a sweep keeps its results as NDJSON; then vqlab merge ` +
				`${output} --format ${shown.format}`,
		);
	}

	const choice = choiceOf(flags);
	if (shown.format === 'svg' && shown.goals.length !== 2 && !isDrawable(choice)) {
		throw noPicture();
	}

	const own = flags.shard === undefined ? shardFrom(environment) : undefined;
	const workers = countOf('--workers', flags.workers, mostWorkers);
	const plan = makePlan({
		preset: givenPreset(name),
		base: parseSets(settingsOf(flags)),
		choice,
		runs: countOf('--runs', flags.runs, 10_000) ?? 1,
		budget: budgetOf(flags.events),
	});
	return {
		plan,
		shard: flags.shard === undefined ? (own?.shard ?? null) : parseShard(flags.shard),
		shardFrom: own?.from ?? null,
		workers,
		output,
		shown,
	};
}

/**
What the flags say of how results are shown.

@throws {UserError} for a format or a metric that there is not.
*/
export function shownResults(flags: FlagValues): ShownResults {
	const goals = flags.pareto.map(text => parseGoal(text));
	if (goals.length === 1) {
		throw new UserError(
			"--pareto: a front has two goals at least, as in --pareto 'max throughput.completed' --pareto 'min " +
				"latency.p99'",
		);
	}

	return {
		format: formatFlag(flags.format, sweepFormats),
		metrics: flags.metric.map(path => knownMetric(path, '--metric')),
		goals,
		ascii: flags.ascii,
	};
}

/** One for results that no picture is made of. */
export function noPicture(): UserError {
	return new UserError(
		'--format svg draws one or two axes of a grid, or the front of two goals (--pareto): this sweep has neither',
	);
}

function isDrawable(choice: Choice): boolean {
	const varied = choice.kind === 'grid' ? choice.axes.filter(({values}) => values.length > 1).length : 0;
	return varied === 1 || varied === 2;
}

function choiceOf({axis, point, sample}: FlagValues): Choice {
	if (point.length > 0) {
		if (axis.length > 0 || sample !== undefined) {
			throw new UserError('--point lists the points one by one: drop --axis and --sample, or --point');
		}

		return {kind: 'list', sets: point.map(text => pointOf(text))};
	}

	const axes = axis.map(text => parseAxis(text));
	if (axes.length === 0) {
		throw new UserError(
			'sweep: nothing varies: give --axis key=v1,v2 or --point "key=value …", as in --axis queue.size=16..1024*2',
		);
	}

	return sample === undefined ? {kind: 'grid', axes} : {kind: 'sample', axes, count: sampleCount(sample)};
}

function pointOf(text: string): ReturnType<typeof parseSettings> {
	const set = parseSettings(text);
	for (const key of Object.keys(set)) {
		if (parameter(key).group === 'run') {
			throw new UserError(
				`--point '${text}': all points of a sweep have the same ${key}; give it to all with --set`,
			);
		}
	}

	return set;
}

function sampleCount(text: string): number {
	const [, digits] = /^latin-hypercube:(\d{1,9})$/v.exec(text.trim()) ?? [];
	const count = digits === undefined ? 0 : Number(digits);
	if (count < 1 || count > mostSamples) {
		throw new UserError(`--sample ${text} is not latin-hypercube:N with N from 1 to ${mostSamples}`);
	}

	return count;
}

function countOf(flag: string, text: string | undefined, most: number): number | undefined {
	if (text === undefined) {
		return undefined;
	}

	const count = /^\d{1,9}$/v.test(text) ? Number(text) : 0;
	if (count < 1 || count > most) {
		throw new UserError(`${flag} ${text} is no whole number from 1 to ${most}`);
	}

	return count;
}

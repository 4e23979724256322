import {UserError} from '../errors/user-error.js';
import {checkGoal, parseGoal} from '../experiment/advise/goal.js';
import {lengthFor, pilotRun} from '../experiment/advise/pilot.js';
import {type RunLength} from '../experiment/compare/figures.js';
import {type Gate, parseGate} from '../experiment/compare/gate.js';
import {type Dimension, parseOver, type Point} from '../experiment/tune/space.js';
import {tune as search} from '../experiment/tune/tune.js';
import {metricAt} from '../metrics/metric-path.js';
import {type Metrics} from '../metrics/metrics.js';
import {sameValue} from '../parameters/value.js';
import {givenPreset} from '../presets/load-preset.js';
import {configurationOf} from '../presets/preset.js';
import {type TuneDocument, tuneJson, tuneText} from '../report/tune-report.js';
import {type Configuration} from '../simulation/configuration.js';
import {parseSets} from '../simulation/parameters/parse-set.js';
import {valueOf} from '../simulation/parameters/resolve-clients.js';
import {schema, version} from '../version.js';
import {pairKind} from '../work/kinds/pair.js';
import {withPool} from '../work/pool.js';
import {againWords} from './again.js';
import {resultOf} from './command-result.js';
import {type FlagValues} from './flags.js';
import {formatFlag} from './format-flag.js';
import {budgetOf} from './run-options.js';
import {settingsOf} from './settings.js';
import {type CommandContext, type CommandOutcome} from './verb.js';

/** Events of a run, about. */
const runEvents = 60_000;
const usualBudget = 300;
const fewestRuns = 20;
const mostRuns = 1_000_000;

/** `vqlab tune`: the best setting of some keys. Exit 1 when none meets the conditions. */
export async function tune(context: CommandContext): Promise<CommandOutcome> {
	const {input, line, interrupt, progress} = context;
	const {flags} = line;
	if (flags.adversary) {
		const {adversary} = await import('./adversary.js');
		return adversary(context);
	}

	const [name = 'seed-2019-kick-under-lock'] = input;
	const format = formatFlag(flags.format, ['text', 'json'] as const);
	if (flags.goal === undefined) {
		throw new UserError("tune: what is to be better? give --goal 'max throughput.completed', for example");
	}

	const goal = parseGoal(flags.goal);
	const constraints = flags.subjectTo.map(text => parseGate(text, '--subject-to'));
	const budget = runsOf(flags.budget, usualBudget);
	const preset = givenPreset(name);
	const shared = parseSets(settingsOf(flags));
	const baseline = configurationOf(preset, shared);
	const space = parseOver(flags.over, baseline);
	const {seed} = baseline.parameters;
	const pilot = pilotRun(baseline, seed);
	checkGoal(goal, pilot.metrics);
	checkConstraints(constraints, pilot.metrics);
	const length = lengthOf(baseline, pilot, flags);
	const report = await interrupt.during(async () =>
		withPool({}, async pool =>
			search({
				space,
				configurationWith: set => configurationOf(preset, {...shared, ...set}),
				seed,
				length,
				events: budgetOf(flags.events),
				goal,
				constraints,
				budget,
				asIs: pointOf(baseline, space),
				baseline,
				make: async tasks => pool.answers(pairKind, tasks, {signal: interrupt.stopped}),
				onRun(spent) {
					progress.show('tune', Math.min(1, spent / budget), `${spent} of ${budget} runs`);
				},
			}),
		),
	);
	const document: TuneDocument = {
		schema,
		vqlab: version,
		preset: preset.name,
		seed,
		goal,
		constraints,
		space,
		budget,
		length,
		report,
	};
	const again = againWords('tune', [name], flags);
	return resultOf(
		format === 'json' ? tuneJson(document) : tuneText(document, again, flags.ascii),
		report.infeasible && !report.interrupted
			? [
					`none of the ${report.looked} settings that were looked at meets ${constraints.map(({text}) => `'${text}'`).join(' and ')}`,
				]
			: [],
	);
}

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
	pilot: ReturnType<typeof pilotRun>,
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

function checkConstraints(constraints: readonly Gate[], metrics: Metrics): void {
	for (const {path, text} of constraints) {
		if ((metricAt(metrics, path) ?? null) === null) {
			throw new UserError(`--subject-to '${text}': a run of this preset has no ${path}`);
		}
	}
}

/** Where the configuration stands in the space; undefined when a value of it is none of those. */
function pointOf(configuration: Configuration, space: readonly Dimension[]): Point | undefined {
	const point = space.map(({key, values}) =>
		values.findIndex(value => sameValue(value, valueOf(configuration, key))),
	);
	return point.includes(-1) ? undefined : point;
}

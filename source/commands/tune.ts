import {UserError} from '../errors/user-error.js';
import {checkGoal, parseGoal} from '../experiment/advise/goal.js';
import {pilotRun} from '../experiment/advise/pilot.js';
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
import {formatFlag} from './format-flag.js';
import {budgetOf} from './run-options.js';
import {lengthOf, runsOf} from './search-options.js';
import {settingsOf} from './settings.js';
import {type CommandContext, type CommandOutcome} from './verb.js';

const usualBudget = 300;

/** `vqlab tune`: the best setting of some keys. Exit 1 when none meets the conditions. */
export async function tune({input, line, interrupt, progress}: CommandContext): Promise<CommandOutcome> {
	const {flags} = line;
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
					`none of the ${report.looked} settings that were looked at meets ` +
						`${constraints.map(({text}) => `'${text}'`).join(' and ')}`,
				]
			: [],
	);
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

import {fitText} from '../charts/fit-text.js';
import {UserError} from '../errors/user-error.js';
import {checkGoal, type Goal, parseGoal} from '../experiment/advise/goal.js';
import {pilotRun} from '../experiment/advise/pilot.js';
import {findWorst, type Loss} from '../experiment/tune/adversary.js';
import {parseOver} from '../experiment/tune/space.js';
import {surroundingsOf} from '../experiment/tune/surroundings.js';
import {formatDuration} from '../parameters/duration.js';
import {formatValue} from '../parameters/value.js';
import {givenPreset} from '../presets/load-preset.js';
import {configurationOf, type Preset} from '../presets/preset.js';
import {presetOf} from '../presets/preset-text.js';
import {type AdversaryDocument, adversaryJson, adversaryText} from '../report/adversary-report.js';
import {parseSets} from '../simulation/parameters/parse-set.js';
import {parameter} from '../simulation/parameters/table.js';
import {schema, version} from '../version.js';
import {pairKind} from '../work/kinds/pair.js';
import {withPool} from '../work/pool.js';
import {againWords} from './again.js';
import {resultOf} from './command-result.js';
import {formatFlag} from './format-flag.js';
import {lengthOf, runsOf} from './search-options.js';
import {settingsOf} from './settings.js';
import {type CommandContext, type CommandOutcome} from './verb.js';

/** Events of a run, about, and at most: some surroundings ask for far more. */
const runEvents = 20_000;
const mostEvents = 20 * runEvents;
const usualTries = 1000;
const usualGoal: Goal = {path: 'throughput.completed', better: 'higher'};

/** `vqlab tune --adversary`: clients, machines and backends in which b does worst against a. */
export async function adversary({input, line, interrupt, progress}: CommandContext): Promise<CommandOutcome> {
	const {flags} = line;
	const [name = 'seed-2019-kick-under-lock'] = input;
	const format = formatFlag(flags.format, ['text', 'json'] as const);
	if (flags.b.length === 0 && flags.a.length === 0) {
		throw new UserError('tune --adversary: give the change with --b key=value (and side a with --a)');
	}

	if (flags.subjectTo.length > 0) {
		throw new UserError('tune --adversary: --subject-to has no meaning here; give the ranges with --over');
	}

	const goal = flags.goal === undefined ? usualGoal : parseGoal(flags.goal);
	const tries = runsOf(flags.budget, usualTries);
	const preset = givenPreset(name);
	const shared = parseSets(settingsOf(flags));
	const [a, b] = [parseSets(flags.a), parseSets(flags.b)];
	const baseline = configurationOf(preset, {...shared, ...a});
	configurationOf(preset, {...shared, ...b});
	const {seed} = baseline.parameters;
	const pilot = pilotRun(baseline, seed);
	checkGoal(goal, pilot.metrics);
	const taken = new Set([...Object.keys(a), ...Object.keys(b)]);
	const surroundings = surroundingsOf(
		baseline,
		flags.over.length === 0 ? [] : parseOver(flags.over, baseline),
		taken,
	);
	const length = lengthOf(baseline, pilot, flags, runEvents);
	const report = await interrupt.during(async () =>
		withPool({}, async pool =>
			findWorst({
				surroundings,
				sidesWith: set => [
					configurationOf(preset, {...shared, ...set, ...a}),
					configurationOf(preset, {...shared, ...set, ...b}),
				],
				goal,
				seed,
				length,
				events: mostEvents,
				tries,
				make: async tasks => pool.answers(pairKind, tasks, {signal: interrupt.stopped}),
				onTries(tried) {
					progress.show('tune', tried / tries, `${tried} of ${tries} tries`);
				},
			}),
		),
	);
	const document: AdversaryDocument = {
		schema,
		vqlab: version,
		preset: preset.name,
		a: flags.a,
		b: flags.b,
		goal,
		surroundings,
		report,
		losses: report.worst.map((loss, index) => ({
			preset: presetWith(loss, preset, index + 1),
			share: againWords('compare', [name], {
				...flags,
				set: [...flags.set, ...settings(loss)],
				over: [],
				adversary: false,
				goal: undefined,
				budget: undefined,
				runs: '12',
				seed: String(seed + 1_000_000),
				for: formatDuration(length.duration),
				warmup: formatDuration(length.warmup),
			}),
		})),
	};
	const again = againWords('tune', [name], flags);
	return resultOf(format === 'json' ? adversaryJson(document) : adversaryText(document, again), []);
}

function settings({set}: Loss): string[] {
	return Object.entries(set).map(([key, value]) => `${key}=${formatValue(parameter(key), value)}`);
}

/** Side b in these surroundings, with side a to try. */
function presetWith({sides: [, b], words}: Loss, {name, story}: Preset, number: number): Preset {
	return presetOf(b, {
		name: `${name}-worst-${number}`,
		title: fitText(`${name}, where the change hurts: ${words.join(', ')}`, 80),
		story,
		source: 'vqlab tune --adversary',
	});
}

import {type Verdict} from '../diagnosis/finding.js';
import {judge} from '../diagnosis/verdict.js';
import {type Constraint, parseGoal} from '../experiment/advise/goal.js';
import {pilotRun} from '../experiment/advise/pilot.js';
import {parseGate} from '../experiment/compare/gate.js';
import {metricOf} from '../metrics/metric-table.js';
import {givenPreset} from '../presets/load-preset.js';
import {configurationOf} from '../presets/preset.js';
import {type AdviceDocument} from '../report/advice-document.js';
import {adviceMarkdown} from '../report/advice-markdown.js';
import {adviceText} from '../report/advice-text.js';
import {toJson} from '../report/json.js';
import {type Configuration} from '../simulation/configuration.js';
import {parseSets} from '../simulation/parameters/parse-set.js';
import {pilotKind} from '../work/kinds/pilot.js';
import {withPool} from '../work/pool.js';
import {adviceOf} from './advice-work.js';
import {againWords} from './again.js';
import {resultOf} from './command-result.js';
import {formatFlag} from './format-flag.js';
import {budgetOf} from './run-options.js';
import {settingsOf} from './settings.js';
import {type CommandContext, type CommandOutcome} from './verb.js';

const formats = ['text', 'json', 'markdown'] as const;

/** Events of a whole advice, about: some seconds on two cores. */
const enoughEvents = 1_600_000;

/** `vqlab advise`: what would help, what would not, and why. */
export async function advise(context: CommandContext): Promise<CommandOutcome> {
	const {input, line} = context;
	const {flags} = line;
	const [name = 'seed-2019-kick-under-lock'] = input;
	const format = formatFlag(flags.format, formats);
	const preset = givenPreset(name);
	const configuration = configurationOf(preset, parseSets(settingsOf(flags)));
	const document = await adviceOn(configuration, preset.name, context);
	const again = againWords('advise', [name], flags);
	switch (format) {
		case 'json': {
			return resultOf(toJson(document), []);
		}

		case 'markdown': {
			return resultOf(adviceMarkdown(document, again), []);
		}

		case 'text': {
			return resultOf(adviceText(document, again), []);
		}
	}
}

/** Advice on a configuration; `verdict` is what it is about, that of a first run when left out. */
export async function adviceOn(
	configuration: Configuration,
	preset: string,
	{line: {flags}, interrupt, progress}: Pick<CommandContext, 'line' | 'interrupt' | 'progress'>,
	known?: Verdict,
	profile = true,
): Promise<AdviceDocument> {
	const given = flags.goal === undefined ? undefined : parseGoal(flags.goal);
	const own = flags.subjectTo.map(text => subjectTo(text));
	progress.show('advise', 0.01, 'a first run');
	const first = {configuration, seed: configuration.parameters.seed};
	return interrupt.during(async () =>
		withPool({isBrief: true}, async pool => {
			pool.start();
			const signal = interrupt.stopped;
			// A worker that has made the first run makes the others faster: its code is compiled.
			const [answer] = await pool.answers(pilotKind, [first], {signal});
			const pilot = answer ?? pilotRun(first.configuration, first.seed);
			return adviceOf({
				configuration,
				preset,
				pilot,
				verdict: known ?? judge(pilot.metrics, configuration, pilot.stall, pilot.sleeps),
				...(given === undefined ? {} : {goal: given}),
				constraints: own,
				events: enoughEvents,
				budget: budgetOf(flags.events),
				profile,
				pool,
				signal,
				onShare(share) {
					progress.show('advise', share, 'paired runs');
				},
			});
		}),
	);
}

/** A constraint of the user's own, as a condition that is to hold. */
export function subjectTo(text: string): Constraint {
	const gate = parseGate(text, '--subject-to');
	return {path: gate.path, better: metricOf(gate.path)?.better === 'higher' ? 'higher' : 'lower', gate};
}

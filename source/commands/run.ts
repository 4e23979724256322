import process from 'node:process';
import {settledCommands} from '../run/stretches.js';
import {type Configuration} from '../simulation/configuration.js';
import {withChange} from '../simulation/parameters/change.js';
import {formatDuration} from '../parameters/duration.js';
import {parametersHash} from '../simulation/parameters/parameters-hash.js';
import {givenPreset} from '../presets/load-preset.js';
import {clientJson, faultJson, settingsJson} from '../presets/preset-text.js';
import {type AdviceDocument} from '../report/advice-document.js';
import {failureOf} from '../report/assertion.js';
import {summarize} from '../report/replications.js';
import {type RunReport} from '../report/run-report.js';
import {writtenStretch} from '../report/stretch.js';
import {seconds} from '../report/text-layout.js';
import {judge} from '../diagnosis/verdict.js';
import {schema, version} from '../version.js';
import {runKind, type Simulated} from '../work/kinds/run.js';
import {withPool} from '../work/pool.js';
import {type adviceOn} from './advise.js';
import {againWords} from './again.js';
import {resultOf} from './command-result.js';
import {expectReport, shareHash} from './expect.js';
import {type CommandContext, type CommandOutcome} from './verb.js';
import {type RunOptions, runOptions} from './run-options.js';
import {savedRun} from './saved-run.js';
import {type FinishedRun, renderRun, renderRuns} from './render-run.js';

/** The preset that tells the story of July 2019. */
export const defaultPreset = 'seed-2019-kick-under-lock';

/** Makes one run or several, reports them, and says whether the assertions hold. */
export async function run(
	{input, line, interrupt, progress, warn}: CommandContext,
	kind: typeof runKind = runKind,
): Promise<CommandOutcome> {
	const {flags} = line;
	const saved = flags.session === undefined ? undefined : savedRun(flags.session, line, input);
	const [name = saved?.reference ?? defaultPreset] = input;
	const preset = saved?.preset ?? givenPreset(name);
	const options = {...runOptions(flags, name, preset), ...saved?.options};
	for (const warning of options.warnings) {
		warn(`warning: ${warning}`);
	}

	const series = options.runs === 1 && (options.format === 'ndjson' || options.format === 'csv');
	const finished = await finishedRuns(options, {series, preset: preset.name, kind}, {interrupt, progress});
	for (const {
		report: {seed, stretches},
	} of finished) {
		if (options.assertions.length > 0 && stretches.at(-1)?.settling) {
			warn(
				`warning: seed ${seed}: the last stretch, which --assert looks at, has fewer than ` +
					`${settledCommands} commands`,
			);
		}
	}

	const [only] = options.runs === 1 ? finished.map(one => expecting(one, options)) : [];
	const reports = only === undefined ? finished.map(({report}) => report) : [only.report];
	if (saved !== undefined && only !== undefined && only.report.eventHash !== saved.eventHash) {
		warn(
			`warning: ${flags.session ?? ''}: its event hash is ${saved.eventHash} (vqlab ${saved.vqlab}), that ` +
				`of this run is ${only.report.eventHash}`,
		);
	}

	const again =
		saved === undefined
			? againWords('run', [name], {
					...flags,
					expect: only === undefined ? undefined : shareHash(only.report),
					seed: String(options.seed),
					for: formatDuration(options.duration),
					warmup: formatDuration(options.warmup),
				})
			: againWords('run', [], flags);
	const isShown = options.format === 'text' || options.format === 'markdown';
	if (only?.report.expect?.same === true && !isShown) {
		warn(only.report.expect.text);
	}

	const advice =
		flags.advise && only !== undefined && !interrupt.stopped.aborted
			? await advising(
					settingsAtEnd(options),
					preset.name,
					{line, interrupt, progress},
					only.report.verdict,
					false,
				)
			: undefined;
	const output =
		only !== undefined
			? await renderAdvised(only, advice, options, again, flags.ascii)
			: renderRuns(summarize(reports), options, again);
	const sleeps = options.check ? finished.flatMap(({simulated}) => simulated.sleeps.map(({text}) => text)) : [];
	return resultOf(output, [...sleeps, ...complaints(options, reports)]);
}

/** The run with what `--expect` makes of it; a signal cut off leaves nothing to judge. */
function expecting(run: FinishedRun, {expected, configuration, warmup, duration, budget}: RunOptions): FinishedRun {
	const {report} = run;
	return expected === undefined || report.end === 'interrupted'
		? run
		: {
				...run,
				report: {
					...report,
					expect: expectReport(expected, report, {configuration, end: warmup + duration, budget}),
				},
			};
}

/** One run, with the advice on it where there is one. */
async function renderAdvised(
	run: FinishedRun,
	advice: AdviceDocument | undefined,
	options: RunOptions,
	again: readonly string[],
	ascii: boolean,
): Promise<string> {
	const whole = advice === undefined ? run : {...run, report: {...run.report, advice}};
	const text = renderRun(whole, options, again, ascii);
	if (advice === undefined || options.format !== 'text') {
		return text;
	}

	const {adviceText} = await import('../report/advice-text.js');
	return `${text}\n${adviceText(advice, again)}`;
}

/** The configuration that a run with changes ends with, which its verdict is about. */
function settingsAtEnd({configuration, changes}: RunOptions): Configuration {
	let last = configuration;
	for (const {set} of changes) {
		last = withChange(last, set).configuration;
	}

	return last;
}

/** Loads the code of advice only for who asks for it. */
async function advising(...asked: Parameters<typeof adviceOn>): ReturnType<typeof adviceOn> {
	const loaded = await import('./advise.js');
	return loaded.adviceOn(...asked);
}

type Making = {readonly series: boolean; readonly preset: string; readonly kind: typeof runKind};

/**
Makes the runs, several of them at once; those that a signal left, in the order of their seeds.
*/
async function finishedRuns(
	options: RunOptions,
	{series, preset, kind}: Making,
	{interrupt, progress}: Pick<CommandContext, 'interrupt' | 'progress'>,
): Promise<FinishedRun[]> {
	const {runs, seed, configuration, warmup, duration, changes, window, check, budget} = options;
	// A single run gains nothing from a thread of its own.
	const threads = runs === 1 ? {workers: 0} : {};
	const shares = Array.from({length: runs}, () => 0);
	const finished: FinishedRun[] = [];
	let sum = 0;
	await interrupt.during(async () =>
		withPool(threads, async pool =>
			pool.answers(
				kind,
				shares.map((_, index) => ({
					configuration,
					seed: seed + index,
					warmup,
					duration,
					changes,
					window,
					check,
					budget,
					series,
				})),
				{
					signal: interrupt.stopped,
					onProgress(index, share) {
						sum += share - shares[index];
						shares[index] = share;
						progress.show(
							'run',
							sum / runs,
							runs === 1 ? '' : `seed ${seed + index}, ${index + 1} of ${runs}`,
						);
					},
					onDone(index, simulated, milliseconds) {
						sum += 1 - shares[index];
						shares[index] = 1;
						finished.push({
							report: reportOf(options, preset, seed + index, simulated, milliseconds / 1000),
							simulated,
						});
					},
				},
			),
		),
	);
	return finished.toSorted((a, b) => a.report.seed - b.report.seed);
}

/**
A line for each assertion that does not hold and each stall, or for the
stall that was looked for in vain.
*/
function complaints({assertions, runs, untilStall}: RunOptions, reports: readonly RunReport[]): string[] {
	const found = reports.flatMap(({expect}) =>
		expect === undefined || expect.same ? [] : [`--expect: ${expect.text}`],
	);
	for (const report of reports) {
		const who = runs === 1 ? '' : `seed ${report.seed}: `;
		found.push(
			...assertions
				.map(assertion => failureOf(assertion, report))
				.filter(failure => failure !== undefined)
				.map(failure => `${who}${failure}`),
		);
		if (report.stall !== null && !untilStall) {
			found.push(`${who}stall: ${report.stall.text}`);
		}
	}

	if (untilStall && reports.every(({stall}) => stall === null)) {
		const longest = Math.max(
			0,
			...reports.map(({warmupSeconds, simulatedSeconds}) => warmupSeconds + simulatedSeconds),
		);
		found.push(
			`no stall in ${seconds(longest)} of simulated time${runs === 1 ? '' : `, ${reports.length} runs`} ` +
				'(--until-stall)',
		);
	}

	return found;
}

function reportOf(
	options: RunOptions,
	preset: string,
	seed: number,
	simulated: Simulated,
	wallSeconds: number,
): RunReport {
	const configuration: Configuration = {
		...options.configuration,
		parameters: {...options.configuration.parameters, seed},
	};
	const {metrics, events, eventHash, hashes, end, unfinished, stall, sleeps, simulatedSeconds} = simulated;
	const stretches = simulated.stretches.map((stretch, index) =>
		writtenStretch(stretch, index === simulated.stretches.length - 1 ? stall : null, sleeps),
	);
	return {
		schema,
		vqlab: version,
		node: process.versions.node,
		preset,
		parametersHash: parametersHash(configuration),
		eventHash,
		hashes,
		seed,
		parameters: settingsJson(configuration.parameters),
		clients: configuration.clients.map(client => clientJson(client)),
		faults: configuration.faults.map(fault => faultJson(fault)),
		changes: options.changes.map(({at, set}) => ({at: at / 1e9, set: settingsJson(set)})),
		warmupSeconds: options.warmup / 1e9,
		simulatedSeconds,
		wallSeconds,
		events,
		end,
		unfinished,
		metrics,
		stretches,
		verdict: stretches.at(-1)?.verdict ?? judge(metrics, configuration, stall, sleeps),
		stall,
	};
}

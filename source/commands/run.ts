import process from 'node:process';
import {performance} from 'node:perf_hooks';
import {text as textOf} from 'node:stream/consumers';
import {type Configuration} from '../parameters/configuration.js';
import {formatDuration} from '../parameters/duration.js';
import {parametersHash} from '../parameters/parameters-hash.js';
import {loadPreset, presetFromText} from '../presets/load-preset.js';
import {clientJson, faultJson, settingsJson} from '../presets/preset-text.js';
import {failureOf} from '../report/assertion.js';
import {summarize} from '../report/replications.js';
import {type RunReport} from '../report/run-report.js';
import {judge} from '../report/verdict.js';
import {version} from '../version.js';
import {againWords} from './again.js';
import {type CommandContext, type CommandOutcome} from './registry.js';
import {type RunOptions, runOptions} from './run-options.js';
import {type FinishedRun, renderRun, renderRuns} from './render-run.js';
import {simulate, type Simulated} from './simulate.js';

/** The preset that tells the story of July 2019. */
export const defaultPreset = 'seed-2019-kick-under-lock';

/** Makes one run or several, reports them, and says whether the assertions hold. */
export async function run({input, line, interrupt, progress}: CommandContext, simulator: typeof simulate = simulate): Promise<CommandOutcome> {
	const [name = defaultPreset] = input;
	const {flags} = line;
	const preset = name === '-' ? presetFromText(await textOf(process.stdin)) : loadPreset(name);
	const options = runOptions(flags, name, preset);
	for (const warning of options.warnings) {
		progress(`warning: ${warning}`);
	}

	const series = options.format === 'ndjson' || options.format === 'csv';
	const finished: FinishedRun[] = [];
	for (let index = 0; index < options.runs && interrupt.signal === undefined; index++) {
		const seed = options.seed + index;
		const started = performance.now();
		const simulated = await simulator({...options, seed, series}, interrupt); // eslint-disable-line no-await-in-loop -- one core, and the next run waits for a signal's answer
		const wallSeconds = (performance.now() - started) / 1000;
		finished.push({report: reportOf(options, preset.name, seed, simulated, wallSeconds), simulated});
		if (options.runs > 1) {
			progress(`run ${index + 1} of ${options.runs}, seed ${seed}: ${wallSeconds.toFixed(1)} s`);
		}
	}

	const again = againWords({
		preset: name,
		set: flags.set,
		change: flags.change,
		seed: options.seed,
		runs: options.runs,
		duration: formatDuration(options.duration),
		warmup: formatDuration(options.warmup),
	});
	const [only] = finished;
	const output = options.runs === 1 && only
		? renderRun(only, options, again, flags.ascii)
		: renderRuns(summarize(finished.map(({report}) => report)), options, again);
	return {output, ...judgement(options, finished.map(({report}) => report))};
}

/** The exit code of finished runs, and a line for each assertion that does not hold. */
function judgement(options: RunOptions, reports: readonly RunReport[]): {exitCode: number; complaints: string[]} {
	const complaints: string[] = [];
	for (const {metrics, seed} of reports) {
		for (const assertion of options.assertions) {
			const failure = failureOf(assertion, metrics);
			if (failure !== undefined) {
				complaints.push(options.runs === 1 ? failure : `seed ${seed}: ${failure}`);
			}
		}
	}

	const stalled = reports.some(report => report.stall !== null);
	return {exitCode: complaints.length > 0 || stalled !== options.untilStall ? 1 : 0, complaints};
}

function reportOf(options: RunOptions, preset: string, seed: number, simulated: Simulated, wallSeconds: number): RunReport {
	const configuration: Configuration = {...options.configuration, parameters: {...options.configuration.parameters, seed}};
	const {
		metrics, events, eventHash, end, unfinished, stall, simulatedSeconds,
	} = simulated;
	return {
		schema: 1,
		vqlab: version,
		node: process.versions.node,
		preset,
		parametersHash: parametersHash(configuration),
		eventHash,
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
		verdict: judge(metrics, configuration, stall),
		stall,
	};
}

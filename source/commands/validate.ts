import {readFileSync} from 'node:fs';
import {type Cell, type Prediction, type Testbed} from '../experiment/validation/cell.js';
import {fittedConstants, unfittedPreset} from '../experiment/validation/fitted-constants.js';
import {checkMedians} from '../experiment/validation/median-checks.js';
import {unmeasuredCells} from '../experiment/validation/unmeasured-cells.js';
import {medianPrediction} from '../experiment/validation/score.js';
import {readCells} from '../experiment/validation/read-cells.js';
import {validate, type Validation} from '../experiment/validation/validation.js';
import {formatDuration, parseDuration} from '../parameters/duration.js';
import {UserError} from '../parameters/user-error.js';
import {loadPreset} from '../presets/load-preset.js';
import {type Preset} from '../presets/preset.js';
import {validationJson} from '../report/validation-json.js';
import {validationMarkdown} from '../report/validation-markdown.js';
import {validationText} from '../report/validation-text.js';
import {shellWord} from './again.js';
import {type Interrupt} from './interrupt.js';
import {type CommandOutcome} from './registry.js';
import {predictAll} from './validation-pool.js';

/** What `--format` may be. */
export const validateFormats = ['text', 'json', 'markdown'] as const;

export type ValidateOptions = {
	/** Costs of the machine on which the cells were measured. */
	readonly preset: string;
	/** Runs of each cell, of which the median counts. */
	readonly runs: number;
	/** Simulated time of a run and before it, ns. */
	readonly duration: number;
	readonly warmup: number;
	readonly seed: number;
	/** Least share of figures in band. */
	readonly require: number;
	readonly format: (typeof validateFormats)[number];
	readonly interrupt: Interrupt;
	readonly progress: (text: string) => void;
};

/** Largest file of cells, bytes. */
const largestFile = 64 * 1_048_576;

/**
The options of `vqlab validate` from their texts; what is missing has its default.

@throws {UserError} for a number or a duration that is none.
*/
export function validateOptions(given: {
	readonly preset?: string | undefined;
	readonly runs?: string | undefined;
	readonly for?: string | undefined;
	readonly warmup?: string | undefined;
	readonly seed?: string | undefined;
	readonly require?: string | undefined;
}): Pick<ValidateOptions, 'preset' | 'runs' | 'duration' | 'warmup' | 'seed' | 'require'> {
	return {
		preset: given.preset ?? 'testbed',
		runs: numberOf('--runs', given.runs ?? '3', 1, 1000),
		duration: durationOf('--for', given.for ?? '2s'),
		warmup: durationOf('--warmup', given.warmup ?? '200ms'),
		seed: numberOf('--seed', given.seed ?? '1', 0, 2 ** 32 - 1),
		require: shareOf(given.require ?? '0.76'),
	};
}

/** `vqlab validate <cells.json>`: every cell through the model, figure by figure against what was measured. Exit 1 below `--require`. */
export async function runValidateCommand([file]: readonly string[], options: ValidateOptions): Promise<CommandOutcome> {
	if (file === undefined) {
		throw new UserError('validate: no file of measured cells; as in vqlab validate test/fixtures/testbed/cells.json');
	}

	const preset = loadPreset(options.preset);
	const testbed = readCells(textOf(file), file);
	const validation = await validateTestbed(testbed, preset, options);
	const {inBand} = validation.summary;
	const short = inBand === null || inBand < options.require;
	return {
		output: await render(file, testbed, preset, validation, options),
		exitCode: short ? 1 : 0,
		complaints: short ? [`${inBand === null ? 'no figure' : inBand.toFixed(3)} in band, which is below --require ${options.require}`] : [],
	};
}

/** Predicts every cell and scores the predictions. An interrupted one scores the cells that are done. */
export async function validateTestbed({cells, pairs}: Testbed, preset: Preset, options: ValidateOptions): Promise<Validation> {
	const predictions = await predictCells(cells, preset, options);
	const done = cells.filter((_, cell) => predictions[cell] !== undefined);
	return validate({cells: done, pairs}, predictions.filter(prediction => prediction !== undefined));
}

/** The median of `runs` runs of each cell; undefined where an interrupt came before them. */
async function predictCells(cells: readonly Cell[], preset: Preset, options: ValidateOptions): Promise<Array<Prediction | undefined>> {
	const {runs, seed, duration, warmup, interrupt, progress} = options;
	const tasks = cells.flatMap((_, cell) => Array.from({length: runs}, (_, run) => ({cell, seed: seed + run})));
	let shown = 0;
	const results = await predictAll({
		cells,
		preset,
		duration,
		warmup,
		tasks,
		interrupt,
		onDone(done) {
			const tenth = Math.floor(done * 10 / tasks.length);
			if (tenth > shown) {
				shown = tenth;
				progress(`[${'#'.repeat(tenth).padEnd(10, '.')}] ${done} of ${tasks.length} runs`);
			}
		},
	});
	return cells.map((_, cell) => {
		const own = results.filter((prediction, task): prediction is Prediction => prediction !== undefined && tasks[task].cell === cell);
		return own.length === 0 ? undefined : medianPrediction(own);
	});
}

async function render(file: string, testbed: Testbed, preset: Preset, validation: Validation, options: ValidateOptions): Promise<string> {
	switch (options.format) {
		case 'json': {
			return validationJson(testbed.cells, validation);
		}

		case 'markdown': {
			return renderPage(file, testbed, preset, validation, options);
		}

		case 'text': {
			return validationText(validation);
		}
	}
}

/** The page has more in it than the scores: the constants before the fit, single times, and cells to be measured. */
async function renderPage(file: string, testbed: Testbed, preset: Preset, validation: Validation, options: ValidateOptions): Promise<string> {
	const {summary: unfitted} = await validateTestbed(testbed, unfittedPreset(preset), options);
	const unmeasured = unmeasuredCells(testbed);
	const predictions = await predictCells(unmeasured.map(({cell}) => cell), preset, options);
	return validationMarkdown({
		validation,
		unfitted,
		fitted: fittedConstants(preset),
		medians: checkMedians(testbed.cells, preset, options),
		unmeasured: unmeasured.map(({cell, words}, index) => ({cell, words, prediction: predictions[index] ?? {}})),
		again: `vqlab validate ${shellWord(file)} --preset ${shellWord(options.preset)} --seed ${options.seed} --runs ${options.runs} --for ${formatDuration(options.duration)} --warmup ${formatDuration(options.warmup)} --format markdown`,
	});
}

function textOf(file: string): string {
	try {
		const bytes = readFileSync(file);
		if (bytes.length > largestFile) {
			throw new UserError(`${file}: it is larger than ${largestFile / 1_048_576} MiB`);
		}

		return bytes.toString('utf8');
	} catch (error) {
		if (error instanceof UserError) {
			throw error;
		}

		const why = error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'no such file' : 'it cannot be read';
		throw new UserError(`${file}: ${why}; expected a file of measured cells`);
	}
}

function numberOf(flag: string, text: string, least: number, most: number): number {
	const value = /^\d{1,10}$/v.test(text) ? Number(text) : Number.NaN;
	if (!(value >= least && value <= most)) {
		throw new UserError(`${flag} ${text} is no whole number from ${least} to ${most}`);
	}

	return value;
}

function shareOf(text: string): number {
	const value = /^\d(?:\.\d+)?$/v.test(text) ? Number(text) : Number.NaN;
	if (!(value <= 1)) {
		throw new UserError(`--require ${text} is no share from 0 to 1, as in 0.76`);
	}

	return value;
}

function durationOf(flag: string, text: string): number {
	const value = parseDuration(text);
	if (value < 1_000_000 || value > 600_000_000_000) {
		throw new UserError(`${flag} ${text} is not from 1ms to 600s`);
	}

	return value;
}

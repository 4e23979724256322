import {existsSync} from 'node:fs';
import {familyOf, type Testbed} from '../validation/cell.js';
import {companionPath} from '../validation/companion.js';
import {placedConstants, unfittedPreset} from '../validation/evidence.js';
import {type FitResult, leftOutPresets, readFit} from '../validation/fit-result.js';
import {type Generalisation, generalisationOf} from '../validation/generalisation.js';
import {checkMedians, type MedianCheck, primitivesOf} from '../validation/median-checks.js';
import {readStory, type Story} from '../validation/story.js';
import {unmeasuredCells} from '../validation/unmeasured-cells.js';
import {readCells} from '../validation/read-cells.js';
import {validate, type Validation} from '../validation/validation.js';
import {formatDuration, parseDuration} from '../parameters/duration.js';
import {UserError} from '../errors/user-error.js';
import {decodeText, readBytes} from '../presets/file-text.js';
import {loadPreset} from '../presets/load-preset.js';
import {type Preset} from '../presets/preset.js';
import {nodePresetFiles} from '../presets/preset-files.js';
import {validationJson} from '../report/validation-json.js';
import {validationHtml} from '../report/validation-html.js';
import {validationMarkdown} from '../report/validation-markdown.js';
import {validationText} from '../report/validation-text.js';
import {withPool} from '../work/pool.js';
import {againWords} from './again.js';
import {resultOf} from './command-result.js';
import {CellRuns, type CellRunsOptions} from './cell-runs.js';
import {type CommandOutcome} from './verb.js';

/** What `--format` may be. */
export const validateFormats = ['text', 'json', 'markdown', 'html'] as const;

export type ValidateOptions = Omit<CellRunsOptions, 'pool'> & {
	/** Costs of the machine on which the cells were measured. */
	readonly preset: string;
	/** Least share of figures in band. */
	readonly require: number;
	readonly format: (typeof validateFormats)[number];
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

/** A file of cells with what lies beside it. */
type Measurements = {
	readonly file: string;
	readonly testbed: Testbed;
	readonly story: Story | undefined;
	readonly fit: FitResult | undefined;
};

/** What all formats show. */
type Outcome = Measurements & {
	readonly preset: Preset;
	readonly validation: Validation;
	readonly generalisation: Generalisation;
};

/**
`vqlab validate <cells.json>`: every cell through the model, figure by figure against what was
measured. Exit 1 below `--require`. Of the machine behind `cells.json` it knows what stands in
`cells.story.json` and `cells.fit.json` beside it; without them there are figures only.
*/
export async function runValidateCommand([file]: readonly string[], options: ValidateOptions): Promise<CommandOutcome> {
	if (file === undefined) {
		throw new UserError('validate: no file of measured cells; as in vqlab validate test/testbed/cells.json');
	}

	const preset = loadPreset(options.preset);
	const measurements = readMeasurements(file);
	const {testbed, story, fit} = measurements;
	const presetOf = fit?.preset === preset.name ? leftOutPresets(fit, preset) : new Map<string, Preset>();
	return withPool({}, async pool => {
		const runs = new CellRuns({...options, pool});
		const validation = await validateTestbed(testbed, preset, runs);
		const leftOut = await runs.predictions(testbed.cells, ({id}) => presetOf.get(familyOf(id)));
		const outcome = {
			...measurements,
			preset,
			validation,
			generalisation: generalisationOf(
				testbed,
				leftOut,
				(story?.inert ?? []).map(({key}) => key),
			),
		};
		return resultOf(await render(outcome, options, runs), complaints(validation, options));
	});
}

function complaints({summary: {inBand}}: Validation, options: ValidateOptions): string[] {
	return inBand === null || inBand < options.require
		? [`${inBand === null ? 'no figure' : inBand.toFixed(3)} in band, which is below --require ${options.require}`]
		: [];
}

function readMeasurements(file: string): Measurements {
	const testbed = readCells(textOf(file), file);
	const companion = (kind: 'story' | 'fit'): [text: string, path: string] | undefined => {
		const path = companionPath(file, kind);
		return existsSync(path) ? [textOf(path), path] : undefined;
	};

	const [story, fit] = [companion('story'), companion('fit')];
	return {
		file,
		testbed,
		story: story && readStory(...story, testbed),
		fit: fit && readFit(...fit),
	};
}

/**
Predicts every cell and scores the predictions. An interrupted one scores the cells that are done.
*/
async function validateTestbed({cells, pairs}: Testbed, preset: Preset, runs: CellRuns): Promise<Validation> {
	const predictions = await runs.predictions(cells, () => preset);
	const done = cells.filter((_, cell) => predictions[cell] !== undefined);
	return validate(
		{cells: done, pairs},
		predictions.filter(prediction => prediction !== undefined),
	);
}

/** The medians of single times that were measured, beside the model's. */
async function medianChecks(
	{cells}: Testbed,
	{medians}: Story,
	preset: Preset,
	runs: CellRuns,
): Promise<MedianCheck[]> {
	const watched = cells.filter(({id}) => medians.some(({cell}) => cell === id));
	const answers = await runs.answers(
		watched,
		() => preset,
		({id}) => primitivesOf(medians, id),
	);
	const byCell = new Map(watched.map(({id}, index) => [id, answers[index].map(answer => answer.medians)]));
	return checkMedians(medians, cell => byCell.get(cell));
}

async function render(outcome: Outcome, options: ValidateOptions, runs: CellRuns): Promise<string> {
	const {testbed, validation, generalisation, fit} = outcome;
	switch (options.format) {
		case 'json': {
			return validationJson({
				cells: testbed.cells,
				fitted: fit?.cells ?? [],
				validation,
				generalisation,
			});
		}

		case 'markdown': {
			return renderPage(outcome, options, runs);
		}

		case 'html': {
			return validationHtml(validation, await renderPage(outcome, options, runs));
		}

		case 'text': {
			return validationText(validation, generalisation);
		}
	}
}

/**
The page has more in it than the scores: the constants before the fit, single
times, and cells to be measured.
*/
async function renderPage(
	{file, testbed, story, fit, preset, validation, generalisation}: Outcome,
	options: ValidateOptions,
	runs: CellRuns,
): Promise<string> {
	const unmeasured = story === undefined ? [] : unmeasuredCells(testbed, story);
	const unfitted = story && (await validateTestbed(testbed, unfittedPreset(preset, story.constants), runs));
	const predictions = await runs.predictions(
		unmeasured.map(({cell}) => cell),
		() => preset,
	);
	return validationMarkdown({
		validation,
		generalisation,
		preset: options.preset,
		again: againWords('validate', [file], {
			preset: options.preset,
			seed: String(options.seed),
			runs: String(options.runs),
			for: formatDuration(options.duration),
			warmup: formatDuration(options.warmup),
			require: String(options.require),
			format: options.format,
		}).join(' '),
		fit,
		story: story &&
			unfitted && {
				...story,
				unfitted: unfitted.summary,
				placed: placedConstants(story.constants, preset),
				checks: await medianChecks(testbed, story, preset, runs),
				predicted: unmeasured.map(({cell, words}, index) => ({
					cell,
					words,
					prediction: predictions[index] ?? {},
				})),
			},
	});
}

function textOf(file: string): string {
	return decodeText(file, readBytes(nodePresetFiles(), file, largestFile));
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

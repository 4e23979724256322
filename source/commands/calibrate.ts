import path from 'node:path';
import {setImmediate as nextTurn} from 'node:timers/promises';
import {fitText as shortened} from '../charts/fit-text.js';
import {parseSets} from '../simulation/parameters/parse-set.js';
import {type GivenParameters} from '../simulation/parameters/resolve.js';
import {UserError} from '../errors/user-error.js';
import {presetOf, presetText} from '../presets/preset-text.js';
import {type Alignment} from '../trace/recording/align.js';
import {calibration, type Calibration} from '../calibration/calibration.js';
import {knobs} from '../trace/recording/estimate.js';
import {fit} from '../calibration/fit.js';
import {type FitStep} from '../calibration/factor-search.js';
import {configured, type Material} from '../calibration/material.js';
import {fitReport, type FitReport, fitText} from '../calibration/fit-report.js';
import {mergedFacts, simulatedFacts} from '../calibration/simulated-facts.js';
import {type Progress} from '../terminal/progress-line.js';
import {calibrationHtml} from './calibration-html.js';
import {type CommandResult} from './command-result.js';
import {type Interrupt} from './interrupt.js';
import {sideLines} from './read-side-files.js';
import {type Recordings, readRecordings, type RecordingFiles} from './read-recordings.js';
import {notShown, uncertainLines, reportJson, type Notes} from './calibrate-report.js';

/** Seeds of the runs that judge the fit; the search uses the first. */
const seeds = [1, 2, 3, 4, 5];
const effort = {commands: 6000, events: 1_000_000, longest: 10_000_000_000};

/**
Milliseconds of wall time that the search may take between two turns of
the event loop: some simulations.
*/
const simulationsPerTurn = 4;

export type CalibrateOptions = {
	/** `--host`: a QEMU log. */
	readonly host: string | undefined;
	/** `--device`: whose events are used; the busiest device's without. */
	readonly device?: string | undefined;
	/** `--side`: tables to show beside the report. */
	readonly side?: readonly string[];
	/** `--set`: what is known of the machine; it wins over the recording. */
	readonly set: readonly string[];
	readonly format: 'text' | 'json' | 'html';
	readonly interrupt: Interrupt;
	readonly progress: Progress;
};

/**
What a calibration leaves: the report, and the preset's text, which `--output` names a file for.
*/
export type CalibrateResult = CommandResult & {readonly preset: string; readonly report: FitReport};

/**
`vqlab calibrate <trace>`: a preset from a recording of a real guest, and how well it fits.
Throws `UserError` for a recording that is none, too short, or contradicts `--set`.
*/
export async function runCalibrateCommand(
	[file]: readonly string[],
	{host, device, side = [], set, format, interrupt, progress}: CalibrateOptions,
): Promise<CalibrateResult> {
	if (file === undefined) {
		throw new UserError(
			'calibrate: give a recording: vqlab calibrate guest.txt --host qemu.log --output my-guest.json ' +
				'(vqlab record --help says how to record)',
		);
	}

	const beside = sideLines(side);
	const {found, fitted, warnings} = await calibrated(
		{guest: file, host, device},
		parseSets(set),
		interrupt,
		progress,
	);
	const configuration = configured(fitted.material, fitted.factors);
	const simulated = mergedFacts(seeds.map(seed => simulatedFacts(configuration, seed, found.recorded.queue, effort)));
	if (simulated === null) {
		throw new UserError(
			`${file}: the machine that the recording describes stalls in the model; give what you know of it ` +
				'with --set',
		);
	}

	const report = fitReport(found.recorded, simulated);
	const preset = presetText(
		presetOf(configuration, {
			name: 'calibrated',
			title: cut(`Calibrated from ${path.basename(file)}`, 100),
			story: cut(storyOf(found, fitted, report), 4000),
			source: cut(
				`vqlab calibrate ${path.basename(file)}${host === undefined ? '' : ` --host ${path.basename(host)}`}`,
				400,
			),
			theme: 'machine',
		}),
	);
	const text = reportText(file, found, fitted, report, {warnings, beside});
	return {
		output:
			format === 'json'
				? `${JSON.stringify(reportJson(found, fitted, report, {warnings, beside}), undefined, 2)}\n`
				: format === 'html'
					? calibrationHtml(path.basename(file), report, text)
					: text,
		exitCode: 0,
		preset,
		report,
	};
}

/** Reads, estimates and fits; for replay as well. */
export async function calibrated(
	files: RecordingFiles,
	given: GivenParameters,
	interrupt: Interrupt,
	progress: Progress,
): Promise<{readonly found: Calibration; readonly fitted: FitStep; readonly warnings: readonly string[]}> {
	const recordings = await readRecordings(files, interrupt, progress);
	const estimated = calibration(
		recordings.guest,
		recordings.host,
		recordings.guestSummary.cpusOf(recordings.guest.machine),
		given,
	);
	const found = {
		...estimated,
		findings: [...estimated.findings, ...recordings.findings],
		alignment: ownClocks(estimated.alignment, recordings),
	};
	const search = fit(found.materials, found.recorded);
	const fitted = await interrupt.during(async () => {
		let step = search.next();
		for (let count = 1; step.done !== true && interrupt.signal === undefined; count++) {
			if (count % simulationsPerTurn === 0) {
				await nextTurn(); // eslint-disable-line no-await-in-loop -- signals are heard between simulations
			}

			progress.show('fit', null, `${step.value.simulations} simulations`);
			step = search.next();
		}

		return step.value;
	});

	return {found, fitted, warnings: [...recordings.warnings, ...found.warnings]};
}

/** The offset between the clocks themselves: both readings take whole seconds off their own. */
function ownClocks(alignment: Alignment | null, {guestSummary, hostSummary}: Recordings): Alignment | null {
	return alignment === null
		? null
		: {...alignment, offset: alignment.offset + (guestSummary.base - (hostSummary?.base ?? 0)) * 1e9};
}

/** Where every value comes from; the rest is default. */
function storyOf({findings}: Calibration, {material, factors}: FitStep, {words}: FitReport): string {
	const {estimates, given} = material;
	const keys = (provenance: string): string =>
		estimates
			.filter(({key, provenance: from}) => from === provenance && !(key in given))
			.map(({key, knob}) =>
				knob === null || rounded(factors[knob]) === 1 ? key : `${key} (x${rounded(factors[knob])})`,
			)
			.join(', ');
	const said = Object.keys(given).join(', ');
	return [
		`${findings.join('; ')}.`,
		`Measured, scaled by the fit where a factor stands behind: ${keys('measured')}.`,
		`Inferred: ${keys('inferred')}.`,
		...(keys('uncertain') === '' ? [] : [`Uncertain, as likely as not: ${keys('uncertain')}.`]),
		...(said === '' ? [] : [`Given by the user: ${said}.`]),
		"The clients' own times are " +
			`measured${rounded(factors.clients) === 1 ? '' : `, scaled x${rounded(factors.clients)}`}.`,
		'All else is default: the recording can not show it.',
		`Fit: ${words}.`,
	].join(' ');
}

function reportText(
	file: string,
	{findings, alignment, recorded}: Calibration,
	{material, factors, simulations}: FitStep,
	report: FitReport,
	{warnings, beside}: Notes,
): string {
	const values = material.estimates.filter(({key}) => !(key in material.given));
	const width = Math.max(...values.map(({key}) => key.length));
	const scaledBy = knobs
		.filter(knob => rounded(factors[knob]) !== 1)
		.map(knob => `${knob} x${rounded(factors[knob])}`)
		.join(', ');
	return [
		`${file}: ${recorded.commands} commands in ${(recorded.span / 1e6).toFixed(1)} ms`,
		...findings.map(line => `  ${line}`),
		...(alignment === null
			? []
			: [
					`  clocks aligned by ${alignment.method} to ${(alignment.uncertainty / 1000).toFixed(1)} ` +
						`us, ${alignment.agreeing} of ${alignment.matched} agree`,
				]),
		...beside.map(line => `  beside: ${line}`),
		...warnings.map(line => `  warning: ${line}`),
		'',
		...values.map(({key, provenance, how}) => `  ${key.padEnd(width)}  ${provenance.padEnd(9)}  ${how}`),
		...Object.keys(material.given).map(key => `  ${key.padEnd(width)}  given`),
		`  ${'all else'.padEnd(width)}  default    the recording can not show it`,
		...originLines(material),
		...uncertainLines(file, material),
		'',
		`fitted in ${simulations} simulations: ${scaledBy === '' ? 'nothing had to be scaled' : scaledBy}`,
		fitText(report),
	].join('\n');
}

/** Where the values were taken from, file by file, and what no file shows. */
function originLines(material: Material): readonly string[] {
	const names = new Map<string, string[]>();
	for (const {key, origin = 'guest'} of material.estimates) {
		if (origin !== 'guest' && !(key in material.given)) {
			names.set(origin, [...(names.get(origin) ?? []), key]);
		}
	}

	const missing = notShown(material);
	return [
		'',
		...[...names].map(([origin, keys]) => `taken from ${origin}: ${keys.join(', ')}`),
		...(missing.length === 0 ? [] : [`not shown by any file, left at defaults: ${missing.join(', ')}`]),
	];
}

function rounded(factor: number): number {
	return Number(factor.toPrecision(2));
}

/** One line of at most so many characters. */
function cut(text: string, longest: number): string {
	return shortened(text.replaceAll(/\p{Cc}/gv, ' '), longest);
}

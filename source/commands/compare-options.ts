import {type Gate, parseGate} from '../experiment/compare/gate.js';
import {type GivenLength} from '../experiment/compare/length.js';
import {type OwnMargins} from '../experiment/compare/margin.js';
import {nearest} from '../errors/nearest.js';
import {UserError} from '../errors/user-error.js';
import {metricOf, metrics} from '../metrics/metric-table.js';
import {type Configuration} from '../simulation/configuration.js';
import {type ParameterValue} from '../parameters/configuration.js';
import {parseSet, parseSets} from '../simulation/parameters/parse-set.js';
import {parameter} from '../simulation/parameters/table.js';
import {givenPreset} from '../presets/load-preset.js';
import {configurationOf, type Preset} from '../presets/preset.js';
import {formatFlag} from './format-flag.js';
import {type FlagValues} from './flags.js';
import {budgetOf} from './run-options.js';
import {settingsOf} from './settings.js';

/** What `--format` may be. */
export const compareFormats = ['text', 'json', 'markdown', 'csv', 'gobench', 'html'] as const;

/** Pairs when nothing says how many, and at most when `--precision` does. */
const usualRuns = 12;
const mostWithPrecision = 100;
const mostRuns = 10_000;

/** A side of a comparison. */
export type GivenSide = {
	/** As it was written: a name, a path or `-`. */
	readonly name: string;
	readonly preset: Preset;
	/** What is set on this side alone, `key=value`. */
	readonly set: readonly string[];
	readonly configuration: Configuration;
};

/** All that `vqlab compare` was asked for, checked. Times in ns. */
export type CompareOptions = {
	readonly sides: readonly [GivenSide, GivenSide];
	readonly seed: number;
	readonly runs: number;
	/** A share of a; null: all `runs`. */
	readonly precision: number | null;
	readonly length: GivenLength;
	readonly budget: number;
	readonly margins: OwnMargins;
	readonly gates: readonly Gate[];
	/** An undecided gate closes. */
	readonly undecidedFails: boolean;
	readonly ablate: boolean;
	readonly proveGate: boolean;
	readonly baseline: string | undefined;
	readonly format: (typeof compareFormats)[number];
};

/**
Checks the flags of `compare` against each other and the presets.

@throws {UserError} for a value that is no such thing, or flags that contradict each other.
*/
export function compareOptions(input: readonly string[], flags: FlagValues): CompareOptions {
	const [nameA = 'seed-2019-kick-under-lock', nameB = nameA] = input;
	if (nameA === '-' && nameB === '-' && input.length > 1) {
		throw new UserError('compare: standard input can be one side only: give a file for the other');
	}

	const presetA = givenPreset(nameA);
	const presetB = nameB === nameA ? presetA : givenPreset(nameB);
	const shared = settingsOf(flags);
	const sides: readonly [GivenSide, GivenSide] = [
		sideOf(nameA, presetA, shared, flags.a, '--a'),
		sideOf(nameB, presetB, shared, flags.b, '--b'),
	];
	const gates = flags.failIf.map(text => parseGate(text));
	if (flags.proveGate && gates.length === 0) {
		throw new UserError('--prove-gate: there is no gate to prove; give --fail-if');
	}

	if (flags.baseline !== undefined && (flags.a.length > 0 || input.length > 1)) {
		throw new UserError('--baseline is side a: give side b alone, by a preset and --b');
	}

	const precision = flags.precision === undefined ? null : shareOf('--precision', flags.precision);
	return {
		sides,
		seed: Number(sides[0].configuration.parameters.seed),
		runs: runsOf(flags.runs, precision === null ? usualRuns : mostWithPrecision),
		precision,
		length: givenLength(parseSets(shared)),
		budget: budgetOf(flags.events),
		margins: new Map(flags.sameWithin.map(text => ownMargin(text))),
		gates,
		undecidedFails: undecidedOf(flags.undecided),
		ablate: flags.ablate,
		proveGate: flags.proveGate,
		baseline: flags.baseline,
		format: formatFlag(flags.format, compareFormats),
	};
}

function sideOf(
	name: string,
	preset: Preset,
	both: readonly string[],
	own: readonly string[],
	flag: string,
): GivenSide {
	for (const text of own) {
		const {key} = parseSet(text);
		if (parameter(key).group === 'run') {
			throw new UserError(
				`${flag} ${text}: both runs of a pair have the same ${key}; give it to both sides with --set`,
			);
		}
	}

	return {
		name,
		preset,
		set: own,
		configuration: configurationOf(preset, parseSets([...both, ...own])),
	};
}

/** What the user said of the length, with `--for`, `--warmup` or `--set`. */
function givenLength({warmup, duration}: Readonly<Record<string, ParameterValue>>): GivenLength {
	return {
		...(typeof warmup === 'number' ? {warmup} : {}),
		...(typeof duration === 'number' ? {duration} : {}),
	};
}

function runsOf(text: string | undefined, usual: number): number {
	const runs = text === undefined ? usual : /^\d{1,9}$/v.test(text) ? Number(text) : 0;
	if (runs < 1 || runs > mostRuns) {
		throw new UserError(`--runs ${text} is no whole number from 1 to ${mostRuns}`);
	}

	return runs;
}

/** A share above 0 and below 1, as `1%` or `0.01`. */
function shareOf(flag: string, text: string): number {
	const [, digits, percent] = /^(\d+(?:\.\d*)?|\.\d+)(%?)$/v.exec(text.trim()) ?? [];
	const share = digits === undefined ? Number.NaN : Number(digits) / (percent === '%' ? 100 : 1);
	if (!(share > 0 && share < 1)) {
		throw new UserError(`${flag} ${text} is no share between 0 and 1, as in ${flag} 1%`);
	}

	return share;
}

export function ownMargin(text: string): readonly [string, number] {
	const [, path, share] = /^\s*([^\s=]+)\s*=\s*(\S+)\s*$/v.exec(text) ?? [];
	if (path === undefined || share === undefined) {
		throw new UserError(`--same-within '${text}' is not PATH=SHARE, as in --same-within latency.p99=2%`);
	}

	if (metricOf(path) === undefined) {
		const near = nearest(
			path,
			metrics.map(metric => metric.path),
		);
		throw new UserError(
			`--same-within '${text}': there is no metric ${path}${near === undefined ? '' : `; did you mean ${near}?`}`,
		);
	}

	return [path, shareOf(`--same-within ${path}`, share)];
}

export function undecidedOf(text = 'fail'): boolean {
	if (text !== 'fail' && text !== 'pass') {
		throw new UserError(`--undecided ${text} is neither fail nor pass`);
	}

	return text === 'fail';
}

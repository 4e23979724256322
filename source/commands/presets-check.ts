import {setImmediate as turn} from 'node:timers/promises';
import {checkClaim, ClaimRuns, type CheckedClaim} from '../diagnosis/claims.js';
import {UserError} from '../errors/user-error.js';
import {givenPreset} from '../presets/load-preset.js';
import {configurationOf, type Preset} from '../presets/preset.js';
import {warningsFor} from '../simulation/parameters/resolve.js';
import {type Progress} from '../terminal/progress-line.js';
import {type CommandResult, resultOf} from './command-result.js';
import {type Interrupt} from './interrupt.js';

/** What was found in a file. */
type Checked = {
	readonly file: string;
	readonly title: string;
	readonly warnings: readonly string[];
	readonly claims: readonly CheckedClaim[];
};

/** How the command works. */
export type CheckOptions = {
	readonly format: 'text' | 'json';
	readonly interrupt: Interrupt;
	readonly progress: Progress;
};

/**
`vqlab presets --check FILE…`: whether each file loads, what it warns of, and whether what it claims
(`expect`) holds. Exit code 1 when a claim does not hold.

@throws {UserError} without a file, or for one that cannot be read.
*/
export async function checkPresets(
	files: readonly string[],
	{format, interrupt, progress}: CheckOptions,
): Promise<CommandResult> {
	if (files.length === 0) {
		throw new UserError('presets --check: a file is missing: vqlab presets --check my-guest.json');
	}

	const read = files.map(file => [file, givenPreset(file)] as const);
	const checked = await interrupt.during(async () => checkAll(read, {interrupt, progress}));
	const output =
		format === 'json' ? `${JSON.stringify(checked, undefined, 2)}\n` : checked.map(each => textOf(each)).join('');
	const broken = checked.flatMap(({file, claims}) =>
		claims.filter(({holds}) => !holds).map(({text, got}) => `${file}: ${text} does not hold: ${gotText(got)}`),
	);
	return resultOf(output, broken);
}

async function checkAll(
	read: ReadonlyArray<readonly [file: string, preset: Preset]>,
	{interrupt, progress}: Pick<CheckOptions, 'interrupt' | 'progress'>,
): Promise<readonly Checked[]> {
	const checked: Checked[] = [];
	const runs = new ClaimRuns();
	for (const [file, preset] of read) {
		const claims: CheckedClaim[] = [];
		for (const [index, claim] of preset.expect.entries()) {
			if (interrupt.signal !== undefined) {
				break;
			}

			progress.show(
				`checking ${file}`,
				index / preset.expect.length,
				`claim ${index + 1} of ${preset.expect.length}`,
			);
			await turn(); // eslint-disable-line no-await-in-loop -- a signal is heard between two runs
			claims.push(checkClaim(preset, claim, runs));
		}

		checked.push({file, title: preset.title, warnings: warningsFor(configurationOf(preset).parameters), claims});
	}

	return checked;
}

function textOf({file, title, warnings, claims}: Checked): string {
	return [
		`${file}  loads${claims.length === 0 ? '; it claims nothing (expect)' : ''}`,
		`  ${title}`,
		...warnings.map(warning => `  warning: ${warning}`),
		...claims.map(({text, got, holds}) => `  ${holds ? 'holds' : 'FAILS'}  ${text}: ${gotText(got)}`),
	]
		.map(line => `${line}\n`)
		.join('');
}

function gotText(got: CheckedClaim['got']): string {
	return got === null
		? 'there is no such figure here'
		: typeof got === 'number'
			? String(Number(got.toPrecision(4)))
			: got;
}

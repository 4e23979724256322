import path from 'node:path';
import process from 'node:process';
import {createInterface} from 'node:readline/promises';
import {isatty} from 'node:tty';
import {UserError} from '../errors/user-error.js';
import {formatValue, rangeText} from '../parameters/value.js';
import {givenPreset} from '../presets/load-preset.js';
import {ownPresetsFolder} from '../presets/preset-files.js';
import {presetOf, presetText} from '../presets/preset-text.js';
import {configurationOf, type Preset} from '../presets/preset.js';
import {savePreset} from '../presets/save-preset.js';
import {shellWord} from '../report/shell-word.js';
import {parseSets} from '../simulation/parameters/parse-set.js';
import {parameter} from '../simulation/parameters/table.js';
import {makeFolder} from '../files/make-folder.js';
import {standard} from '../files/standard-descriptors.js';
import {type CommandOutcome} from './verb.js';

/** How the new preset is made. */
export type NewOptions = {
	/** `key=value` of `--set`. */
	readonly set: readonly string[];
	/** The file of `--output`: the preset goes there. */
	readonly output: string | undefined;
};

/** What people change first, in the order of the questions. */
const asked = [
	'guest.vcpus',
	'host.cpus',
	'host.accel',
	'host.backend',
	'host.ioeventfd',
	'queue.size',
	'driver.lockPolicy',
] as const;

/** The preset that a new one begins as when nothing else is said. */
const model = 'seed-2019-kick-under-lock';

/**
`vqlab presets new [preset]`: a preset of one's own, from one that is there and `--set`;
without a name, from answers on the terminal. `--output` names the file; the answers go to a
file in the user's own folder of presets.

@throws {UserError} without a name and without a terminal; for settings that the preset cannot
have; for a file that is there.
*/
export async function newPreset(words: readonly string[], {set, output}: NewOptions): Promise<CommandOutcome> {
	const [from, extra] = words;
	if (extra !== undefined) {
		throw new UserError(`presets new takes one preset, not also ${shellWord(extra)}`);
	}

	if (from === undefined) {
		return interview(set, output);
	}

	const preset = changed(givenPreset(from), set, undefined);
	return {output: presetText(preset), exitCode: 0};
}

/** A preset with settings on top. What it claimed was of the old one. */
function changed(preset: Preset, set: readonly string[], title: string | undefined): Preset {
	const {name, story, source} = preset;
	const configuration = configurationOf(preset, parseSets(set));
	return {
		...presetOf(configuration, {
			name,
			title: title ?? (set.length === 0 ? preset.title : `${preset.title} (changed)`),
			story,
			source,
		}),
		provenance: Object.fromEntries(
			Object.entries(preset.provenance).filter(([key]) => !set.some(text => text.startsWith(`${key}=`))),
		),
	};
}

async function interview(set: readonly string[], output: string | undefined): Promise<CommandOutcome> {
	if (!isatty(standard.input) || !isatty(standard.errorOutput)) {
		throw new UserError(
			'presets new asks on a terminal; without one: vqlab presets new PRESET --set key=value --output FILE',
		);
	}

	const lines = createInterface({input: process.stdin, output: process.stderr});
	// Lines that come before they are asked for wait here.
	const answers = lines[Symbol.asyncIterator]();
	lines.on('SIGINT', () => {
		lines.close();
		process.kill(process.pid, 'SIGINT');
	});
	/** Asks until the answer is one; an empty one is the default. */
	const ask = async <Answer>(question: string, read: (answer: string) => Answer): Promise<Answer> => {
		for (;;) {
			process.stderr.write(question);
			// eslint-disable-next-line no-await-in-loop -- one answer at a time
			const next: IteratorResult<string, unknown> = await answers.next();
			if (next.done === true) {
				throw new UserError('presets new: the answers ended; nothing was written');
			}

			try {
				return read(next.value.trim());
			} catch (error) {
				if (!(error instanceof UserError)) {
					throw error;
				}

				process.stderr.write(`  ${error.message}\n`);
			}
		}
	};

	try {
		const base = await ask(`Which preset is nearest? (${model}; vqlab presets lists them) `, answer =>
			givenPreset(answer === '' ? model : answer),
		);
		const title = await ask(`What is it, in a line? (${base.title}, my own) `, answer =>
			answer === '' ? `${base.title}, my own` : answer,
		);
		const settings = [...set];
		const given = new Set(parseSetKeys(set));
		for (const key of asked.filter(each => !given.has(each))) {
			const {parameters} = configurationOf(base, parseSets(settings));
			const row = parameter(key);
			if (!Object.hasOwn(parameters, key)) {
				continue;
			}

			const now = formatValue(row, parameters[key]);
			// eslint-disable-next-line no-await-in-loop -- one question at a time
			const answer = await ask(`${row.label}, ${rangeText(row)}? (${now}) `, text => {
				configurationOf(base, parseSets(text === '' ? settings : [...settings, `${key}=${text}`]));
				return text;
			});
			if (answer !== '' && answer !== now) {
				settings.push(`${key}=${answer}`);
			}
		}

		const preset = changed(base, settings, title);
		if (output !== undefined) {
			return {output: presetText(preset), exitCode: 0};
		}

		const file = await ask('What is it called? (my-guest) ', answer => {
			const name = answer === '' ? 'my-guest' : answer;
			if (!/^[\w\-]+$/v.test(name)) {
				throw new UserError(`${JSON.stringify(name)}: letters, digits, - and _`);
			}

			const folder = ownPresetsFolder();
			makeFolder(folder);
			const place = path.join(folder, `${name}.json`);
			savePreset(place, preset, {existing: 'refuse'});
			return place;
		});
		return {output: `${file}\nvqlab ${path.basename(file, '.json')}\n`, exitCode: 0};
	} finally {
		lines.close();
	}
}

/** The keys of `key=value` texts. */
function parseSetKeys(set: readonly string[]): readonly string[] {
	return set.map(text => text.split('=', 1)[0]);
}

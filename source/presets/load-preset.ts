import path from 'node:path';
import {readError} from '../files/file-error.js';
import {readStart} from '../files/read-start.js';
import {standard} from '../files/standard-descriptors.js';
import {quoted} from '../parameters/duration.js';
import {nearest} from '../errors/nearest.js';
import {UserError} from '../errors/user-error.js';
import {empiricalReader} from './empirical-file.js';
import {decodeText, readBytes, textOnly} from './file-text.js';
import {parsePreset} from './parse-preset.js';
import {type Preset} from './preset.js';
import {
	largestPreset,
	nodePresetFiles,
	ownPresetNames,
	presetFile,
	presetNames,
	type PresetFiles,
} from './preset-files.js';
import {themes} from './themes.js';

export {presetNames} from './preset-files.js';

/**
Loads a preset by name, one that ships or the user's own, or by path when the text has a `/` or ends
in `.json`. Throws `UserError`; an unknown name is told its nearest.
*/
export function loadPreset(nameOrPath: string, files: PresetFiles = nodePresetFiles()): Preset {
	if (nameOrPath.includes('/') || nameOrPath.endsWith('.json')) {
		return readPreset(nameOrPath, files);
	}

	const file = presetFile(nameOrPath, files);
	if (file === undefined) {
		const near = nearest(nameOrPath, [...presetNames(files), ...ownPresetNames(files)]);
		throw new UserError(
			`no preset is called ${quoted(nameOrPath)}${near === undefined ? ': vqlab presets lists them; a file needs a / or .json' : `; did you mean ${near}?`}`,
		);
	}

	return readPreset(file, files);
}

/**
Loads what a command line names: as `loadPreset` does, or from standard
input for `-`. Throws `UserError`.
*/
export function givenPreset(reference: string): Preset {
	return reference === '-' ? presetFromStandardInput() : loadPreset(reference);
}

/**
Reads a preset that came as text (`vqlab -`). It has no folder, so it can
name no files. Throws `UserError`.
*/
export function presetFromText(text: string, files: PresetFiles = nodePresetFiles()): Preset {
	if (text.length > largestPreset) {
		throw tooLarge('standard input');
	}

	return parsePreset(text, {file: 'standard input', name: 'stdin', readEmpirical: empiricalReader(files, undefined)});
}

/** Reads a preset from standard input, waiting for it. Throws `UserError`. */
function presetFromStandardInput(): Preset {
	const name = 'standard input';
	let bytes: Uint8Array;
	try {
		bytes = readStart(standard.input, largestPreset + 1, textOnly(name));
	} catch (error) {
		throw readError(name, error);
	}

	if (bytes.length > largestPreset) {
		throw tooLarge(name);
	}

	return presetFromText(decodeText(name, bytes));
}

function tooLarge(name: string): UserError {
	return new UserError(`${name}: it is larger than ${largestPreset / 1_048_576} MiB`);
}

/** All presets that ship, by theme, then by name. Throws `UserError` for one that is broken. */
export function listPresets(files: PresetFiles = nodePresetFiles()): readonly Preset[] {
	const rank = (preset: Preset) => themes.indexOf(preset.theme);
	return presetNames(files)
		.map(name => loadPreset(name, files))
		.toSorted((a, b) => rank(a) - rank(b));
}

/** The user's own presets, by name; what cannot be read is left out. */
export function listOwnPresets(files: PresetFiles = nodePresetFiles()): readonly Preset[] {
	return ownPresetNames(files).flatMap(name => {
		try {
			return [loadPreset(name, files)];
		} catch (error) {
			if (error instanceof UserError) {
				return [];
			}

			throw error;
		}
	});
}

function readPreset(file: string, files: PresetFiles): Preset {
	return parsePreset(decodeText(file, readBytes(files, file, largestPreset)), {
		file,
		name: path.basename(file, '.json'),
		readEmpirical: empiricalReader(files, path.dirname(path.resolve(file))),
	});
}

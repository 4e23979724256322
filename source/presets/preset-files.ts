import {existsSync, readdirSync, realpathSync} from 'node:fs';
import {homedir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {readStart} from '../files/read-start.js';

/** What presets need of a file system, so that tests and the library can give another. */
export type PresetFiles = {
	/** Folder of the presets that ship. */
	readonly folder: string;
	/** Folder of the user's own, which need not be there. */
	readonly own?: string;
	/**
	At most `limit` bytes from the start. `onFirst` may see the first of them before more are
	read, and throw. Throws errors with a `code`, as node:fs does.
	*/
	readonly read: (file: string, limit: number, onFirst?: (bytes: Uint8Array) => void) => Uint8Array;
	/** Names in a folder. */
	readonly list: (folder: string) => readonly string[];
	/** Where a path leads, links followed. Throws errors with a `code`. */
	readonly realPath: (file: string) => string;
};

/** Largest text of a preset, bytes. */
export const largestPreset = 4 * 1_048_576;

/** The file that marks the folder of presets. */
export const schemaFile = 'preset.schema.json';

/**
The folder `presets/` of the program that a module belongs to (`import.meta.url`): the nearest one
upwards, from source/ as well as from the bundle in distribution/.
*/
export function presetsFolder(from: string): string {
	for (let folder = path.dirname(fileURLToPath(from)); ; folder = path.dirname(folder)) {
		const presets = path.join(folder, 'presets');
		if (existsSync(path.join(presets, schemaFile))) {
			return presets;
		}

		if (path.dirname(folder) === folder) {
			throw new Error(`no folder presets/ with ${schemaFile} above ${fileURLToPath(from)}`);
		}
	}
}

/**
Where the user's own presets lie: `vqlab/presets` in the user's folder of
configuration (XDG base directories).
*/
export function ownPresetsFolder(
	{XDG_CONFIG_HOME: home = ''}: Readonly<Record<string, string | undefined>> = process.env,
): string {
	return path.join(path.isAbsolute(home) ? home : path.join(homedir(), '.config'), 'vqlab', 'presets');
}

/** The real file system, with the presets that ship with this program and the user's own. */
export function nodePresetFiles(folder = presetsFolder(import.meta.url), own = ownPresetsFolder()): PresetFiles {
	return {
		folder,
		own,
		read: readStart,
		list: name => readdirSync(name),
		realPath: name => realpathSync(name),
	};
}

/** Names of the presets that ship, sorted. */
export function presetNames(files: PresetFiles = nodePresetFiles()): readonly string[] {
	return namesIn(files, files.folder);
}

/**
Names of the user's own presets, sorted. A name that ships is not among them: it means what ships.
*/
export function ownPresetNames(files: PresetFiles = nodePresetFiles()): readonly string[] {
	const shipped = new Set(presetNames(files));
	try {
		return files.own === undefined ? [] : namesIn(files, files.own).filter(name => !shipped.has(name));
	} catch {
		// There is no such folder, or it is not for us to read.
		return [];
	}
}

/** The file of a preset that is called so, or undefined. */
export function presetFile(name: string, files: PresetFiles): string | undefined {
	if (presetNames(files).includes(name)) {
		return path.join(files.folder, `${name}.json`);
	}

	return files.own !== undefined && ownPresetNames(files).includes(name)
		? path.join(files.own, `${name}.json`)
		: undefined;
}

function namesIn(files: PresetFiles, folder: string): readonly string[] {
	return files
		.list(folder)
		.filter(name => name.endsWith('.json') && name !== schemaFile)
		.map(name => path.basename(name, '.json'))
		.toSorted();
}

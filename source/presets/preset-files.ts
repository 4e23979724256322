import {existsSync, readdirSync, realpathSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {readStart} from '../files/read-start.js';

/** What presets need of a file system, so that tests and the library can give another. */
export type PresetFiles = {
	/** Folder of the presets that ship. */
	readonly folder: string;
	/** At most `limit` bytes from the start. Throws errors with a `code`, as node:fs does. */
	readonly read: (file: string, limit: number) => Uint8Array;
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
The folder `presets/` of the program that a module belongs to (`import.meta.url`): the nearest one upwards,
from source/ as well as from the bundle in distribution/.
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

/** The real file system, with the presets that ship with this program. */
export function nodePresetFiles(folder = presetsFolder(import.meta.url)): PresetFiles {
	return {
		folder,
		read: readStart,
		list: name => readdirSync(name),
		realPath: name => realpathSync(name),
	};
}

/** Names of the presets that ship, sorted. */
export function presetNames(files: PresetFiles = nodePresetFiles()): readonly string[] {
	return files
		.list(files.folder)
		.filter(name => name.endsWith('.json') && name !== schemaFile)
		.map(name => path.basename(name, '.json'))
		.toSorted();
}

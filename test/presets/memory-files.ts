import {Buffer} from 'node:buffer';
import path from 'node:path';
import {type PresetFiles} from '../../source/presets/preset-files.js';

/** Files in memory, in the folder `/p/presets`; `link` of a file is where it really is. */
export function memoryFiles(
	contents: Readonly<Record<string, string | Uint8Array>>,
	links: Readonly<Record<string, string>> = {},
): PresetFiles {
	const folder = '/p/presets';
	const missing = (file: string) => Object.assign(new Error(`no ${file}`), {code: 'ENOENT'});
	return {
		folder,
		read(file, limit) {
			if (file === folder) {
				throw Object.assign(new Error('folder'), {code: 'EISDIR'});
			}

			const content = contents[path.relative(folder, path.resolve(folder, file))];
			if (content === undefined) {
				throw missing(file);
			}

			return Buffer.from(content).subarray(0, limit);
		},
		list: () => Object.keys(contents),
		realPath: file => links[file] ?? file,
	};
}

import path from 'node:path';
import {decodeText, readBytes} from './file-text.js';
import {largestPreset, presetNames, type PresetFiles} from './preset-files.js';
import {type Theme, themes} from './themes.js';

/** What a list says of a preset. */
export type PresetWords = {
	readonly name: string;
	readonly title: string;
	readonly theme: Theme;
	readonly source: string;
	readonly story: string;
};

/**
The presets that ship, by theme, then by name, in words only: what they set up is not looked at, which would take most of
the time. One whose words are not as they should be is read by the loader, which says what is wrong.
*/
export async function listPresetWords(files: PresetFiles): Promise<readonly PresetWords[]> {
	const words: PresetWords[] = [];
	for (const name of presetNames(files)) {
		const file = path.join(files.folder, `${name}.json`);
		const read = wordsIn(decodeText(file, readBytes(files, file, largestPreset)), name);
		words.push(read ?? (await loaded(name, files))); // eslint-disable-line no-await-in-loop -- one after the other
	}

	const rank = ({theme}: PresetWords) => themes.indexOf(theme);
	return words.toSorted((a, b) => rank(a) - rank(b));
}

async function loaded(name: string, files: PresetFiles): Promise<PresetWords> {
	const {loadPreset} = await import('./load-preset.js');
	return loadPreset(name, files);
}

function wordsIn(text: string, name: string): PresetWords | undefined {
	let json: unknown;
	try {
		json = JSON.parse(text);
	} catch {
		return undefined;
	}

	if (typeof json !== 'object' || json === null) {
		return undefined;
	}

	const {title, theme = 'machine', source = '', story = ''} = json as Readonly<Record<string, unknown>>;
	const known = themes.find(candidate => candidate === theme);
	return typeof title === 'string' && typeof source === 'string' && typeof story === 'string' && known !== undefined
		? {
				name,
				title,
				theme: known,
				source,
				story,
			}
		: undefined;
}

import path from 'node:path';
import {UserError} from '../errors/user-error.js';
import {decodeText, readBytes} from './file-text.js';
import {largestPreset, ownPresetNames, presetFile, presetNames, type PresetFiles} from './preset-files.js';
import {type Theme, themes} from './themes.js';

/** The theme under which the user's own presets are listed. */
export const ownTheme = 'your own';

/** What a list says of a preset. */
export type PresetWords = {
	readonly name: string;
	readonly title: string;
	/** `your own` for those of the user. */
	readonly theme: Theme | typeof ownTheme;
	readonly source: string;
	readonly story: string;
};

/**
The presets that ship, by theme, then by name, then the user's own, in words only: what they set up
is not looked at, which would take most of the time. One whose words are not as they should be is
read by the loader, which says what is wrong.
*/
export async function listPresetWords(files: PresetFiles): Promise<readonly PresetWords[]> {
	const words: PresetWords[] = [];
	for (const name of presetNames(files)) {
		const file = path.join(files.folder, `${name}.json`);
		const read = wordsIn(decodeText(file, readBytes(files, file, largestPreset)), name);
		words.push(read ?? (await loaded(name, files))); // eslint-disable-line no-await-in-loop -- one after the other
	}

	const rank = ({theme}: PresetWords) => [...themes, ownTheme].indexOf(theme);
	return [
		...words.toSorted((a, b) => rank(a) - rank(b)),
		...ownPresetNames(files).map(name => ownWords(name, files)),
	];
}

/** One that cannot be read does not keep the others from being listed. */
function ownWords(name: string, files: PresetFiles): PresetWords {
	const broken = {title: `cannot be read: vqlab presets --check ${name}`, source: '', story: ''};
	const file = presetFile(name, files) ?? name;
	let words: PresetWords | undefined;
	try {
		words = wordsIn(decodeText(file, readBytes(files, file, largestPreset)), name);
	} catch (error) {
		if (!(error instanceof UserError)) {
			throw error;
		}
	}

	return {name, ...broken, ...words, theme: ownTheme};
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

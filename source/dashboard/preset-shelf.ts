import {type WriteOptions} from '../files/write-file.js';
import {UserError} from '../errors/user-error.js';
import {listOwnPresets, listPresets, loadPreset} from '../presets/load-preset.js';
import {configurationOf, type Preset} from '../presets/preset.js';
import {ownTheme} from '../presets/preset-words.js';
import {presetOf} from '../presets/preset-text.js';
import {savePreset} from '../presets/save-preset.js';
import {type PresetShelf, type SessionPreset} from '../session/preset-shelf.js';

/** A preset with its configuration; `reference` is what the user called it. */
export function sessionPreset(preset: Preset, reference: string): SessionPreset {
	const {name, title, theme, source, story, question, answer} = preset;
	return {
		name,
		title,
		theme,
		source,
		story,
		...(question === undefined ? {} : {question}),
		...(answer === undefined ? {} : {answer}),
		try: preset.try,
		reference,
		configuration: configurationOf(preset),
	};
}

/** The presets that ship, and the file system to save to. */
export function presetShelf(existing: WriteOptions['existing']): PresetShelf {
	return {
		list: () => [...listPresets(), ...listOwnPresets().map(preset => ({...preset, theme: ownTheme}))],
		load: name => sessionPreset(loadPreset(name), name),
		save(path, {title, story, source}, configuration) {
			if (!path.endsWith('.json')) {
				throw new UserError(`${JSON.stringify(path)}: a preset file ends in .json`);
			}

			savePreset(
				path,
				presetOf(configuration, {
					name: path,
					title: `${title} (changed)`,
					story,
					source,
				}),
				{called: 'the file', existing},
			);
		},
	};
}

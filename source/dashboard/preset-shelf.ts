import {existsSync} from 'node:fs';
import {type Configuration} from '../parameters/configuration.js';
import {UserError} from '../parameters/user-error.js';
import {listPresets, loadPreset} from '../presets/load-preset.js';
import {configurationOf, type Preset} from '../presets/preset.js';
import {presetOf} from '../presets/preset-text.js';
import {savePreset} from '../presets/save-preset.js';
import {type PresetShelf, type SessionPreset} from '../session/ports.js';

/** A preset with its configuration; `reference` is what the user called it. */
export function sessionPreset(preset: Preset, reference: string): SessionPreset {
	const {
		name, title, theme, source, story,
	} = preset;
	return {
		name, title, theme, source, story, try: preset.try, reference, configuration: configurationOf(preset),
	};
}

function save(path: string, {title, story, source}: SessionPreset, configuration: Configuration): void {
	if (!path.endsWith('.json')) {
		throw new UserError(`${JSON.stringify(path)}: a preset file ends in .json`);
	}

	if (existsSync(path)) {
		throw new UserError(`${JSON.stringify(path)} is there already: choose another name`);
	}

	savePreset(path, presetOf(configuration, {
		name: path, title: `${title} (changed)`, story, source,
	}));
}

/** The presets that ship, and the file system to save to. */
export const presetShelf: PresetShelf = {
	list: () => listPresets(),
	load: name => sessionPreset(loadPreset(name), name),
	save,
};

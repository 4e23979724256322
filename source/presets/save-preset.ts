import {renameSync, rmSync, writeFileSync} from 'node:fs';
import {fileError} from './file-text.js';
import {type Preset} from './preset.js';
import {presetText} from './preset-text.js';

/** Writes a preset, whole or not at all. Throws `UserError` when the place cannot be written. */
export function savePreset(file: string, preset: Preset): void {
	const draft = `${file}.draft`;
	try {
		writeFileSync(draft, presetText(preset));
		renameSync(draft, file);
	} catch (error) {
		rmSync(draft, {force: true});
		throw fileError(file, error);
	}
}

import {checkPlace, writeFile, type WriteOptions} from '../files/write-file.js';
import {type Preset} from './preset.js';
import {presetText} from './preset-text.js';

/** How a preset is saved; what is there is replaced unless it says otherwise. */
export type SaveOptions = Partial<Pick<WriteOptions, 'called' | 'existing'>>;

/** Writes a preset, whole or not at all. Throws `UserError` when the place can not be written. */
export function savePreset(
	file: string,
	preset: Preset,
	{called = JSON.stringify(file), existing = 'force'}: SaveOptions = {},
): void {
	const options: WriteOptions = {called, existing};
	checkPlace(file, options);
	writeFile(file, presetText(preset), options);
}

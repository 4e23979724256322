import {type Answer} from '../presets/answer.js';
import {type Configuration} from '../simulation/configuration.js';

/** A preset as the picker lists it. */
export type PresetSummary = {
	readonly name: string;
	readonly title: string;
	readonly theme: string;
	readonly source: string;
	readonly story: string;
	readonly question?: string;
	readonly answer?: Answer;
	readonly try: readonly string[];
};

/** A preset ready to run. */
export type SessionPreset = PresetSummary & {
	/** As it was given: a name or a path. */
	readonly reference: string;
	readonly configuration: Configuration;
};

/** Where presets come from and go to. All throw `UserError`. */
export type PresetShelf = {
	list(): readonly PresetSummary[];
	load(name: string): SessionPreset;
	/**
	Writes a preset file, whole or not at all; over what is there only when the user asked for that.
	*/
	save(path: string, preset: SessionPreset, configuration: Configuration): void;
};

/**
Where exports go; over what is there only when the user asked for that. Both throw `UserError`.
*/
export type ExportFiles = {
	/** Says before the work that a name is taken or can not be written. */
	refuse(path: string): void;
	/** Writes a whole file or nothing. */
	write(path: string, text: string): void;
};

import * as z from 'zod/mini';
import {type Preset} from '../presets/preset.js';
import {readJson} from './companion.js';
import {presetWith} from './evidence.js';

/** Values as texts, by key. */
const values = z.record(z.string(), z.string());

const fitSchema = z.strictObject({
	schema: z.literal(1),
	/** The preset whose constants were fitted. */
	preset: z.string(),
	/** The command that made it. */
	again: z.string(),
	/** Cells in view of the fit. */
	cells: z.array(z.string()),
	constants: values,
	/** Speed of each family's session as the fit saw it: its rates over what the constants say. */
	sessions: z.record(z.string(), z.number().check(z.positive())),
	/** By family: the constants of a fit that did not see it. */
	leftOut: z.record(z.string(), values),
});

/** What a fit over a file of cells came to. */
export type FitResult = z.infer<typeof fitSchema>;

/** Reads the result of a fit. Throws `UserError`. */
export function readFit(text: string, file: string): FitResult {
	return readJson(fitSchema, text, file);
}

/**
By family: the preset with the constants of the fit that did not see it. Throws `UserError` for
a key or a value that is none.
*/
export function leftOutPresets({leftOut}: Pick<FitResult, 'leftOut'>, preset: Preset): ReadonlyMap<string, Preset> {
	return new Map(Object.entries(leftOut).map(([family, constants]) => [family, presetWith(preset, constants)]));
}

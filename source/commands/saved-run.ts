import {UserError} from '../errors/user-error.js';
import {configurationOf, type Preset} from '../presets/preset.js';
import {givenSession} from '../session/saved-session.js';
import {type CommandLine} from './command-line.js';
import {type FlagName} from './flags.js';
import {type RunOptions} from './run-options.js';

/** What a saved session says of a run of its own. */
export type SavedRun = {
	readonly reference: string;
	readonly preset: Preset;
	readonly options: Pick<RunOptions, 'changes' | 'duration' | 'warmup'>;
	readonly eventHash: string;
	readonly vqlab: string;
};

/** The session says these. */
const decided: readonly FlagName[] = ['set', 'change', 'seed', 'for', 'warmup', 'runs'];

/** The shortest run, ns. */
const shortest = 1000;

/**
The run of `--session FILE`. Throws `UserError` for what is none, and for
flags that would make it another.
*/
export function savedRun(file: string, {given}: Pick<CommandLine, 'given'>, input: readonly string[]): SavedRun {
	const foreign = decided.find(name => given.has(name));
	if (foreign !== undefined || input.length > 0) {
		throw new UserError(
			`--session ${file} is a run with its own preset, seed and changes: leave ` +
				`${foreign === undefined ? input[0] : `--${foreign}`} out`,
		);
	}

	const {name, preset, acts, end, eventHash, vqlab} = givenSession(file);
	const {warmup} = configurationOf(preset).parameters;
	// Saved within its warm-up, it has nothing else to measure.
	const measuredFrom = end > warmup + shortest ? warmup : 0;
	return {
		reference: name,
		preset,
		options: {
			changes: acts.flatMap(({at, set}) => (set === undefined ? [] : [{at, set}])),
			warmup: measuredFrom,
			duration: Math.max(shortest, end - measuredFrom),
		},
		eventHash,
		vqlab,
	};
}

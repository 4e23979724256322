import {type FlagValues} from './flags.js';

/** Flags that are another spelling of a parameter. */
const shorthands = {
	seed: 'seed',
	for: 'duration',
	warmup: 'warmup',
	window: 'window',
} as const;

/** The `key=value` that the flags stand for, `--set` first. */
export function settingsOf(flags: FlagValues): string[] {
	const settings = [...flags.set];
	for (const [flag, key] of Object.entries(shorthands)) {
		const value = flags[flag as keyof typeof shorthands];
		if (value !== undefined) {
			settings.push(`${key}=${value}`);
		}
	}

	return settings;
}

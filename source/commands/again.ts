/** A word as a POSIX shell takes it: quoted when it has anything but plain characters. */
export function shellWord(word: string): string {
	return /^[\w.,:=\/+@%\-]+$/v.test(word) ? word : `'${word.replaceAll('\'', String.raw`'\''`)}'`;
}

/** The parts of a run that a command line repeats. */
export type Repeatable = {
	/** As it was given: a name, a path or `-`. */
	readonly preset: string;
	readonly set: readonly string[];
	readonly change: readonly string[];
	readonly seed: number;
	readonly runs: number;
	/** Durations as text with units. */
	readonly duration: string;
	readonly warmup: string;
};

/** The command that repeats a run, in shell words. */
export function againWords({preset, set, change, seed, runs, duration, warmup}: Repeatable): string[] {
	return [
		'vqlab',
		'run',
		shellWord(preset),
		...set.flatMap(text => ['--set', shellWord(text)]),
		...change.flatMap(text => ['--change', shellWord(text)]),
		'--seed',
		String(seed),
		...(runs === 1 ? [] : ['--runs', String(runs)]),
		'--for',
		duration,
		'--warmup',
		warmup,
	];
}

/** How many colours the terminal shows; `none` also when the user wants none. */
export type ColorDepth = 'none' | '16' | '256' | 'truecolor';

export type Capabilities = {
	readonly unicode: boolean;
	readonly color: ColorDepth;
};

export type CapabilityOptions = {
	/** `--ascii`. */
	readonly ascii: boolean;
	/** False after `--no-color`. */
	readonly color: boolean;
};

type Environment = Readonly<Record<string, string | undefined>>;

/** The variable that decides the character set, by POSIX order. */
function locale(environment: Environment): string {
	for (const name of ['LC_ALL', 'LC_CTYPE', 'LANG']) {
		const value = environment[name];
		if (value !== undefined && value !== '') {
			return value;
		}
	}

	return '';
}

/**
What the terminal can show, from the environment: `NO_COLOR` (any value but the empty
one), `TERM=dumb`, `COLORTERM`, and a locale without UTF-8 or the Linux console, which mean ASCII.
*/
export function detectCapabilities(environment: Environment, options: CapabilityOptions): Capabilities {
	// The font of the Linux console has no braille and no heavy frames.
	const unicode = !options.ascii && environment.TERM !== 'linux' && /utf-?8/iv.test(locale(environment));
	return {unicode, color: colorDepth(environment, options.color)};
}

function colorDepth(environment: Environment, wanted: boolean): ColorDepth {
	const {NO_COLOR: noColor = '', TERM: term = '', COLORTERM: colorTerm = ''} = environment;
	if (!wanted || noColor !== '' || term === 'dumb' || term === '' || term.endsWith('-m')) {
		return 'none';
	}

	if (colorTerm === 'truecolor' || colorTerm === '24bit' || term.endsWith('-direct')) {
		return 'truecolor';
	}

	return term.includes('256') ? '256' : '16';
}

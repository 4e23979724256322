/** How many colours the terminal shows; `none` also when the user wants none. */
export type ColorDepth = 'none' | '16' | '256' | 'truecolor';

export type Capabilities = {
	readonly unicode: boolean;
	readonly color: ColorDepth;
};

export type CapabilityOptions = {
	/** `--ascii`. */
	readonly ascii: boolean;
	/** False after `--no-color`, true after `--color`; undefined leaves it to the environment. */
	readonly color: boolean | undefined;
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
What the terminal can show, from the environment. A locale without UTF-8 and the Linux console mean
ASCII; colours are those of `colorDepth`.
*/
export function detectCapabilities(environment: Environment, options: CapabilityOptions): Capabilities {
	// The font of the Linux console has no braille and no heavy frames.
	const unicode = !options.ascii && environment.TERM !== 'linux' && /utf-?8/iv.test(locale(environment));
	return {unicode, color: colorDepth(environment, options.color)};
}

/**
The one order in which colours are decided, the first that says something wins:
`--color` and `--no-color`; `NO_COLOR` (any value but the empty one); `FORCE_COLOR` (0
or false: none; 1, 2, 3: 16, 256, all; anything else: at least 16); `CLICOLOR_FORCE`
(any value but 0 and the empty one: at least
16); `CLICOLOR=0`: none; `TERM` and `COLORTERM`.
*/
function colorDepth(environment: Environment, wanted: boolean | undefined): ColorDepth {
	const {NO_COLOR: noColor = '', CLICOLOR: cliColor = '', CLICOLOR_FORCE: cliForce = ''} = environment;
	if (wanted === false || (wanted === undefined && noColor !== '')) {
		return 'none';
	}

	const shown = terminalDepth(environment);
	const some = shown === 'none' ? '16' : shown;
	const forced = forcedDepth(environment.FORCE_COLOR, some);
	if (wanted === true) {
		return forced === undefined || forced === 'none' ? some : forced;
	}

	if (forced !== undefined) {
		return forced;
	}

	if (cliForce !== '' && cliForce !== '0') {
		return some;
	}

	return cliColor === '0' ? 'none' : shown;
}

/** What `FORCE_COLOR` asks for; undefined when it is not there. */
function forcedDepth(value: string | undefined, some: ColorDepth): ColorDepth | undefined {
	switch (value) {
		case undefined: {
			return undefined;
		}

		case '0':
		case 'false': {
			return 'none';
		}

		case '1': {
			return '16';
		}

		case '2': {
			return '256';
		}

		case '3': {
			return 'truecolor';
		}

		default: {
			return some;
		}
	}
}

/** What the terminal says of itself. */
function terminalDepth({TERM: term = '', COLORTERM: colorTerm = ''}: Environment): ColorDepth {
	if (term === 'dumb' || term === '' || term.endsWith('-m')) {
		return 'none';
	}

	if (colorTerm === 'truecolor' || colorTerm === '24bit' || term.endsWith('-direct')) {
		return 'truecolor';
	}

	return term.includes('256') ? '256' : '16';
}

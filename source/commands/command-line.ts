import meow from 'meow';
import {nearest} from '../errors/nearest.js';
import {UserError} from '../errors/user-error.js';
import {version} from '../version.js';
import {flagNamed, flagNames, flags, spelling, type FlagName, type FlagValues, type FlagWords} from './flags.js';

/** The words of the command line: what stands alone, and the flags. */
export type CommandLine = {
	readonly input: readonly string[];
	readonly flags: FlagValues;
	/** The flags that were given, by name. */
	readonly given: ReadonlySet<FlagName>;
};

const table: Readonly<Record<string, FlagWords>> = flags;

/**
Takes the command line apart.

@throws {UserError} for a flag that does not exist, comes twice or lacks its value.
*/
export function parseCommandLine(argv: readonly string[], importMeta: ImportMeta): CommandLine {
	const given = givenFlags(argv);
	const parsed = meowOf(argv, given, importMeta);
	for (const name of given) {
		if ([parsed.flags[name]].flat().includes('')) {
			throw lacksValue(name);
		}
	}

	return {input: parsed.input, flags: parsed.flags, given};
}

/** The values of flags that were not given. */
const unset: Readonly<Record<string, unknown>> = Object.fromEntries(
	flagNames().map(name => {
		const {isMultiple, type, default: on = false} = table[name];
		return [name, isMultiple ? [] : type === 'boolean' ? on : undefined];
	}),
);

function definite(values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
	return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** What meow makes of the words. It is told of the flags that stand there: each takes its time. */
function meowOf(
	argv: readonly string[],
	given: ReadonlySet<FlagName>,
	importMeta: ImportMeta,
): {input: string[]; flags: FlagValues} {
	try {
		const {input, flags: values} = meow({
			importMeta,
			argv: [...argv],
			pkg: {name: 'vqlab', version},
			description: false,
			autoHelp: false,
			autoVersion: false,
			flags: Object.fromEntries([...given].map(name => [name, flags[name]])),
		});
		const filled: unknown = {...unset, ...definite(values)};
		return {input, flags: filled as FlagValues};
	} catch (error) {
		// What meow throws here is for users: a flag that came twice.
		throw new UserError(error instanceof Error ? error.message.split('\n', 1)[0] : String(error));
	}
}

/** A word that the parser takes for a flag; a negative number and a dash alone are none. */
const flagLike = /^-[^\d.]/v;

function lacksValue(name: FlagName): UserError {
	return new UserError(`${spelling(name)} needs a value: ${spelling(name)} ${table[name].value}`);
}

/** The flags in `argv`, each of which exists: meow takes any flag without a word. */
function givenFlags(argv: readonly string[]): Set<FlagName> {
	const given = new Set<FlagName>();
	for (const [index, word] of argv.entries()) {
		if (word === '--') {
			break;
		}

		if (!flagLike.test(word)) {
			continue;
		}

		const [written] = word.split('=', 1);
		const name = flagNamed(written);
		if (name === undefined) {
			throw new UserError(unknownFlag(written, flagNames()));
		}

		if (table[name].type === 'boolean' && word.includes('=')) {
			throw new UserError(`${written} takes no value`);
		}

		const next = argv.at(index + 1);
		if (table[name].type === 'string' && !word.includes('=') && (next === undefined || flagLike.test(next))) {
			throw lacksValue(name);
		}

		given.add(name);
	}

	return given;
}

/** One line for a flag that is none of `known`. */
export function unknownFlag(written: string, known: readonly FlagName[]): string {
	const near = nearest(
		written,
		known.map(name => spelling(name)),
	);
	return `unknown flag ${written}${near === undefined ? '' : `; did you mean ${near}?`}`;
}

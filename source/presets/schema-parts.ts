import english from 'zod/v4/locales/en.js';
import * as z from 'zod/mini';
import {UserError} from '../errors/user-error.js';
import {type ParameterValue} from '../parameters/configuration.js';
import {type EmpiricalReader, parseDistribution} from '../parameters/distribution-text.js';
import {parseDuration} from '../parameters/duration.js';
import {valueFromJson} from '../parameters/value.js';
import {parameter} from '../simulation/parameters/table.js';

/** In ns. */
export const second = 1_000_000_000;

// What is wrong is said in its words; the small form of the library has none by itself.
z.config(english());

/** A text that a parser turns into something else; its complaints become issues of the schema. */
export function parsed<Output>(parse: (text: string) => Output, description: string) {
	return z.pipe(
		z.string().check(z.meta({description})),
		z.transform((text: string, {issues}): Output => {
			try {
				return parse(text);
			} catch (error) {
				if (!(error instanceof UserError)) {
					throw error;
				}

				issues.push({code: 'custom', message: error.message, input: text});
				return z.NEVER;
			}
		}),
	);
}

/** A line of text of so many characters at most. */
export const line = (longest: number) =>
	z
		.string()
		.check(
			z.minLength(1),
			z.maxLength(longest),
			z.regex(/^\P{Cc}*$/v, 'expected one line without control characters'),
		);
/** A whole number in a range. */
export const whole = (least: number, most: number) => z.int().check(z.minimum(least), z.maximum(most));

/** A duration as text, to ns. */
export const duration = parsed(parseDuration, 'A duration: 250ns, 3us, 10ms, 1s');

/** A duration up to so many ns, which `words` name. */
export function atMost(longest: number, words: string) {
	return duration.check(z.refine(value => value <= longest, `expected at most ${words}`));
}

/** Who reads the files that the preset at hand names; nobody outside `readingWith`. */
let readEmpirical: EmpiricalReader | undefined;

/** Values of parameters by key, to what the table has. */
export const settings = z.pipe(
	z.record(z.string(), z.unknown()),
	z.transform((record: Record<string, unknown>, {issues}) => {
		const given: Record<string, ParameterValue> = {};
		for (const [key, json] of Object.entries(record)) {
			try {
				const entry = parameter(key);
				given[entry.key] = valueFromJson(entry, json, readEmpirical);
			} catch (error) {
				if (!(error instanceof UserError)) {
					throw error;
				}

				issues.push({
					code: 'custom',
					message: error.message,
					path: [key],
					input: json,
				});
				return z.NEVER;
			}
		}

		return given;
	}),
);

/** A duration or a distribution as text, to its specification. */
export const time = parsed(
	text => parseDistribution(text, readEmpirical),
	'A duration or a distribution: 5us, exp(20us), lognormal(5us,0.6)',
).check(z.refine(spec => spec.kind !== 'const' || spec.value <= 60 * second, 'expected at most 60s'));

/** Calls back while the files that a preset names are read by `reader`. */
export function readingWith<Result>(reader: EmpiricalReader, read: () => Result): Result {
	readEmpirical = reader;
	try {
		return read();
	} finally {
		readEmpirical = undefined;
	}
}

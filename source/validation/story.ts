import * as z from 'zod/mini';
import {parameter} from '../simulation/parameters/table.js';
import {UserError} from '../errors/user-error.js';
import {parseValue} from '../parameters/value.js';
import {presetSchema} from '../presets/preset-schema.js';
import {type Testbed} from './cell.js';
import {readJson} from './companion.js';
import {primitives} from './primitive-probe.js';

const words = z.string().check(z.minLength(1), z.maxLength(1000));
const missing = z.strictObject({mechanism: words, source: words});

/**
Texts of values as after `--set key=`: start of the constant and the range that its source allows.
*/
const constant = z
	.strictObject({
		key: z.string(),
		start: z.string(),
		low: z.string(),
		high: z.string(),
		source: words,
	})
	.check(
		z.superRefine(({key, start, low, high}, context) => {
			try {
				const entry = parameter(key);
				for (const text of [start, low, high]) {
					parseValue(entry, text);
				}
			} catch (error) {
				if (!(error instanceof UserError)) {
					throw error;
				}

				context.addIssue({code: 'custom', message: error.message});
			}
		}),
	);

const storySchema = z.strictObject({
	schema: z.literal(1),
	/** The machine in a sentence or two. */
	about: words,
	/**
	Keys that change nothing on that machine: cells that differ in them only
	are one machine, measured twice.
	*/
	inert: z._default(
		z.array(z.strictObject({key: z.string().check(z.refine(key => isKey(key), 'no such parameter')), why: words})),
		[],
	),
	/**
	What figures out of band lack. `of`: patterns over `CELL METRIC`, in which `*` stands for
	anything; the first note that fits counts.
	*/
	notes: z._default(
		z.array(z.extend(missing, {of: z.array(z.string().check(z.minLength(1))).check(z.minLength(1))})),
		[],
	),
	/** What the figures lack that no note is about. */
	otherwise: z._default(z.nullable(missing), null),
	/** Medians of single times that the machine's driver sampled, us. */
	medians: z._default(
		z.array(
			z.strictObject({
				cell: z.string(),
				primitive: z.enum(primitives),
				measured: z.number().check(z.positive()),
			}),
		),
		[],
	),
	/** Constants that a fit moves. */
	constants: z._default(z.array(constant), []),
	/**
	Constants that a fit moved once and that stay where their source has them; what that cost.
	*/
	held: z._default(z.array(z.safeExtend(constant, {cost: z.exactOptional(words)})), []),
	/**
	Cells to be predicted before anyone measures them: these, each with what the family changes.
	*/
	unmeasured: z.exactOptional(
		z.strictObject({
			cells: z.array(z.string()),
			combinations: z.array(
				z.strictObject({
					family: z.string().check(z.minLength(1)),
					words,
					set: presetSchema.shape.parameters,
				}),
			),
		}),
	),
});

/** What is known of the machine behind a file of cells, beside what was measured. */
export type Story = z.infer<typeof storySchema>;

/** Where a constant starts, and between which values its source allows it to be. */
export type ConstantEvidence = Story['constants'][number];

/** What a figure out of band would need, and where that is known from. */
export type MissingMechanism = z.infer<typeof missing>;

/**
Reads the story of a file of cells. `file` names it in messages.

@throws {UserError} for text that is no story, and for cells that are not in `testbed`.
*/
export function readStory(text: string, file: string, testbed: Testbed): Story {
	const story = readJson(storySchema, text, file);
	const ids = new Set(testbed.cells.map(({id}) => id));
	const named = [...story.medians.map(({cell}) => cell), ...(story.unmeasured?.cells ?? [])];
	const stray = named.find(id => !ids.has(id));
	if (stray !== undefined) {
		throw new UserError(`${file}: there is no cell ${stray}`);
	}

	return story;
}

/**
What the machine lacks in the model where this figure is out of band;
null when the story does not say.
*/
export function missingMechanism(
	{notes, otherwise}: Pick<Story, 'notes' | 'otherwise'>,
	{cell, metric}: {readonly cell: string; readonly metric: string},
): MissingMechanism | null {
	const text = `${cell} ${metric}`;
	return notes.find(({of}) => of.some(pattern => fits(pattern, text))) ?? otherwise;
}

function fits(pattern: string, text: string): boolean {
	const [head, ...parts] = pattern.split('*');
	if (parts.length === 0) {
		return text === head;
	}

	const tail = parts.pop() ?? '';
	if (!text.startsWith(head) || !text.endsWith(tail)) {
		return false;
	}

	let from = head.length;
	for (const part of parts) {
		const at = text.indexOf(part, from);
		if (at === -1) {
			return false;
		}

		from = at + part.length;
	}

	return from <= text.length - tail.length;
}

function isKey(key: string): boolean {
	try {
		parameter(key);
		return true;
	} catch {
		return false;
	}
}

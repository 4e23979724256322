import * as z from 'zod/mini';
import {metricOf} from '../metrics/metric-table.js';
import {UserError} from '../errors/user-error.js';
import {presetSchema} from '../presets/preset-schema.js';
import {type Testbed} from './cell.js';
import {readJson} from './companion.js';

const figure = z.number().check(z.minimum(0));

const measured = z
	.object({median: figure, min: figure, max: figure})
	.check(z.refine(({median, min, max}) => min <= median && median <= max, 'the median is not between min and max'));

/** Keys of a cell that say what was measured and set nothing. */
const notes: ReadonlySet<string> = new Set(['guest.kernel']);

/**
Figures of a measured machine that the model has no metric for: what its client wrote, its
pool, its schedulers' counters.
*/
const foreign = /^(?:write|host|guest|fairness)\.|^cpu\.pool$/v;

function withoutNotes(parameters: unknown): unknown {
	return only(parameters, key => !notes.has(key));
}

function withoutForeign(figures: unknown): unknown {
	return only(figures, path => !foreign.test(path));
}

function only(record: unknown, wanted: (key: string) => boolean): unknown {
	return typeof record === 'object' && record !== null
		? Object.fromEntries(Object.entries(record).filter(([key]) => wanted(key)))
		: record;
}

const cell = z.object({
	id: z.string().check(z.regex(/^[^\/]+(?:\/[^\/]+){2,}$/v, 'expected CELL/workload/policy, as in A/flood1/p0')),
	parameters: z.pipe(z.transform(withoutNotes), presetSchema.shape.parameters),
	clients: presetSchema.shape.clients,
	runs: z.optional(z.int().check(z.minimum(1))),
	measured: z.pipe(
		z.transform(withoutForeign),
		z.record(
			z
				.string()
				.check(z.refine(path => metricOf(path) !== undefined, 'no such metric: vqlab explain lists them')),
			measured,
		),
	),
});

const pair = z.object({
	before: z.string(),
	after: z.string(),
	metric: z.string(),
	ratio: figure,
	low: figure,
	high: figure,
});

const testbed = z.object({
	schema: z.literal(1),
	cells: z.array(cell).check(z.minLength(1), z.maxLength(10_000)),
	pairs: z._default(z.array(pair).check(z.maxLength(100_000)), []),
});

/**
Reads a file of measured cells. `file` names it in messages.

@throws {UserError} for text that is no such file, and for a pair of cells that are not there.
*/
export function readCells(text: string, file: string): Testbed {
	const {cells, pairs} = readJson(testbed, text, file);
	const ids = new Set(cells.map(({id}) => id));
	if (ids.size < cells.length) {
		throw new UserError(`${file}: cells: two cells have the same id`);
	}

	for (const [index, {before, after}] of pairs.entries()) {
		const missing = [before, after].find(id => !ids.has(id));
		if (missing !== undefined) {
			throw new UserError(`${file}: pairs.${index}: there is no cell ${missing}`);
		}
	}

	return {cells, pairs};
}

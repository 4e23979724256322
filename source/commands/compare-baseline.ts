import * as z from 'zod/mini';
import {UserError} from '../errors/user-error.js';
import {type Replication, type RunLength} from '../experiment/compare/figures.js';
import {metricPaths} from '../metrics/metric-path.js';
import {decodeText, readBytes} from '../presets/file-text.js';
import {nodePresetFiles} from '../presets/preset-files.js';
import {clientJson} from '../presets/preset-text.js';
import {schema} from '../version.js';
import {type CompareOptions} from './compare-options.js';

/** Largest file of runs, bytes: 10,000 of them. */
const largestFile = 512 * 1_048_576;

/** Runs that were made before: side a of a comparison. */
export type Baseline = {
	/** The version of vqlab that made them. */
	readonly vqlab: string;
	readonly length: RunLength;
	/** By seed, in the order of the file. */
	readonly runs: ReadonlyMap<number, Replication>;
};

const runSchema = z.object({
	vqlab: z.string(),
	preset: z.string(),
	eventHash: z.string(),
	seed: z.number(),
	clients: z.array(z.unknown()),
	changes: z.array(z.unknown()),
	warmupSeconds: z.number(),
	simulatedSeconds: z.number(),
	events: z.number(),
	end: z.string(),
	metrics: z.record(z.string(), z.unknown()),
	stall: z.nullable(z.object({text: z.string()})),
});

const fileSchema = z.object({schema: z.number(), runs: z.array(runSchema).check(z.minLength(1))});

/**
Reads the runs of `vqlab run --runs N --format json` as side a.

@throws {UserError} when the file is none, or its runs can not be compared with side b: another
schema, preset, length or list of clients.
*/
export function baselineOf(file: string, {sides: [, b], length}: CompareOptions): Baseline {
	const refuse = (why: string): UserError => new UserError(`--baseline ${file}: ${why}`);
	let json: unknown;
	try {
		json = JSON.parse(decodeText(file, readBytes(nodePresetFiles(), file, largestFile)));
	} catch (error) {
		if (error instanceof UserError) {
			throw error;
		}

		throw refuse('it is no JSON; vqlab run --runs 12 --format json --output FILE makes one');
	}

	const parsed = fileSchema.safeParse(json);
	if (!parsed.success) {
		throw refuse('it is not the JSON of vqlab run --runs N --format json');
	}

	const {data} = parsed;
	const [first] = data.runs;
	if (data.schema !== schema) {
		throw refuse(`its figures are of schema ${data.schema}, those of this version of ${schema}: make it again`);
	}

	if (first.preset !== b.preset.name) {
		throw refuse(`its preset is ${first.preset}, that of side b is ${b.preset.name}`);
	}

	const lengths = {warmup: Math.round(first.warmupSeconds * 1e9), duration: Math.round(first.simulatedSeconds * 1e9)};
	if (
		(length.duration ?? lengths.duration) !== lengths.duration ||
		(length.warmup ?? lengths.warmup) !== lengths.warmup
	) {
		throw refuse(
			`its runs are ${first.simulatedSeconds} s long after ${first.warmupSeconds} s: leave out --for and ` +
				'--warmup',
		);
	}

	if (JSON.stringify(first.clients) !== JSON.stringify(b.configuration.clients.map(client => clientJson(client)))) {
		throw refuse('its clients are others than those of side b');
	}

	if (data.runs.some(run => run.preset !== first.preset || run.vqlab !== first.vqlab)) {
		throw refuse('its runs are of several presets or versions');
	}

	if (data.runs.some(run => run.changes.length > 0)) {
		throw refuse('its runs have changes under way');
	}

	return {
		vqlab: first.vqlab,
		length: lengths,
		runs: new Map(
			data.runs.map(({seed, metrics, eventHash, events, end, stall}) => [
				seed,
				{
					figures: Object.fromEntries(metricPaths(metrics)),
					eventHash,
					events,
					stall: stall?.text ?? null,
					whole: end === 'duration',
				},
			]),
		),
	};
}

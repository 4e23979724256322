import * as z from 'zod/mini';
import {UserError} from '../errors/user-error.js';
import {type Change} from '../parameters/configuration.js';
import {quoted} from '../parameters/duration.js';
import {jsonValue, valueFromJson} from '../parameters/value.js';
import {empiricalReader} from '../presets/empirical-file.js';
import {decodeText, readBytes} from '../presets/file-text.js';
import {parsePreset} from '../presets/parse-preset.js';
import {type Preset} from '../presets/preset.js';
import {largestPreset, nodePresetFiles} from '../presets/preset-files.js';
import {presetOf, presetText} from '../presets/preset-text.js';
import {toJson} from '../report/json.js';
import {type Act} from '../run/acts.js';
import {parametersHash} from '../simulation/parameters/parameters-hash.js';
import {parameter} from '../simulation/parameters/table.js';
import {schema, version} from '../version.js';
import {type SessionRun} from './kept-run.js';

/** What `simulatedSeconds` and the times of changes are written in, ns. */
const second = 1_000_000_000;

const seconds = z.number().check(z.nonnegative(), z.maximum(9_007_199));
const count = z.int().check(z.nonnegative());

const shape = z.object({
	schema: z.number(),
	vqlab: z.string(),
	preset: z.string(),
	eventHash: z.string(),
	seed: count,
	start: z.record(z.string(), z.unknown()),
	changes: z.array(
		z.object({
			at: seconds,
			events: z.optional(count),
			set: z.record(z.string(), z.unknown()),
		}),
	),
	planned: z.optional(z.array(z.object({at: seconds, set: z.record(z.string(), z.unknown())}))),
	simulatedSeconds: seconds,
	events: count,
	hashes: z.array(z.string()),
});

/**
A session that was saved: what it began with, what was done to it when,
and what it came to. Times in ns.
*/
export type SavedSession = {
	/** What the session was on. */
	readonly name: string;
	readonly preset: Preset;
	readonly acts: readonly Act[];
	/** Changes that are still to be made. */
	readonly planned: readonly Change[];
	/** Simulated time at which it was saved, warm-up included. */
	readonly end: number;
	readonly events: number;
	readonly eventHash: string;
	/** The event hash after each 2^16 events. */
	readonly hashes: readonly string[];
	/** The program that saved it. */
	readonly vqlab: string;
};

/** Values as JSON has them. */
function jsonOf(set: Change['set']): Readonly<Record<string, unknown>> {
	return Object.fromEntries(Object.entries(set).map(([key, value]) => [key, jsonValue(parameter(key), value)]));
}

/** Values from JSON. Throws `UserError`. */
function valuesOf(set: Readonly<Record<string, unknown>>): Change['set'] {
	return Object.fromEntries(
		Object.entries(set).map(([key, value]) => {
			const entry = parameter(key);
			return [entry.key, valueFromJson(entry, value)];
		}),
	);
}

/**
A session as the text of its file (docs/contract.md, section 6): JSON, from
which the same events come again.
*/
export function sessionText({preset, start, timeline, script}: SessionRun): string {
	const done = timeline.record.slice(0, timeline.point.acts);
	const planned = script.upcoming(timeline.now);
	const {name, title, story, source} = preset;
	return toJson({
		schema,
		vqlab: version,
		preset: name,
		parametersHash: parametersHash(start),
		eventHash: timeline.eventHash(),
		seed: Number(start.parameters.seed),
		changes: done.flatMap(({at, events, set}) =>
			set === undefined
				? []
				: [
						{
							at: at / second,
							...(events === undefined ? {} : {events}),
							set: jsonOf(set),
						},
					],
		),
		...(planned.length === 0 ? {} : {planned: planned.map(({at, set}) => ({at: at / second, set: jsonOf(set)}))}),
		warmupSeconds: Number(start.parameters.warmup) / second,
		simulatedSeconds: timeline.now / second,
		events: timeline.events,
		hashes: timeline.hashes,
		start: JSON.parse(presetText(presetOf(start, {name, title, story, source}))) as unknown,
	});
}

/**
The session in a text; undefined when it is another JSON, a preset's. Throws
`UserError` for one that is broken.
*/
export function sessionOf(text: string, file: string): SavedSession | undefined {
	let document: unknown;
	try {
		document = JSON.parse(text);
	} catch {
		return undefined;
	}

	if (typeof document !== 'object' || document === null || !('hashes' in document) || !('start' in document)) {
		return undefined;
	}

	const parsed = shape.safeParse(document);
	if (!parsed.success) {
		const [issue] = parsed.error.issues;
		throw new UserError(`${file}: no saved session: ${issue.path.join('.')}: ${issue.message}`);
	}

	const {preset: name, start, changes, planned, simulatedSeconds, events, eventHash, hashes, vqlab} = parsed.data;
	const preset = parsePreset(JSON.stringify(start), {
		file: `${file}: start`,
		name,
		readEmpirical: empiricalReader(nodePresetFiles(), undefined),
	});
	return {
		name,
		preset,
		acts: changes.map(change => ({
			at: Math.round(change.at * second),
			...(change.events === undefined ? {} : {events: change.events}),
			set: valuesOf(change.set),
		})),
		planned: (planned ?? []).map(({at, set}) => ({at: Math.round(at * second), set: valuesOf(set)})),
		end: Math.round(simulatedSeconds * second),
		events,
		eventHash,
		hashes,
		vqlab,
	};
}

/** The session of a file; undefined when it is a preset's. Throws `UserError`. */
export function readSession(file: string): SavedSession | undefined {
	return sessionOf(decodeText(file, readBytes(nodePresetFiles(), file, largestPreset)), file);
}

/** The session of a file that must be one. Throws `UserError`. */
export function givenSession(file: string): SavedSession {
	const session = readSession(file);
	if (session === undefined) {
		throw new UserError(
			`${quoted(file)} is no saved session: the dashboard saves one under a name in .session.json`,
		);
	}

	return session;
}

import type * as z from 'zod/mini';
import {maxCommands, maxThreads} from '../simulation/parameters/check-clients.js';
import {type EmpiricalReader} from '../parameters/distribution-text.js';
import {quoted} from '../parameters/duration.js';
import {nearest} from '../errors/nearest.js';
import {UserError} from '../errors/user-error.js';
import {checkJson, JsonFault, positionOfOffset, positionOfPath} from './json-position.js';
import {configurationOf, type Preset} from './preset.js';
import {parsePresetJson, presetKeys} from './preset-schema.js';

type Path = ReadonlyArray<string | number>;

/** What a preset's text comes from. */
export type PresetOrigin = {
	/** For messages: a path, or `standard input`. */
	readonly file: string;
	readonly name: string;
	readonly readEmpirical: EmpiricalReader;
};

/**
Reads the text of a preset. Throws `UserError` that names file, line, path and what would be right.
*/
export function parsePreset(text: string, {file, name, readEmpirical}: PresetOrigin): Preset {
	const json = parseJson(text, file);
	const fail = (path: Path, message: string): never => {
		const {line} = positionOfPath(text, path);
		const place = path.length === 0 || path[0] === 'parameters' ? '' : `${pathText(path)}: `;
		throw new UserError(`${file}:${line}: ${place}${message}`);
	};

	refuseCrowds(json, fail);
	const result = parsePresetJson(json, readEmpirical);
	if (!result.success) {
		const [issue] = result.error.issues;
		return fail(stepsOf(issue.path), wordsOf(issue));
	}

	const {parameters, $schema, ...rest} = result.data;
	const preset = {...rest, name, given: parameters};
	try {
		configurationOf(preset);
	} catch (error) {
		if (!(error instanceof UserError)) {
			throw error;
		}

		const [place] = error.message.split(': ', 1);
		const path = place.startsWith('clients[') ? stepsIn(place) : ['parameters', place];
		throw new UserError(`${file}:${positionOfPath(text, path).line}: ${error.message}`);
	}

	return preset;
}

function parseJson(text: string, file: string): unknown {
	try {
		checkJson(text);
		return JSON.parse(text);
	} catch (error) {
		if (error instanceof JsonFault) {
			const {line, column} = positionOfOffset(text, error.offset);
			throw new UserError(`${file}:${line}:${column}: not JSON: ${error.message}`);
		}

		throw new UserError(`${file}: not JSON`);
	}
}

/** Long lists are refused before each of their elements is looked at. */
function refuseCrowds(json: unknown, fail: (path: Path, message: string) => never): void {
	const clients = listAt(json, 'clients');
	if (clients.length > maxThreads) {
		fail(['clients'], `${clients.length} clients: at most ${maxThreads} client threads in all`);
	}

	for (const [index, client] of clients.entries()) {
		const loop = listAt(client, 'loop');
		if (loop.length > 256) {
			fail(['clients', index, 'loop'], `${loop.length} steps: at most 256`);
		}

		for (const [step, {length}] of loop.map(value => listAt(value, 'commands')).entries()) {
			if (length > maxCommands) {
				fail(
					['clients', index, 'loop', step, 'commands'],
					`${length} commands: at most ${maxCommands} in a step`,
				);
			}
		}
	}

	for (const key of ['faults', 'expect', 'try', 'provenance']) {
		const {length} = listAt(json, key);
		if (length > 1024) {
			fail([key], `${length} entries: at most 1024`);
		}
	}
}

function listAt(value: unknown, key: string): readonly unknown[] {
	const list: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
	return Array.isArray(list) ? list : [];
}

function wordsOf(issue: z.core.$ZodIssue): string {
	if (issue.code === 'unrecognized_keys') {
		const [key] = issue.keys;
		const names = issue.path.filter(step => typeof step === 'string');
		const known = presetKeys.get(names.at(-1) ?? '') ?? [];
		const near = nearest(key, known);
		return (
			`unknown key ${quoted(key)}: ` +
			`${near === undefined ? `known are ${known.join(', ')}` : `did you mean ${near}?`}`
		);
	}

	if (issue.code === 'invalid_type') {
		const missing = issue.input === undefined;
		return missing
			? `it is missing: expected ${issue.expected}`
			: `expected ${issue.expected}, not ${kindOf(issue.input)}`;
	}

	if (issue.code === 'invalid_value') {
		const given = typeof issue.input === 'string' ? nearest(issue.input, issue.values.map(String)) : undefined;
		return `expected one of ${issue.values.join(', ')}${given === undefined ? '' : `; did you mean ${given}?`}`;
	}

	return issue.message.replace(/^(?:Invalid input|Invalid string): /v, '').replace(/^Too (?:big|small): /v, '');
}

function kindOf(value: unknown): string {
	return value === null ? 'null' : Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}

function stepsOf(path: readonly PropertyKey[]): Path {
	return path.map(step => (typeof step === 'number' ? step : String(step)));
}

/** `clients[0].loop[1].commands` as steps. */
function stepsIn(place: string): Path {
	return place
		.split(/[.\[\]]+/v)
		.filter(step => step !== '')
		.map(step => (/^\d+$/v.test(step) ? Number(step) : step));
}

function pathText(path: Path): string {
	return path
		.map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${step}`))
		.join('');
}

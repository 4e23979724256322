import {UserError} from '../../errors/user-error.js';
import {quoted} from '../../parameters/duration.js';
import {type Parameter, type ParameterValue} from '../../parameters/parameter.js';
import {parseValue, sameValue} from '../../parameters/value.js';
import {type Configuration} from '../../simulation/configuration.js';
import {keyPattern} from '../../simulation/parameters/parse-set.js';
import {valueOf} from '../../simulation/parameters/resolve-clients.js';
import {parameter, parameters} from '../../simulation/parameters/table.js';
import {isTried} from '../advise/candidates.js';

/** A key with the values that it may take, numbers from low to high. */
export type Dimension = {readonly key: string; readonly values: readonly ParameterValue[]};

/** A choice of one value a dimension: its indices, in the order of the dimensions. */
export type Point = readonly number[];

/** Values of a range at most. */
const mostValues = 64;
const keyStart = new RegExp(String.raw`^(?<key>${keyPattern})\s*(?:=(?<rest>.*))?$`, 'sv');

/**
Reads `--over`: keys with commas between, each alone (`driver.lockPolicy`), with values
(`queue.size=64,256`), with a range (`queue.size=16..1024`, doubling) or `=all`. Without any, all
that a user can change on a real machine.

@throws {UserError} for a key that does not exist, values out of range, an empty
range, keys of the run itself, and where nothing varies.
*/
export function parseOver(texts: readonly string[], configuration: Configuration): readonly Dimension[] {
	if (texts.length === 0) {
		return parameters
			.filter(entry => isTried(entry, configuration))
			.map(entry => ({key: entry.key, values: usualValues(entry, configuration)}))
			.filter(({values}) => values.length > 1);
	}

	const found = new Map<string, string[]>();
	let last: string[] | undefined;
	for (const piece of texts.flatMap(text => pieces(text))) {
		const {key, rest} = keyStart.exec(piece)?.groups ?? {};
		if (key !== undefined && (rest !== undefined || last === undefined || key.includes('.'))) {
			if (found.has(key)) {
				throw new UserError(`--over: ${key} is there twice`);
			}

			last = rest === undefined ? [] : [rest.trim()];
			found.set(key, last);
		} else if (last === undefined || last.length === 0) {
			throw new UserError(`--over ${quoted(piece)}: write keys, or key=value,value or key=low..high`);
		} else {
			last.push(piece);
		}
	}

	const space = [...found].map(([key, values]) => dimension(key, values, configuration));
	if (sizeOf(space) === 1) {
		const [key = ''] = found.keys();
		throw new UserError(`--over: nothing varies; write ${key}=low..high or ${key}=value,value`);
	}

	return space;
}

function dimension(key: string, texts: readonly string[], configuration: Configuration): Dimension {
	const entry = parameter(key);
	if (entry.group === 'run') {
		throw new UserError(`--over: ${key} belongs to the run, which is the same for all settings`);
	}

	if (valueOf(configuration, key) === undefined) {
		throw new UserError(`--over: a run of this preset has no ${key}`);
	}

	const [only] = texts;
	const values =
		only === undefined || (texts.length === 1 && only === 'all')
			? usualValues({...entry, key}, configuration)
			: texts.flatMap(text => valuesOf(entry, text));
	const different = values.filter((value, index) => values.findIndex(other => sameValue(other, value)) === index);
	if (different.length === 0) {
		throw new UserError(`--over: ${key} has no values; write ${key}=low..high or ${key}=value,value`);
	}

	return {
		key,
		values: different.every(value => typeof value === 'number') ? different.toSorted((a, b) => a - b) : different,
	};
}

function valuesOf(entry: Parameter, text: string): readonly ParameterValue[] {
	const [, from, to] = /^([^.\s]\S*?)\.\.(\S+)$/v.exec(text.trim()) ?? [];
	if (from === undefined || to === undefined) {
		return [parseValue(entry, text.trim())];
	}

	const [low, high] = [parseValue(entry, from), parseValue(entry, to)];
	if (typeof low !== 'number' || typeof high !== 'number') {
		throw new UserError(`--over: ${entry.key}=${text}: only numbers and durations have ranges; write the values`);
	}

	if (low > high) {
		throw new UserError(`--over: ${entry.key}=${text} is empty: ${from} is more than ${to}`);
	}

	return ladder(low, high, entry.type === 'integer' && high - low <= 8);
}

/** From low to high: each whole number, or doubling. */
function ladder(low: number, high: number, whole: boolean): readonly number[] {
	const values: number[] = [];
	for (
		let value = low;
		value < high && values.length < mostValues;
		value = whole || value === 0 ? value + 1 : 2 * value
	) {
		values.push(value);
	}

	return [...values, high];
}

/**
The values of a key of which none were named: all of a choice, and about
the present value of a number.
*/
function usualValues(entry: Parameter, configuration: Configuration): readonly ParameterValue[] {
	switch (entry.type) {
		case 'boolean': {
			return [false, true];
		}

		case 'choice': {
			return entry.choices.map(({value}) => value);
		}

		case 'distribution': {
			return [];
		}

		case 'duration':
		case 'integer':
		case 'number': {
			const now = valueOf(configuration, entry.key);
			if (typeof now !== 'number' || now === 0) {
				return [];
			}

			const wide = /(?:[sS]ize|[pP]oll|[tT]imeslice|tick|ple|Cost)$/v.test(entry.key) ? 8 : 2;
			const low =
				entry.type === 'integer'
					? Math.max(entry.min, Math.floor(now / wide))
					: Math.max(entry.min, Math.round(now / wide));
			return now > 0 ? ladder(Math.max(1, low), Math.min(entry.max, now * wide), false) : [];
		}
	}
}

/** Commas inside parentheses belong to a value. */
function pieces(text: string): readonly string[] {
	return text
		.split(/,(?![^\(]*\))/v)
		.map(piece => piece.trim())
		.filter(piece => piece !== '');
}

/** How many points there are. */
export function sizeOf(space: readonly Dimension[]): number {
	return space.reduce((product, {values}) => product * values.length, 1);
}

/** What a point sets. */
export function settingsAt(space: readonly Dimension[], point: Point): Readonly<Record<string, ParameterValue>> {
	return Object.fromEntries(space.map(({key, values}, index) => [key, values[point[index]]]));
}

/**
Points that differ from one in one dimension: a step in numbers, any
other value of what has no order.
*/
export function neighboursOf(space: readonly Dimension[], point: Point): readonly Point[] {
	return space.flatMap(({values}, place) => {
		const isNumber = values.every(value => typeof value === 'number');
		return values.flatMap((_, index) =>
			index === point[place] || (isNumber && Math.abs(index - point[place]) > 1)
				? []
				: [point.with(place, index)],
		);
	});
}

import {UserError} from '../../errors/user-error.js';
import {parseDuration, quoted} from '../../parameters/duration.js';
import {type Parameter, type ParameterValue} from '../../parameters/parameter.js';
import {formatValue, parseValue} from '../../parameters/value.js';
import {parameter} from '../../simulation/parameters/table.js';

/** From a value to another, both in the unit of the parameter: whole numbers, numbers, or ns. */
export type Span = {readonly low: number; readonly high: number};

/** A parameter that a sweep varies. */
export type Axis = {
	readonly key: string;
	/** In the order in which they were given, each once; the ends of a span. */
	readonly values: readonly ParameterValue[];
	/** Anything between is a value too: for samples. */
	readonly span?: Span;
	/** The values were not named one by one: those that the model refuses are no mistake. */
	readonly isAll: boolean;
};

/** Values of an axis; more would be a sweep that nobody waits for. */
const mostValues = 10_000;

const spanPattern = /^(?<low>[^\s\(\)]+?)\.\.(?<high>[^\s\(\)*+]+)(?:(?<operator>[*+])(?<step>.+))?$/v;

/**
Reads `key=v1,v2,…` of `--axis`: commas inside parentheses belong to a value, `all` stands for every
value of a choice, `16..1024*2` for a geometric and `10us..90us+20us` for an arithmetic row, `1..8`
for whole numbers. A span without a step is for samples alone.

@throws {UserError} for an unknown key, a value out of range or given twice, an empty
row, and keys of the run itself.
*/
export function parseAxis(text: string): Axis {
	const equals = text.indexOf('=');
	if (equals < 1) {
		throw new UserError(
			`--axis ${quoted(text)} has no values: write key=value,value, as in --axis queue.size=64,256`,
		);
	}

	const entry = parameter(text.slice(0, equals).trim());
	if (entry.group === 'run') {
		throw new UserError(
			`--axis ${entry.key}: all points of a sweep have the same ${entry.key}; ${
				entry.key === 'seed' ? 'give --runs N for N seeds a point' : 'give it to all with --set'
			}`,
		);
	}

	const pieces = splitValues(text.slice(equals + 1)).map(piece => piece.trim());
	const isAll = pieces.length === 1 && pieces[0] === 'all';
	const [only] = pieces;
	if (pieces.length === 1) {
		const span = spanOf(entry, only);
		if (span !== undefined) {
			return span;
		}
	}

	const values = isAll ? everyValue(entry) : pieces.flatMap(piece => valuesOf(entry, piece));
	refuseTwice(entry, values);
	if (values.length > mostValues) {
		throw new UserError(`--axis ${entry.key} has ${values.length} values, more than ${mostValues}`);
	}

	return {key: entry.key, values, isAll};
}

/** Splits at commas that stand in no parentheses. */
export function splitValues(text: string): string[] {
	const pieces = [''];
	let depth = 0;
	for (const character of text) {
		depth += character === '(' ? 1 : character === ')' ? -1 : 0;
		if (character === ',' && depth <= 0) {
			pieces.push('');
		} else {
			pieces[pieces.length - 1] += character;
		}
	}

	return pieces;
}

/**
A value of an axis from a place in it, 0 to below 1: each listed value, and each
part of a span, has the same room.
*/
export function valueAt({key, values, span}: Axis, place: number): ParameterValue {
	if (span === undefined) {
		return values[Math.min(values.length - 1, Math.floor(place * values.length))];
	}

	const {type} = parameter(key);
	const {low, high} = span;
	return type === 'number'
		? asValue(key, roundedTo12(low + place * (high - low)))
		: asValue(key, Math.min(high, Math.floor(low + place * (high - low + 1))));
}

/** A number of the parameter's own unit as its value. */
function asValue(key: string, number: number): ParameterValue {
	return parameter(key).type === 'distribution' ? {kind: 'const', value: number} : number;
}

/** Differences of decimal fractions without the last bits that they leave. */
function roundedTo12(value: number): number {
	return Number(value.toPrecision(12));
}

function everyValue(entry: Parameter): ParameterValue[] {
	if (entry.type === 'choice') {
		return entry.choices.map(({value}) => value);
	}

	if (entry.type === 'boolean') {
		return [false, true];
	}

	throw new UserError(
		`--axis ${entry.key}=all: only a choice has all its values; give some, as in ${entry.key}=LOW..HIGH*2`,
	);
}

/** The span of a whole axis, where it has no step. */
function spanOf(entry: Parameter, text: string): Axis | undefined {
	const groups = spanPattern.exec(text)?.groups;
	if (groups === undefined || groups.operator !== undefined || entry.type === 'integer') {
		return undefined;
	}

	const span = endsOf(entry, text, groups);
	return {
		key: entry.key,
		values: [span.low, span.high].map(end => asValue(entry.key, end)),
		span,
		isAll: false,
	};
}

function valuesOf(entry: Parameter, text: string): ParameterValue[] {
	const groups = spanPattern.exec(text)?.groups;
	if (groups === undefined) {
		if (text === '') {
			throw new UserError(`--axis ${entry.key}: a value is empty; write key=value,value`);
		}

		return [parseValue(entry, text)];
	}

	const {low, high} = endsOf(entry, text, groups);
	const {operator = '+', step = entry.type === 'integer' ? '1' : ''} = groups;
	if (step === '') {
		throw new UserError(`--axis ${entry.key}: ${quoted(text)} beside other values needs a step, as in ${text}*2`);
	}

	return rowOf(entry, {low, high}, operator === '*' ? {factor: factorOf(entry, step)} : {step: stepOf(entry, step)});
}

function endsOf(entry: Parameter, text: string, groups: Readonly<Record<string, string | undefined>>): Span {
	const [low, high] = [groups.low ?? '', groups.high ?? ''].map(end => numberOf(entry, end, text));
	if (low >= high) {
		throw new UserError(
			`--axis ${entry.key}: ${quoted(text)} is empty: ` +
				`${low === high ? 'both ends are the same' : 'its low end is above its high one'}`,
		);
	}

	return {low, high};
}

function numberOf(entry: Parameter, end: string, text: string): number {
	const value = parseValue(entry, end);
	if (typeof value === 'number') {
		return value;
	}

	if (typeof value === 'object' && value.kind === 'const') {
		return value.value;
	}

	throw new UserError(`--axis ${entry.key}: ${quoted(text)} is no range: only numbers and durations have one`);
}

function factorOf(entry: Parameter, text: string): number {
	const factor = /^\d+(?:\.\d+)?$/v.test(text) ? Number(text) : 0;
	if (!(factor > 1)) {
		throw new UserError(`--axis ${entry.key}: *${text} leads nowhere: a factor is above 1, as in *2`);
	}

	return factor;
}

function stepOf(entry: Parameter, text: string): number {
	const isTime = entry.type === 'duration' || entry.type === 'distribution';
	const step = isTime ? parseDuration(text) : /^\d+(?:\.\d+)?$/v.test(text) ? Number(text) : 0;
	if (!(step > 0)) {
		throw new UserError(
			`--axis ${entry.key}: +${text} leads nowhere: a step is above 0, as in +${isTime ? '20us' : '8'}`,
		);
	}

	return step;
}

/** From the low end on; the high one is in it where the row comes to it. */
function rowOf(
	entry: Parameter,
	{low, high}: Span,
	by: {readonly factor: number} | {readonly step: number},
): ParameterValue[] {
	if ('factor' in by && low <= 0) {
		throw new UserError(`--axis ${entry.key}: a row of factors does not begin at ${low}: begin above 0`);
	}

	const values: ParameterValue[] = [];
	let power = 1;
	for (let index = 0; ; index++) {
		const exact = 'factor' in by ? low * power : low + index * by.step;
		const number = entry.type === 'number' ? roundedTo12(exact) : Math.round(roundedTo12(exact));
		if (number > high) {
			return values;
		}

		if (values.length === mostValues) {
			throw new UserError(`--axis ${entry.key} has more than ${mostValues} values: take a longer step`);
		}

		values.push(asValue(entry.key, number));
		power *= 'factor' in by ? by.factor : 1;
	}
}

function refuseTwice(entry: Parameter, values: readonly ParameterValue[]): void {
	const texts = new Set<string>();
	for (const value of values) {
		const text = formatValue(entry, value);
		if (texts.has(text)) {
			throw new UserError(`--axis ${entry.key}: ${text} comes twice`);
		}

		texts.add(text);
	}
}

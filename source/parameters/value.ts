import {type DistributionSpec} from '../engine/distribution.js';
import {UserError} from '../errors/user-error.js';
import {type ParameterValue} from './configuration.js';
import {type EmpiricalReader, formatDistribution, parseDistribution} from './distribution-text.js';
import {formatDuration, parseDuration, quoted} from './duration.js';
import {type NumberParameter, type Parameter} from './parameter.js';

/**
Reads a value as it is written after `key=`. The word of an automatic value stays that word.
Throws `UserError` that starts with the key and says what would be right.
*/
export function parseValue(entry: Parameter, text: string, readEmpirical?: EmpiricalReader): ParameterValue {
	try {
		return checkValue(entry, readText(entry, text, readEmpirical));
	} catch (error) {
		if (error instanceof UserError && !error.message.startsWith(`${entry.key}: `)) {
			throw new UserError(`${entry.key}: ${error.message}`);
		}

		throw error;
	}
}

/**
Reads a value of a preset: JSON booleans and numbers, and everything with a
unit as text. Throws `UserError`.
*/
export function valueFromJson(entry: Parameter, json: unknown, readEmpirical?: EmpiricalReader): ParameterValue {
	if (typeof json === 'string' && (json === entry.automatic?.word || !isPlain(entry))) {
		return parseValue(entry, json, readEmpirical);
	}

	if ((typeof json === 'boolean' && entry.type === 'boolean') || (typeof json === 'number' && isPlain(entry))) {
		return checkValue(entry, json);
	}

	const given = quoted(JSON.stringify(json) ?? 'nothing');
	throw new UserError(`${entry.key}: ${given} is not right here: ${expectation(entry)}`);
}

/**
Checks type and range of a value from a program. Texts are parsed, numbers of
durations are ns. Throws `UserError`.
*/
export function checkValue(entry: Parameter, value: ParameterValue): ParameterValue {
	if (typeof value === 'string') {
		if (value === entry.automatic?.word) {
			return value;
		}

		if (entry.type !== 'choice') {
			return parseValue(entry, value);
		}

		if (!entry.choices.some(choice => choice.value === value)) {
			throw new UserError(`${entry.key}: ${quoted(value)} is no choice: ${expectation(entry)}`);
		}

		return value;
	}

	if (
		typeof value === 'number' &&
		(entry.type === 'integer' || entry.type === 'number' || entry.type === 'duration')
	) {
		return checkNumber(entry, value);
	}

	if (typeof value === 'boolean' && entry.type === 'boolean') {
		return value;
	}

	if (typeof value === 'object' && entry.type === 'distribution') {
		for (const duration of durationsOf(value)) {
			if (!(duration >= entry.min && duration <= entry.max)) {
				throw new UserError(
					`${entry.key}: ${quoted(formatDistribution(value))} is out of range: ${rangeText(entry)}`,
				);
			}
		}

		return value;
	}

	throw new UserError(`${entry.key}: a ${typeof value} is not right here: ${expectation(entry)}`);
}

/** Whether two values of a parameter are the same. */
export function sameValue(a: ParameterValue | undefined, b: ParameterValue | undefined): boolean {
	return a === b || (typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b));
}

/** Inverse of `parseValue`, canonical. */
export function formatValue(entry: Parameter, value: ParameterValue): string {
	if (typeof value === 'object') {
		return formatDistribution(value);
	}

	return entry.type === 'duration' && typeof value === 'number' ? formatDuration(value) : String(value);
}

/** The value as presets and the JSON of a run carry it: durations and distributions as text. */
export function jsonValue(entry: Parameter, value: ParameterValue): string | number | boolean {
	return typeof value === 'object' || entry.type === 'duration' ? formatValue(entry, value) : value;
}

/** The range of a parameter in words: `2 to 32768`, `0ns to 10ms`, the choices. */
export function rangeText(entry: Parameter): string {
	switch (entry.type) {
		case 'choice': {
			const values = entry.choices.map(choice => choice.value);
			return [...(entry.automatic === undefined ? [] : [entry.automatic.word]), ...values].join(', ');
		}

		case 'boolean': {
			return 'true, false';
		}

		case 'duration':
		case 'distribution': {
			return `${formatDuration(entry.min)} to ${formatDuration(entry.max)}`;
		}

		case 'integer':
		case 'number': {
			return `${entry.min} to ${entry.max}`;
		}
	}
}

function isPlain(entry: Parameter): entry is NumberParameter {
	return entry.type === 'integer' || entry.type === 'number';
}

function readText(entry: Parameter, text: string, readEmpirical: EmpiricalReader | undefined): ParameterValue {
	const trimmed = text.trim();
	if (trimmed === entry.automatic?.word) {
		return trimmed;
	}

	switch (entry.type) {
		case 'choice': {
			return trimmed;
		}

		case 'boolean': {
			if (['true', 'on'].includes(trimmed)) {
				return true;
			}

			if (['false', 'off'].includes(trimmed)) {
				return false;
			}

			throw new UserError(`${quoted(text)} is neither true nor false`);
		}

		case 'duration': {
			return parseDuration(trimmed);
		}

		case 'distribution': {
			return parseDistribution(trimmed, readEmpirical);
		}

		case 'integer':
		case 'number': {
			if (!/^-?\d+(?:\.\d+)?$/v.test(trimmed)) {
				throw new UserError(`${quoted(text)} is not right here: ${expectation(entry)}`);
			}

			return Number(trimmed);
		}
	}
}

function checkNumber(entry: NumberParameter, value: number): number {
	if (!(value >= entry.min && value <= entry.max)) {
		const written = entry.type === 'duration' && value >= 0 ? formatDuration(value) : String(value);
		throw new UserError(`${entry.key}: ${written} is out of range: ${rangeText(entry)}`);
	}

	if (entry.type !== 'number' && !Number.isInteger(value)) {
		throw new UserError(`${entry.key}: ${value} is no whole number: ${rangeText(entry)}`);
	}

	return value;
}

function expectation(entry: Parameter): string {
	const automatic = entry.automatic === undefined || entry.type === 'choice' ? '' : `${entry.automatic.word} or `;
	switch (entry.type) {
		case 'choice': {
			return `one of ${rangeText(entry)}`;
		}

		case 'boolean': {
			return 'true or false';
		}

		case 'duration': {
			return `${automatic}a duration in quotation marks with its unit, ${rangeText(entry)}`;
		}

		case 'distribution': {
			return `${automatic}a duration or distribution as text, as in 5us or exp(20us), ${rangeText(entry)}`;
		}

		case 'integer':
		case 'number': {
			return `${automatic}a ${entry.type === 'integer' ? 'whole number' : 'number'}, ${rangeText(entry)}`;
		}
	}
}

function durationsOf(spec: DistributionSpec): readonly number[] {
	switch (spec.kind) {
		case 'const': {
			return [spec.value];
		}

		case 'exp': {
			return [spec.mean];
		}

		case 'uniform': {
			return [spec.low, spec.high];
		}

		case 'lognormal': {
			return [spec.median];
		}

		case 'quantiles': {
			return spec.points.map(point => point[1]);
		}
	}
}

import {formatValue} from '../parameters/value.js';
import {parseSets} from '../simulation/parameters/parse-set.js';
import {type Parameter} from '../parameters/parameter.js';
import {parameter} from '../simulation/parameters/table.js';
import {type ParameterValue} from '../parameters/configuration.js';
import {type Preset} from '../presets/preset.js';
import {type ConstantEvidence, type Story} from './story.js';

/**
A constant with its value in a preset as text, and whether that is in the range of its source.
*/
export type PlacedConstant = ConstantEvidence & {readonly end: string; readonly inRange: boolean};

/** The constants of a story with their values in the preset. */
export function placedConstants(constants: Story['constants'], preset: Preset): PlacedConstant[] {
	return constants.map(constant => {
		const entry = parameter(constant.key);
		const value = preset.given[constant.key] ?? entry.default;
		const [low, high] = rangeOf(constant);
		const size = sizeOf(value);
		return {...constant, end: formatValue(entry, value), inRange: size >= low && size <= high};
	});
}

/**
The preset with every constant where it started: what the sources say, without
a fit. A cost keeps its spread.
*/
export function unfittedPreset(preset: Preset, constants: Story['constants']): Preset {
	const set = Object.fromEntries(
		constants.map(({key, start}) => {
			const entry = parameter(key);
			return [key, resized(entry, preset.given[key] ?? entry.default, startOf({key, start}))];
		}),
	);
	return {...preset, given: {...preset.given, ...set}};
}

/** The preset with some values, as texts. Throws `UserError`. */
export function presetWith(preset: Preset, values: Readonly<Record<string, string>>): Preset {
	const set = parseSets(Object.entries(values).map(([key, value]) => `${key}=${value}`));
	return {...preset, given: {...preset.given, ...set}};
}

/** The range that the source of a constant allows, in the unit of `sizeOf`. */
export function rangeOf({
	key,
	low,
	high,
}: Pick<ConstantEvidence, 'key' | 'low' | 'high'>): readonly [low: number, high: number] {
	const set = (text: string) => sizeOf(parseSets([`${key}=${text}`])[key]);
	return [set(low), set(high)];
}

/** Where a constant starts, in the unit of `sizeOf`. */
export function startOf({key, start}: Pick<ConstantEvidence, 'key' | 'start'>): number {
	return rangeOf({key, low: start, high: start})[0];
}

/**
How large a value is: a number itself (durations in ns), of a distribution its
middle. Not a number for words.
*/
export function sizeOf(value: ParameterValue): number {
	if (typeof value !== 'object') {
		return typeof value === 'number' ? value : Number.NaN;
	}

	switch (value.kind) {
		case 'const': {
			return value.value;
		}

		case 'exp': {
			return value.mean;
		}

		case 'uniform': {
			return (value.low + value.high) / 2;
		}

		case 'lognormal': {
			return value.median;
		}

		case 'quantiles': {
			return value.points[value.points.length >> 1][1];
		}
	}
}

/**
The value of a parameter with another size: all times of a distribution longer or
shorter by one factor. Words stay.
*/
export function resized({type}: Pick<Parameter, 'type'>, value: ParameterValue, size: number): ParameterValue {
	if (typeof value === 'number') {
		return type === 'number' ? Number(size.toPrecision(4)) : Math.max(1, Math.round(size));
	}

	if (typeof value !== 'object') {
		return value;
	}

	const factor = size / sizeOf(value);
	const times = (time: number): number => Math.max(1, Math.round(time * factor));
	switch (value.kind) {
		case 'const': {
			return {...value, value: times(value.value)};
		}

		case 'exp': {
			return {...value, mean: times(value.mean)};
		}

		case 'uniform': {
			return {...value, low: times(value.low), high: times(value.high)};
		}

		case 'lognormal': {
			return {...value, median: times(value.median)};
		}

		case 'quantiles': {
			return {
				...value,
				points: value.points.map(([probability, time]): readonly [number, number] => [
					probability,
					times(time),
				]),
			};
		}
	}
}

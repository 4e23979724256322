import {type DistributionSpec} from '../engine/distribution.js';
import {type ParameterValue} from '../parameters/configuration.js';
import {type Parameter} from '../parameters/parameter.js';

export type Direction = -1 | 1;

const mantissas = [1, 2, 5] as const;

/** The neighbour of a positive value on the ladder 1, 2, 5, 10, 20 ... */
function roundNeighbour(value: number, direction: Direction): number {
	let decade = 1;
	while (decade * 10 <= value) {
		decade *= 10;
	}

	while (decade > value) {
		decade /= 10;
	}

	const ladder = [decade / 2, ...mantissas.map(mantissa => mantissa * decade), decade * 10];
	const next =
		direction > 0
			? ladder.find(step => step > value * 1.000_001)
			: ladder.findLast(step => step < value * 0.999_999);
	return next ?? value;
}

function powerNeighbour(value: number, direction: Direction): number {
	const power = 2 ** Math.floor(Math.log2(Math.max(1, value)));
	if (direction > 0) {
		return power * 2;
	}

	return power < value ? power : power / 2;
}

function clamp(value: number, min: number, max: number): number {
	return Math.min(max, Math.max(min, value));
}

function nextInteger(
	entry: {readonly key: string; readonly min: number; readonly max: number},
	value: number,
	direction: Direction,
): number {
	const ringSize = /^queue\..*[sS]ize$/v.test(entry.key);
	if (!ringSize && (direction > 0 ? value < 8 : value <= 8)) {
		return clamp(value + direction, entry.min, entry.max);
	}

	return clamp(powerNeighbour(value, direction), entry.min, entry.max);
}

/** Durations (ns) go 1-2-5; below the smallest step comes 0 where 0 is allowed. */
function nextDuration(value: number, direction: Direction, min: number, max: number): number {
	if (value <= 0) {
		return direction > 0 ? clamp(100, min, max) : min;
	}

	const next = roundNeighbour(value, direction);
	return clamp(next < 1 ? 0 : Math.round(next), min, max);
}

function scaled(spec: DistributionSpec, direction: Direction, min: number, max: number): DistributionSpec {
	switch (spec.kind) {
		case 'const': {
			return {kind: 'const', value: nextDuration(spec.value, direction, min, max)};
		}

		case 'exp': {
			return {kind: 'exp', mean: nextDuration(spec.mean, direction, Math.max(1, min), max)};
		}

		case 'lognormal': {
			return {...spec, median: nextDuration(spec.median, direction, Math.max(1, min), max)};
		}

		case 'uniform': {
			const factor = direction > 0 ? 2 : 0.5;
			const low = Math.round(spec.low * factor);
			const high = Math.round(spec.high * factor);
			return high > max || (direction < 0 && low < min) ? spec : {kind: 'uniform', low, high};
		}

		case 'quantiles': {
			const factor = direction > 0 ? 2 : 0.5;
			const points = spec.points.map(
				([probability, value]) => [probability, Math.round(value * factor)] as const,
			);
			const largest = points.at(-1)?.[1] ?? 0;
			return largest > max || points[0][1] < min ? spec : {kind: 'quantiles', points};
		}
	}
}

/**
The value that the arrow keys go to: choices and switches go round, counts go by one up
to 8 and then double, ring sizes are powers of two, durations go 1-2-5 (a distribution
keeps its shape). At the end of the range the value stays.
*/
export function neighbourValue(entry: Parameter, value: ParameterValue, direction: Direction): ParameterValue {
	switch (entry.type) {
		case 'boolean': {
			return value !== true;
		}

		case 'choice': {
			const values = entry.choices.map(choice => choice.value);
			const index = typeof value === 'string' ? values.indexOf(value) : 0;
			return values.at((index + direction) % values.length) ?? value;
		}

		case 'integer': {
			return typeof value === 'number' ? nextInteger(entry, value, direction) : value;
		}

		case 'duration': {
			return typeof value === 'number' ? nextDuration(value, direction, entry.min, entry.max) : value;
		}

		case 'number': {
			if (typeof value !== 'number') {
				return value;
			}

			return value <= 0
				? clamp(direction > 0 ? Math.max(entry.min, Math.min(1, entry.max / 10)) : value, entry.min, entry.max)
				: clamp(roundNeighbour(value, direction), entry.min, entry.max);
		}

		case 'distribution': {
			return typeof value === 'object' ? scaled(value, direction, entry.min, entry.max) : value;
		}
	}
}

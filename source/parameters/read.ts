import {type DistributionSpec} from '../engine/distribution.js';
import {type ResolvedParameters} from './configuration.js';

/** The value of a number, integer or duration key. A key of another type is a fault of ours. */
export function numberOf(parameters: ResolvedParameters, key: string): number {
	const value = parameters[key];
	if (typeof value !== 'number') {
		throw new TypeError(`${key} is no number`);
	}

	return value;
}

export function booleanOf(parameters: ResolvedParameters, key: string): boolean {
	const value = parameters[key];
	if (typeof value !== 'boolean') {
		throw new TypeError(`${key} is no boolean`);
	}

	return value;
}

/** The value of a choice, which must be one of `choices`. */
export function choiceOf<Choice extends string>(parameters: ResolvedParameters, key: string, choices: readonly Choice[]): Choice {
	const value = parameters[key];
	const choice = choices.find(candidate => candidate === value);
	if (choice === undefined) {
		throw new TypeError(`${key} is none of ${choices.join(', ')}`);
	}

	return choice;
}

export function distributionOf(parameters: ResolvedParameters, key: string): DistributionSpec {
	const value = parameters[key];
	if (typeof value !== 'object') {
		throw new TypeError(`${key} is no distribution`);
	}

	return value;
}

import {UserError} from '../../errors/user-error.js';
import {type ParameterValue} from '../../parameters/configuration.js';
import {type Parameter} from '../../parameters/parameter.js';
import {sameValue} from '../../parameters/value.js';
import {type Configuration} from '../../simulation/configuration.js';
import {withChange} from '../../simulation/parameters/change.js';
import {type GivenParameters} from '../../simulation/parameters/resolve.js';
import {type ParameterKey, parameters} from '../../simulation/parameters/table.js';

/** A change that a user could make: one knob, or the two best together. */
export type Candidate = {
	readonly keys: readonly ParameterKey[];
	readonly set: GivenParameters;
};

/** Bugs, and the keys that only a request of a kind looks at: none, no try. */
const bugs: ReadonlySet<string> = new Set(['driver.waitBug']);
const cursorKeys: ReadonlySet<string> = new Set(['queue.cursorSize', 'guest.cursorIrqVcpu']);

/** Keys of vCPUs: any other than the present one may serve. */
const vcpuKeys: ReadonlySet<string> = new Set(['guest.irqVcpu', 'guest.cursorIrqVcpu']);

/** Ring sizes, which only ever are too small. */
const sizeKeys: ReadonlySet<string> = new Set(['queue.size', 'queue.cursorSize', 'queue.flushSize']);

/** Whether advice looks at the key at all in this configuration. */
export function isTried(
	{key, knob}: (typeof parameters)[number],
	{parameters: resolved, clients}: Configuration,
): boolean {
	if (knob === undefined || !Object.hasOwn(resolved, key)) {
		return false;
	}

	if (cursorKeys.has(key)) {
		return clients.some(({queue, loop}) => queue === 'cursor' || loop.some(step => step.queue === 'cursor'));
	}

	return (
		key !== 'driver.edidProperty' ||
		clients.some(({loop}) => loop.some(({commands}) => commands.includes('GET_EDID')))
	);
}

/**
The values of each knob that are tried, in the order of the table; those that the
configuration refuses are left out.
*/
export function candidatesFor(configuration: Configuration): readonly Candidate[] {
	return parameters
		.filter(entry => isTried(entry, configuration))
		.flatMap(entry =>
			valuesFor(entry, configuration)
				.filter(value => !sameValue(value, configuration.parameters[entry.key]))
				.map(value => ({keys: [entry.key], set: {[entry.key]: value}}))
				.filter(({set}) => changed(configuration, set) !== undefined),
		);
}

/** The configuration with a candidate; undefined where its values contradict others. */
export function changed(configuration: Configuration, set: GivenParameters): Configuration | undefined {
	try {
		return withChange(configuration, set).configuration;
	} catch (error) {
		if (error instanceof UserError) {
			return undefined;
		}

		throw error;
	}
}

/** It is made in a running machine: neither a device reset nor a new run is needed. */
export function actsOnTheWay(configuration: Configuration, set: GivenParameters): boolean {
	return withChange(configuration, set).effect === 'next-use';
}

function valuesFor(
	entry: Parameter & {readonly key: ParameterKey},
	{parameters: resolved}: Configuration,
): readonly ParameterValue[] {
	const now = resolved[entry.key];
	switch (entry.type) {
		case 'boolean': {
			return bugs.has(entry.key) ? [false] : [now !== true];
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
			return typeof now === 'number'
				? numbersFor(entry, now, resolved).filter(value => value >= entry.min && value <= entry.max)
				: [];
		}
	}
}

function numbersFor(
	{key, type, default: usual}: Parameter,
	now: number,
	resolved: Configuration['parameters'],
): readonly number[] {
	if (sizeKeys.has(key)) {
		return [4 * now, 16 * now];
	}

	if (vcpuKeys.has(key)) {
		const vcpus = resolved['guest.vcpus'];
		return [...new Set([0, (now + 1) % vcpus])];
	}

	if (key === 'host.pinServer') {
		return [-1, resolved['host.cpus'] - 1];
	}

	if (type === 'integer') {
		// Fewer CPUs would always do for what is modelled here; what else runs on them is not.
		return [2 * now, 4 * now].slice(0, now === 1 ? 2 : 1);
	}

	// What is off can be turned on as it usually is.
	return now === 0 ? (typeof usual === 'number' ? [usual] : []) : [Math.round(now / 10), 2 * now];
}

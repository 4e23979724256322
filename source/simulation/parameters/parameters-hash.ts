import {createHash} from 'node:crypto';
import {type Configuration} from '../configuration.js';
import {isKnownKey, parameter} from './table.js';

/** A configuration stays what it is: another is another object. */
const known = new WeakMap<Configuration, string>();

/**
Identity of a configuration: 16 hex digits of SHA-256 over canonical JSON (sorted keys) of
resolved parameters, clients and faults. Seed, duration, warm-up and window are no part of it:
they name a run of the configuration.
*/
export function parametersHash(configuration: Configuration): string {
	let hash = known.get(configuration);
	if (hash === undefined) {
		hash = hashOf(configuration);
		known.set(configuration, hash);
	}

	return hash;
}

function hashOf(configuration: Configuration): string {
	const parameters = Object.fromEntries(
		Object.entries(configuration.parameters).filter(([key]) => !isKnownKey(key) || parameter(key).group !== 'run'),
	);
	const {clients, faults} = configuration;
	return createHash('sha256').update(canonicalJson({parameters, clients, faults})).digest('hex').slice(0, 16);
}

/** JSON without spaces, keys sorted by code unit, keys without a value left out. */
export function canonicalJson(value: unknown): string {
	if (Array.isArray(value)) {
		return `[${value.map(element => canonicalJson(element)).join(',')}]`;
	}

	if (typeof value === 'object' && value !== null) {
		const entries = Object.entries(value)
			.filter(([, member]) => member !== undefined)
			.toSorted(([a], [b]) => (a < b ? -1 : 1));
		return `{${entries.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(',')}}`;
	}

	return JSON.stringify(value);
}

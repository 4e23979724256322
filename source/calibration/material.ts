import {type ClientSpec, type FaultSpec} from '../parameters/configuration.js';
import {type Configuration} from '../simulation/configuration.js';
import {checkClients} from '../simulation/parameters/check-clients.js';
import {type GivenParameters, resolveParameters} from '../simulation/parameters/resolve.js';
import {resolveClients, withoutClientKeys} from '../simulation/parameters/resolve-clients.js';
import {type Estimate, type Knob} from '../trace/recording/estimate.js';
import {scaled, widened} from '../trace/recording/samples.js';
import {longestClientTime} from './client-estimates.js';

/** By how much each group of times is scaled. */
export type Factors = Readonly<Record<Knob, number>>;

/** As it was measured. */
export const noFactors: Factors = {
	clients: 1,
	doorbell: 1,
	'host wake': 1,
	'host service': 1,
	interrupt: 1,
	worker: 1,
	responses: 1,
	spread: 1,
	pauses: 1,
};

/** What a calibrated configuration is made from. */
export type Material = {
	readonly estimates: readonly Estimate[];
	readonly clients: readonly ClientSpec[];
	/** Pauses of the machine that came once. */
	readonly faults: readonly FaultSpec[];
	/** What the user says of the machine: it wins over the recording. */
	readonly given: GivenParameters;
};

/** Of any time but those of the device, ns. */
const longestTime = 10_000_000;

/**
The configuration that the estimates, scaled, describe.

@throws {UserError} when what the user says does not go with it.
*/
export function configured({estimates, clients, faults, given}: Material, factors: Factors): Configuration {
	const found = Object.fromEntries(
		estimates.map(({key, value, knob, provenance}) => {
			if (knob === null || typeof value !== 'object') {
				return [key, value];
			}

			const longest = key.startsWith('device.') ? 100 * longestTime : longestTime;
			const longer = scaled(value, factors[knob], longest);
			// What was measured event by event has the spread that it has.
			return [key, provenance === 'measured' ? longer : widened(longer, factors, longest)];
		}),
	);
	const settings = {...found, ...withoutClientKeys(given)};
	const configuration: Configuration = {
		parameters: resolveParameters(settings),
		// What the user says of a client is not scaled either.
		clients: resolveClients(
			clients.map(client => scaledClient(client, factors)),
			given,
		),
		faults,
		given: settings,
	};
	checkClients(configuration);
	return configuration;
}

function scaledClient(client: ClientSpec, {clients, spread, pauses}: Factors): ClientSpec {
	return {
		...client,
		loop: client.loop.map(step =>
			step.prepare === undefined
				? step
				: {
						...step,
						prepare: widened(
							scaled(step.prepare, clients, longestClientTime),
							{spread, pauses},
							longestClientTime,
						),
					},
		),
	};
}

import {type ParameterValue} from '../../parameters/configuration.js';
import {type Configuration} from '../configuration.js';
import {type Effect, effectRank} from '../../parameters/parameter.js';
import {sameValue} from '../../parameters/value.js';
import {checkClients} from './check-clients.js';
import {checkFaults} from './check-faults.js';
import {type GivenParameters, resolveParameters} from './resolve.js';
import {withClients, withoutClientKeys} from './resolve-clients.js';
import {parameters, type ResolvedParameters} from './table.js';

/** A configuration after a change, and when the change takes effect. */
export type ChangedConfiguration = {
	readonly configuration: Configuration;
	/** The strongest effect among the keys that got another value; `next-use` if none did. */
	readonly effect: Effect;
};

/**
Applies a change of parameters. Automatic values follow, except those that need more than the change
does: `host.load` does not add a host CPU to a run under way, while a new `device.kind` resizes the
ring in its reset. Throws `UserError`, and changes nothing then.
*/
export function withChange(configuration: Configuration, set: GivenParameters): ChangedConfiguration {
	const before = configuration.parameters;
	const given = {...(configuration.given ?? before), ...set};
	const wanted = resolveParameters(withoutClientKeys(given));
	let effect: Effect = 'next-use';
	for (const {key, effect: own} of parameters) {
		if (Object.hasOwn(set, key) && effectRank[own] > effectRank[effect] && !sameValue(before[key], wanted[key])) {
			effect = own;
		}
	}

	const values: Record<string, ParameterValue> = {...wanted};
	for (const entry of parameters) {
		const follows = Object.hasOwn(set, entry.key) || effectRank[entry.effect] <= effectRank[effect];
		if (!follows && Object.hasOwn(before, entry.key)) {
			values[entry.key] = before[entry.key];
		}
	}

	const {clients, ownClients = clients, ...rest} = configuration;
	const changed = {
		...rest,
		given,
		parameters: values as ResolvedParameters,
		...withClients(ownClients, given),
	};
	checkClients(changed);
	checkFaults(changed);
	return {configuration: changed, effect};
}

import {checkClients} from './check-clients.js';
import {checkFaults} from './check-faults.js';
import {type Configuration, type ParameterValue} from '../../parameters/configuration.js';
import {type Effect} from '../../parameters/parameter.js';
import {type GivenParameters, resolveParameters} from './resolve.js';
import {withClients, withoutClientKeys} from './resolve-clients.js';
import {parameter, parameters} from './table.js';
import {sameValue} from '../../parameters/value.js';

const strength: Readonly<Record<Effect, number>> = {'next-use': 0, reset: 1, restart: 2};

/** A configuration after a change, and when the change takes effect. */
export type ChangedConfiguration = {
	readonly configuration: Configuration;
	/** The strongest effect among the keys that got another value; `next-use` if none did. */
	readonly effect: Effect;
};

/**
Applies a change of parameters. Automatic values follow, except those that need more than the change does:
`host.load` does not add a host CPU to a run under way, while a new `device.kind` resizes the ring in its reset.
Throws `UserError`, and changes nothing then.
*/
export function withChange(configuration: Configuration, set: GivenParameters): ChangedConfiguration {
	const before = configuration.parameters;
	const given = {...(configuration.given ?? before), ...set};
	const wanted = resolveParameters(withoutClientKeys(given));
	let effect: Effect = 'next-use';
	for (const key of Object.keys(set)) {
		const own = parameter(key).effect;
		if (strength[own] > strength[effect] && !sameValue(before[key], wanted[key])) {
			effect = own;
		}
	}

	const values: Record<string, ParameterValue> = {};
	for (const entry of parameters) {
		const follows = Object.hasOwn(set, entry.key) || strength[entry.effect] <= strength[effect];
		values[entry.key] = follows || before[entry.key] === undefined ? wanted[entry.key] : before[entry.key];
	}

	const {clients, ownClients = clients, ...rest} = configuration;
	const changed = {
		...rest, given, parameters: values, ...withClients(ownClients, given),
	};
	checkClients(changed);
	checkFaults(changed);
	return {configuration: changed, effect};
}

import {type ClientKey, clientKey} from '../../guest/client-parameters.js';
import {type ClientSpec, type ParameterValue} from '../../parameters/configuration.js';
import {type Configuration} from '../configuration.js';
import {nearest} from '../../errors/nearest.js';
import {UserError} from '../../errors/user-error.js';
import {checkValue} from '../../parameters/value.js';
import {lackOf, settingOf, withSetting} from './client-settings.js';
import {type GivenParameters} from './resolve.js';
import {isTableKey, parameter} from './table.js';

/** What is given without the keys of clients. */
export function withoutClientKeys(given: GivenParameters): GivenParameters {
	return Object.fromEntries(Object.entries(given).filter(([key]) => clientKey(key) === undefined));
}

/**
Clients with what is given by keys of their own. The list itself comes back when
nothing is. Throws `UserError` for a client that is not there, a setting that its kind
has not, and a value out of range.
*/
export function resolveClients(own: readonly ClientSpec[], given: GivenParameters): readonly ClientSpec[] {
	let clients = own;
	for (const [key, value] of Object.entries(given)) {
		const parts = clientKey(key);
		if (parts === undefined) {
			continue;
		}

		const index = indexOf(own, key, parts);
		const checked = checkValue(parameter(key), value);
		if (checked !== 'inherit') {
			clients = clients.with(index, withSetting(clients[index], parts.setting, checked));
		}
	}

	return clients;
}

/** The part of a configuration that its clients are: as given, and as they were before. */
export function withClients(
	own: readonly ClientSpec[],
	given: GivenParameters,
): Pick<Configuration, 'clients' | 'ownClients'> {
	const clients = resolveClients(own, given);
	return clients === own ? {clients} : {clients, ownClients: own};
}

/** The value of a key now: of the table, or of a client; undefined when there is none. */
export function valueOf(configuration: Configuration, key: string): ParameterValue | undefined {
	const parts = clientKey(key);
	if (parts === undefined) {
		return isTableKey(key) ? configuration.parameters[key] : undefined;
	}

	const client = configuration.clients.find(({name}) => name === parts.client);
	return client === undefined || lackOf(client, parts.setting) !== undefined
		? undefined
		: settingOf(client, parts.setting, configuration.parameters);
}

function indexOf(clients: readonly ClientSpec[], key: string, {client: name, setting}: ClientKey): number {
	const index = clients.findIndex(client => client.name === name);
	if (index === -1) {
		const names = clients.map(client => client.name);
		const near = nearest(name, names);
		throw new UserError(
			`${key}: no client is called ` +
				`${JSON.stringify(name)}${near === undefined ? `: there are ${names.slice(0, 8).join(', ')}` : `; did you mean clients.${near}.${setting}?`}`,
		);
	}

	const lack = lackOf(clients[index], setting);
	if (lack !== undefined) {
		throw new UserError(`${key}: ${lack}`);
	}

	return index;
}

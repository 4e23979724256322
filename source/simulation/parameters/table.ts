import {pauseParameters} from '../../cpu/pause-parameters.js';
import {freeParameters} from '../../guest/rcu/free-parameters.js';
import {backendParameters} from '../../host/backends/backends.js';
import {fenceParameters} from '../../host/backends/fence-parameters.js';
import {affinityParameters} from '../../host/machine/affinity.js';
import {migrationParameters} from '../../host/machine/migration-parameters.js';
import {coldParameters} from '../../host/vcpu/cold-parameters.js';
import {type ValuesOf} from '../../parameters/settings.js';
import {clientParameter, clientSettingNames} from '../../guest/client-parameters.js';
import {deviceRows} from '../devices.js';
import {driverParameters} from '../../guest/driver-parameters.js';
import {guestCostParameters} from '../../guest/guest-cost-parameters.js';
import {guestParameters, guestSchedulerParameters} from '../../guest/guest-parameters.js';
import {emulationCostParameters} from '../../host/emulation-cost-parameters.js';
import {hostCostParameters} from '../../host/host-cost-parameters.js';
import {hostParameters} from '../../host/host-parameters.js';
import {hostLoadParameters} from '../../host/host-load-parameters.js';
import {hostIdleParameters, hostSchedulerParameters} from '../../host/host-scheduler-parameters.js';
import {nearest} from '../../errors/nearest.js';
import {type Parameter} from '../../parameters/parameter.js';
import {UserError} from '../../errors/user-error.js';
import {deviceKindParameters} from './device-kind.js';
import {queueParameters} from './queue-parameters.js';
import {runParameters} from './run-parameters.js';

/** The one table of parameters, group by group, in the order in which they are shown. */
const table = [
	...queueParameters,
	...driverParameters,
	...fenceParameters,
	...guestParameters,
	...guestSchedulerParameters,
	...freeParameters,
	...pauseParameters,
	...guestCostParameters,
	...backendParameters,
	...hostParameters,
	...affinityParameters,
	...hostLoadParameters,
	...hostSchedulerParameters,
	...migrationParameters,
	...hostIdleParameters,
	...coldParameters,
	...hostCostParameters,
	...emulationCostParameters,
	...deviceKindParameters,
	...deviceRows,
	...runParameters,
] as const;

/** A row of the table. */
export type Row = (typeof table)[number];

/** Every key of the table with its value, nothing left at `auto`. */
export type ResolvedParameters = ValuesOf<Row>;

export type ParameterKey = keyof ResolvedParameters;

/** Keys whose values are of a type. */
export type KeyOf<Value> = {[Key in ParameterKey]: ResolvedParameters[Key] extends Value ? Key : never}[ParameterKey];

/** The rows of the table. */
export const parameters: ReadonlyArray<Parameter & {readonly key: ParameterKey}> = table;

const byKey: ReadonlyMap<string, Parameter> = new Map(parameters.map(entry => [entry.key, entry]));

/** Whether the key is in the table, or is one that a client may have. */
export function isKnownKey(key: string): boolean {
	return byKey.has(key) || clientParameter(key) !== undefined;
}

/** Whether the key is in the table. */
export function isTableKey(key: string): key is ParameterKey {
	return byKey.has(key);
}

/**
The entry of a key: of the table, or `clients.<name>.<setting>` for whatever name. Throws
`UserError` that names the nearest key when there is none.
*/
export function parameter(key: string): Parameter {
	const entry = byKey.get(key) ?? clientParameter(key);
	if (entry === undefined) {
		const near = nearestKey(key);
		throw new UserError(
			'unknown parameter ' +
				`"${key}"${near === undefined ? '; vqlab explain lists them' : `; did you mean ${near}?`}`,
		);
	}

	return entry;
}

function nearestKey(key: string): string | undefined {
	const [group, name, setting] = key.split('.');
	if (group !== 'clients' && group !== 'client') {
		return nearest(key, byKey.keys());
	}

	const near = setting === undefined ? undefined : nearest(setting, clientSettingNames);
	return `clients.${name === undefined || name === '' ? '<name>' : name}.${near ?? clientSettingNames.join('|')}`;
}

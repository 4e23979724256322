import {deviceParameters} from './device-parameters.js';
import {driverParameters} from './driver-parameters.js';
import {guestCostParameters} from './guest-cost-parameters.js';
import {guestParameters} from './guest-parameters.js';
import {hostCostParameters} from './host-cost-parameters.js';
import {hostParameters} from './host-parameters.js';
import {hostSchedulerParameters} from './host-scheduler-parameters.js';
import {nearest} from './nearest.js';
import {type Parameter} from './parameter.js';
import {queueParameters} from './queue-parameters.js';
import {runParameters} from './run-parameters.js';
import {UserError} from './user-error.js';

/** The one table of parameters, group by group, in the order in which they are shown. */
export const parameters: readonly Parameter[] = [
	...queueParameters,
	...driverParameters,
	...guestParameters,
	...guestCostParameters,
	...hostParameters,
	...hostSchedulerParameters,
	...hostCostParameters,
	...deviceParameters,
	...runParameters,
];

const byKey: ReadonlyMap<string, Parameter> = new Map(parameters.map(entry => [entry.key, entry]));

/** Whether the table has the key. */
export function isKnownKey(key: string): boolean {
	return byKey.has(key);
}

/** The entry of a key. Throws `UserError` that names the nearest key when there is none. */
export function parameter(key: string): Parameter {
	const entry = byKey.get(key);
	if (entry === undefined) {
		const near = nearest(key, byKey.keys());
		throw new UserError(`unknown parameter "${key}"${near === undefined ? '; vqlab explain lists them' : `; did you mean ${near}?`}`);
	}

	return entry;
}

import {gpu} from './gpu/profile.js';
import {pmem} from './pmem/profile.js';
import {type DeviceProfile} from './profile.js';

/** All devices. */
export const devices = [gpu, pmem] as const satisfies readonly DeviceProfile[];

/** Names of all devices' requests. */
export type RequestName = (typeof devices)[number]['requests'][number]['name'];

export const requestNames: readonly RequestName[] = devices.flatMap(({requests}) => requests.map(({name}) => name));

/** The profile of a value of `device.kind`. */
export function profileOf(kind: unknown): DeviceProfile {
	const profiles: readonly DeviceProfile[] = devices;
	return profiles.find(({kinds}) => typeof kind === 'string' && kinds.includes(kind)) ?? gpu;
}

type StepsOf<Parts> = Parts extends Readonly<Record<string, ReadonlyArray<infer Name extends string>>> ? Name : never;

/** Steps of all drivers, by function. */
export type DriverStep = StepsOf<(typeof devices)[number]['driverSteps']>;

export const driverSteps: readonly DriverStep[] = devices.flatMap(
	({driverSteps: parts}) => Object.values(parts).flat() as DriverStep[],
);

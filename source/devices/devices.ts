import {gpu} from './gpu/profile.js';
import {type DeviceProfile} from './profile.js';

/** All devices. */
export const devices = [gpu] as const satisfies readonly DeviceProfile[];

/** The profile of a value of `device.kind`. */
export function profileOf(kind: unknown): DeviceProfile {
	const profiles: readonly DeviceProfile[] = devices;
	return profiles.find(({kinds}) => kinds.some(name => name === kind)) ?? gpu;
}

type Steps = (typeof devices)[number]['driverSteps'];

/** Steps of all drivers, by function. */
export type DriverStep = Steps[keyof Steps][number];

export const driverSteps: readonly DriverStep[] = devices.flatMap(({driverSteps: parts}) => Object.values(parts).flat());

import {type DeviceProfile, type QueueProfile} from '../devices/profile.js';
import {type Device} from './devices/device.js';
import {gpuDevice} from './devices/gpu.js';
import {pmemDevice} from './devices/pmem.js';

/** All devices: a new one has its line here, and all else in files of its own. */
export const devices = [gpuDevice, pmemDevice] as const satisfies readonly Device[];

type Listed = (typeof devices)[number];

/** Values of `device.kind`. */
export const deviceKinds: ReadonlyArray<Listed['kinds'][number]> = devices.flatMap(
	({kinds}): ReadonlyArray<Listed['kinds'][number]> => kinds,
);

/** Rows of parameters that devices have, by device. */
export const deviceRows: ReadonlyArray<Listed['parameters'][number]> = devices.flatMap(
	({parameters}): ReadonlyArray<Listed['parameters'][number]> => parameters,
);

/** Names of all devices' requests. */
export const requestNames: readonly string[] = devices.flatMap(({profile}) => profile.requests.map(({name}) => name));

/** The device of a value of `device.kind`. */
export function deviceOf(kind: unknown): Device {
	const all: readonly Device[] = devices;
	return all.find(({profile}) => typeof kind === 'string' && profile.kinds.includes(kind)) ?? gpuDevice;
}

/** The profile of a value of `device.kind`. */
export function profileOf(kind: unknown): DeviceProfile {
	return deviceOf(kind).profile;
}

/** The parameter that sizes the queue which `ring` metrics are of, the device's first. */
export function ringSizeKey(kind: unknown): QueueProfile['sizeKey'] {
	const [first] = profileOf(kind).queues;
	return first.sizeKey;
}

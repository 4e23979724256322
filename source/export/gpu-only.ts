import {gpu} from '../devices/gpu/profile.js';
import {profileOf} from '../simulation/devices.js';
import {UserError} from '../errors/user-error.js';
import {type Configuration} from '../simulation/configuration.js';

/**
Refuses a configuration of another device: what the format writes are the words
of virtio-gpu's driver and VMM.

@throws {UserError} for any `device.kind` but those of the GPU.
*/
export function refuseOtherDevices(format: string, {parameters}: Configuration): void {
	const kind = parameters['device.kind'];
	if (profileOf(kind) !== gpu) {
		throw new UserError(
			`export: --to ${format} has the words of virtio-gpu only, and device.kind=${kind} is another ` +
				'device; perfetto and csv show any',
		);
	}
}

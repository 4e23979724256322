import {deviceParameters, gpuKinds} from '../../devices/gpu/device-parameters.js';
import {gpu} from '../../devices/gpu/profile.js';
import {type Driver, type DriverParts} from '../../guest/driver.js';
import {VirtioGpuDriver} from '../../guest/gpu/virtio-gpu-driver.js';
import {type Device, type DeviceSides} from './device.js';

/** Its settings are those of driver and host. */
class GpuSides implements DeviceSides {
	readonly poolThreads = 0;
	readonly interruptAccesses = undefined;

	createDriver(parts: DriverParts): Driver {
		return new VirtioGpuDriver(parts);
	}

	createDevice(): undefined {
		return undefined;
	}

	update(): void {
		// Driver and host read what changes.
	}
}

export const gpuDevice = {
	profile: gpu,
	kinds: gpuKinds,
	parameters: deviceParameters,
	sides: () => new GpuSides(),
} as const satisfies Device;

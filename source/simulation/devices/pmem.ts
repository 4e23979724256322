import {pmemKinds} from '../../devices/pmem/pmem-choices.js';
import {
	type PmemCosts,
	pmemParameters,
	type PmemSettings,
	type PmemValues,
} from '../../devices/pmem/pmem-parameters.js';
import {pmem} from '../../devices/pmem/profile.js';
import {type Driver, type DriverParts} from '../../guest/driver.js';
import {NdVirtioDriver} from '../../guest/pmem/nd-virtio-driver.js';
import {type OwnDevice, type PoolDevice} from '../../host/own-device.js';
import {poolThreads, VirtioPmem} from '../../host/pmem/virtio-pmem.js';
import {costsOf, settingsOf, updateCosts, updateSettings} from '../../parameters/settings.js';
import {type Device, type DeviceSides} from './device.js';

/** nd_virtio.c in the guest, virtio-pmem.c in QEMU. */
export class PmemSides implements DeviceSides {
	readonly poolThreads = poolThreads;
	private readonly settings: PmemSettings;
	private readonly costs: PmemCosts;

	constructor(parameters: PmemValues, seed: number) {
		this.settings = settingsOf(pmemParameters, parameters);
		this.costs = costsOf(pmemParameters, parameters, seed);
	}

	get interruptAccesses(): number {
		return this.settings.isrReads;
	}

	createDriver(parts: DriverParts): Driver {
		const {settings, costs} = this;
		return new NdVirtioDriver(parts, {settings, costs});
	}

	createDevice(parts: Parameters<OwnDevice['createDevice']>[0]): PoolDevice {
		const {settings, costs} = this;
		return new VirtioPmem({...parts, settings, costs});
	}

	update(parameters: PmemValues): void {
		updateSettings(this.settings, pmemParameters, parameters, 'next-use');
		updateCosts(this.costs, pmemParameters, parameters);
	}
}

export const pmemDevice = {
	profile: pmem,
	kinds: pmemKinds,
	parameters: pmemParameters,
	sides: (parameters: PmemValues, seed: number) => new PmemSides(parameters, seed),
} as const satisfies Device;

import {type DeviceProfile} from '../../devices/profile.js';
import {type Driver, type DriverParts} from '../../guest/driver.js';
import {type OwnDevice} from '../../host/own-device.js';
import {type Choice, type Parameter, type ParameterValue} from '../../parameters/parameter.js';

type Values = Readonly<Record<string, ParameterValue>>;

/** A device in one machine. */
export type DeviceSides = OwnDevice & {
	/** The driver in the guest. */
	createDriver(parts: DriverParts): Driver;
	/** Accesses of its registers in each interrupt; undefined: as many as the backend has. */
	readonly interruptAccesses: number | undefined;
	/** Takes over what changes at its next use. */
	update(parameters: Values): void;
};

/** A device, with all that the program has of it. */
export type Device = {
	readonly profile: DeviceProfile;
	/** Values of `device.kind` that are this device. */
	readonly kinds: readonly Choice[];
	/** Rows of parameters that it has. */
	readonly parameters: readonly Parameter[];
	/** Makes its two sides, with streams of these parameters and this seed. */
	sides(parameters: Values, seed: number): DeviceSides;
};

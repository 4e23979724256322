import {pauseParameters} from '../cpu/pause-parameters.js';
import {type CostsOf, type SettingsOf} from '../parameters/settings.js';
import {driverParameters} from './driver-parameters.js';
import {guestCostParameters} from './guest-cost-parameters.js';
import {guestParameters} from './guest-parameters.js';
import {freeParameters} from './rcu/free-parameters.js';

/** Rows whose values the guest reads at each use, but for its scheduler's. */
export const guestSettingParameters = [
	...driverParameters,
	...guestParameters,
	...freeParameters,
	...pauseParameters,
	...guestCostParameters,
] as const;

type Row = (typeof guestSettingParameters)[number];

/**
What the driver does, by its kernel version. Read at each use, so a change acts at the next one.
*/
export type DriverSettings = SettingsOf<Row>;

/** What guest code costs, ns of guest CPU time. */
export type GuestCosts = CostsOf<Row>;

import {pauseParameters} from '../cpu/pause-parameters.js';
import {deviceParameters} from '../devices/gpu/device-parameters.js';
import {type CostsOf, type SettingsOf} from '../parameters/settings.js';
import {type BackendSets} from './backends/backend.js';
import {fenceParameters} from './backends/fence-parameters.js';
import {emulationCostParameters} from './emulation-cost-parameters.js';
import {hostCostParameters} from './host-cost-parameters.js';
import {hostParameters} from './host-parameters.js';
import {hostLoadParameters} from './host-load-parameters.js';
import {migrationParameters} from './machine/migration-parameters.js';
import {coldParameters} from './vcpu/cold-parameters.js';

/**
Rows whose values the host reads at each use, but for its scheduler's and the choice of a backend.
*/
export const hostSettingParameters = [
	...fenceParameters,
	...pauseParameters,
	...hostParameters,
	...hostLoadParameters,
	...migrationParameters,
	...coldParameters,
	...hostCostParameters,
	...emulationCostParameters,
	...deviceParameters,
] as const;

type Row = (typeof hostSettingParameters)[number];

/** What kind of host it is, read at each use. */
export type HostSettings = SettingsOf<Row> &
	BackendSets & {
		/** Who implements the device: a value of `host.backend`. */
		readonly backend: string;
		/** The device is a GPU whose commands virglrenderer works on: `device.kind`. */
		readonly virgl: boolean;
	};

/** What the host's steps cost, ns of host CPU time unless a row says otherwise. */
export type HostCosts = CostsOf<Row>;

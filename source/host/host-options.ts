import {type CpuTimers} from '../cpu/cpu-set.js';
import {type SchedulerSettings} from '../cpu/scheduler-settings.js';
import {type CommandPool} from '../devices/command-pool.js';
import {type DeviceProfile} from '../devices/profile.js';
import {type EventLoop} from '../engine/event-loop.js';
import {type Probe} from '../engine/probe.js';
import {type GuestPort} from './guest-port.js';
import {type HostCosts, type HostSettings} from './host-settings.js';
import {type Affinity} from './machine/affinity.js';
import {type OwnDevice} from './own-device.js';

/** What a host is made of. */
export type HostOptions = {
	readonly loop: EventLoop;
	readonly probe: Probe;
	readonly profile: DeviceProfile;
	readonly pool: CommandPool;
	/** What the VMM has for the device, where it is no GPU. */
	readonly ownDevice: OwnDevice;
	readonly costs: HostCosts;
	readonly settings: HostSettings;
	readonly guest: GuestPort;
	readonly cpus: number;
	readonly vcpus: number;
	readonly affinity: Affinity;
	/** GPU contexts: one a client. */
	readonly contexts: number;
	readonly seed: number;
	readonly scheduler: SchedulerSettings;
	readonly timers: CpuTimers & {
		readonly irq: number;
		readonly fencePoll: number;
		readonly gpu: number;
		readonly bqlUser: number;
		readonly move: number;
		readonly background: number;
		readonly device: number;
		readonly disk: number;
		readonly answer: number;
		readonly pauseLoop: number;
	};
};

import {CpuSet, type CpuTimers, type Program} from '../cpu/cpu-set.js';
import {type SchedulerSettings} from '../cpu/scheduler-settings.js';
import {type Thread, threadState} from '../cpu/thread.js';
import {type EventLoop} from '../engine/event-loop.js';
import {type Probe} from '../engine/probe.js';
import {RandomStream} from '../engine/random.js';
import {type CommandPool} from '../devices/command-pool.js';
import {mightSleepSite, tracepoint} from '../tracepoints/tracepoints.js';
import {type DeviceProfile} from '../devices/profile.js';
import {type DriverSettings, type GuestCosts} from './driver-settings.js';
import {type Platform} from './platform.js';
import {type GuestRoles} from './roles.js';

/** What the threads of the guest need. */
export type GuestThreadsOptions = {
	readonly loop: EventLoop;
	readonly probe: Probe;
	readonly pool: CommandPool;
	readonly costs: GuestCosts;
	readonly driver: DriverSettings;
	readonly platform: Platform;
	readonly program: Program;
	readonly vcpus: number;
	readonly threads: Thread[];
	readonly roles: GuestRoles;
	readonly profile: DeviceProfile;
	readonly timers: CpuTimers;
	readonly scheduler: SchedulerSettings;
	readonly seed: number;
};

/** The guest's threads on its vCPUs: how they compute, sleep and wake each other. */
export class GuestThreads {
	readonly loop: EventLoop;
	readonly probe: Probe;
	readonly cpus: CpuSet;
	readonly pool: CommandPool;
	readonly costs: GuestCosts;
	readonly driver: DriverSettings;
	readonly platform: Platform;
	readonly roles: GuestRoles;
	readonly profile: DeviceProfile;
	/** By thread: ns that its next segment takes longer (try_to_wake_up of others, pv kicks). */
	readonly overhead: Float64Array;

	constructor(options: GuestThreadsOptions) {
		this.loop = options.loop;
		this.probe = options.probe;
		this.pool = options.pool;
		this.costs = options.costs;
		this.driver = options.driver;
		this.platform = options.platform;
		this.roles = options.roles;
		this.profile = Object.freeze(options.profile);
		this.overhead = new Float64Array(options.threads.length);
		this.cpus = new CpuSet(options.loop, options.program, {
			count: options.vcpus,
			threads: options.threads,
			timers: options.timers,
			frozen: true,
			tickInterrupts: true,
			settings: options.scheduler,
			chance: new RandomStream(options.seed, 'place/guest.newidle'),
		});
	}

	/** The thread computes for `duration` ns, then takes `step`. */
	work(thread: Thread, duration: number, step: number): void {
		thread.step = step;
		this.cpus.run(thread, duration + this.overhead[thread.id]);
		this.overhead[thread.id] = 0;
	}

	/** The thread sleeps and takes `step` once woken. */
	sleep(thread: Thread, step: number): void {
		this.probe.emit(tracepoint.mightSleep, thread.id, mightSleepSite.schedule, 0);
		thread.step = step;
		this.cpus.sleep(thread);
	}

	/**
	Wakes a sleeping thread, which then needs `latency` ns of its CPU to get going. `waker` is
	the thread that wakes it and pays for that, or -1 (a timer). True when the waker has to send
	an interrupt to another vCPU.
	*/
	wake(thread: Thread, latency: number, waker: number): boolean {
		if (thread.state !== threadState.sleeping) {
			return false;
		}

		thread.remaining = latency;
		if (waker < 0) {
			this.cpus.wake(thread, -1);
			return false;
		}

		this.overhead[waker] += this.costs.taskWake.draw();
		return this.cpus.wake(thread, this.cpus.threads[waker].cpu);
	}
}

import {type EventLoop} from '../engine/event-loop.js';
import {type Probe} from '../engine/probe.js';
import {schedulerSettings, type SchedulerSettings} from '../cpu/scheduler-settings.js';
import {type DriverSettings, type GuestCosts, guestSettingParameters} from '../guest/driver-settings.js';
import {guestSchedulerParameters} from '../guest/guest-parameters.js';
import {Guest} from '../guest/guest.js';
import {type Platform} from '../guest/platform.js';
import {type GuestPort} from '../host/guest-port.js';
import {affinityParameters} from '../host/machine/affinity.js';
import {backendParameters} from '../host/backends/backends.js';
import {hostIdleParameters, hostSchedulerParameters} from '../host/host-scheduler-parameters.js';
import {type HostCosts, hostSettingParameters} from '../host/host-settings.js';
import {Host} from '../host/host.js';
import {type VcpuId} from '../cpu/ids.js';
import {costsOf, settingsOf, type SettingsOf, updateCosts, updateSettings} from '../parameters/settings.js';
import {CommandPool} from '../devices/command-pool.js';
import {type DeviceProfile, type QueueId, type QueueProfile} from '../devices/profile.js';
import {createVirtqueue} from '../virtqueue/create-virtqueue.js';
import {type Virtqueue} from '../virtqueue/virtqueue.js';
import {eventKind} from './event-kind.js';
import {type Configuration} from './configuration.js';
import {type DeviceSides} from './devices/device.js';
import {deviceOf} from './devices.js';
import {Faults} from './faults.js';
import {deviceKindParameters} from './parameters/device-kind.js';
import {type ResolvedParameters} from './parameters/table.js';

/** What the host is, and who implements its device. */
const hostRows = [...backendParameters, ...hostSettingParameters, ...deviceKindParameters] as const;

const hostSchedulerRows = [...hostSchedulerParameters, ...hostIdleParameters] as const;

/** A fresh ring of this queue as the parameters ask for it. */
export function ringOf(parameters: ResolvedParameters, {sizeKey}: QueueProfile): Virtqueue {
	return createVirtqueue({
		layout: parameters['queue.layout'],
		size: parameters[sizeKey],
		eventIdx: parameters['queue.eventIdx'],
		indirect: parameters['queue.indirect'],
		callback: true,
	});
}

/**
Guest and host, built from a configuration and joined: the guest's platform is the host's
vCPU threads, the host's guest port is the guest. All that changes in a run is below here.
*/
export class Machine implements Platform, GuestPort {
	readonly profile: DeviceProfile;
	readonly pool: CommandPool;
	readonly device: DeviceSides;
	readonly guest: Guest;
	readonly host: Host;
	readonly faults: Faults;
	private readonly stallAtStart: number;
	readonly driver: DriverSettings;
	readonly guestCosts: GuestCosts;
	readonly hostCosts: HostCosts;
	readonly hostSettings: SettingsOf<(typeof hostRows)[number]>;
	readonly guestScheduler: SchedulerSettings;
	readonly hostScheduler: SchedulerSettings;

	constructor(loop: EventLoop, probe: Probe, configuration: Configuration, seed: number) {
		const {parameters, clients} = configuration;
		const vcpus = parameters['guest.vcpus'];
		const device = deviceOf(parameters['device.kind']);
		this.profile = Object.freeze(device.profile);
		this.pool = new CommandPool(64);
		this.driver = settingsOf(guestSettingParameters, parameters);
		this.guestCosts = costsOf(guestSettingParameters, parameters, seed);
		this.hostCosts = costsOf(hostRows, parameters, seed);
		this.hostSettings = settingsOf(hostRows, parameters);
		this.guestScheduler = schedulerSettings();
		updateSettings(this.guestScheduler, guestSchedulerParameters, parameters, 'restart');
		this.hostScheduler = schedulerSettings();
		updateSettings(this.hostScheduler, hostSchedulerRows, parameters, 'restart');
		this.device = device.sides(parameters, seed);
		this.guest = new Guest({
			loop,
			probe,
			pool: this.pool,
			costs: this.guestCosts,
			driver: this.driver,
			platform: this,
			vcpus,
			clients,
			spinlock: parameters['driver.spinlock'],
			profile: this.profile,
			rings: this.profile.queues.map(queue => ringOf(parameters, queue)),
			createDriver: parts => this.device.createDriver(parts),
			seed,
			scheduler: this.guestScheduler,
			timers: {
				segment: eventKind.guestSegment,
				tick: eventKind.guestTick,
				pause: eventKind.pause,
				arrival: eventKind.arrival,
				free: eventKind.free,
			},
		});
		this.host = new Host({
			loop,
			probe,
			profile: this.profile,
			pool: this.pool,
			ownDevice: this.device,
			costs: this.hostCosts,
			settings: this.hostSettings,
			guest: this,
			cpus: parameters['host.cpus'],
			vcpus,
			affinity: settingsOf(affinityParameters, parameters),
			contexts: clients.length,
			seed,
			scheduler: this.hostScheduler,
			timers: {
				segment: eventKind.hostSegment,
				tick: eventKind.hostTick,
				irq: eventKind.irq,
				fencePoll: eventKind.fencePoll,
				gpu: eventKind.gpu,
				bqlUser: eventKind.bystander,
				move: eventKind.move,
				background: eventKind.background,
				device: eventKind.device,
				disk: eventKind.disk,
				answer: eventKind.answer,
				pauseLoop: eventKind.pauseLoop,
			},
		});
		this.stallAtStart = parameters['host.stall'];
		this.faults = new Faults(loop, this.host, configuration.faults, seed);
	}

	start(): void {
		this.host.start();
		this.guest.start();
		this.settle();
		this.stallHost(this.stallAtStart);
	}

	/** Who serves the device does nothing for so long from now on, ns. */
	stallHost(duration: number): void {
		if (duration > 0) {
			this.host.backend.stallFor(duration);
			this.settle();
		}
	}

	/** Takes over what changes at its next use. */
	update({parameters, clients}: Configuration): void {
		this.guest.clientsChanged(clients);
		updateSettings(this.driver, guestSettingParameters, parameters, 'next-use');
		updateCosts(this.guestCosts, guestSettingParameters, parameters);
		updateSettings(this.hostSettings, hostRows, parameters, 'next-use');
		updateCosts(this.hostCosts, hostRows, parameters);
		updateSettings(this.guestScheduler, guestSchedulerParameters, parameters, 'next-use');
		updateSettings(this.hostScheduler, hostSchedulerRows, parameters, 'next-use');
		this.device.update(parameters);
		this.host.settingsChanged();
		this.settle();
	}

	/** Takes over what needs a device reset, which the rings are ready for. */
	deviceReset(parameters: ResolvedParameters): void {
		updateSettings(this.driver, guestSettingParameters, parameters, 'reset');
		updateSettings(this.hostSettings, hostRows, parameters, 'reset');
		this.host.deviceReset();
	}

	// What the guest asks of its platform.

	doorbell(vcpu: VcpuId, queue: QueueId): void {
		this.host.vcpus.doorbell(vcpu, queue);
	}

	halt(vcpu: VcpuId): void {
		this.host.vcpus.halt(vcpu);
	}

	get interruptAccesses(): number {
		return this.device.interruptAccesses ?? this.hostSettings.interruptAccesses;
	}

	accessRegister(vcpu: VcpuId): void {
		this.host.vcpus.accessRegister(vcpu);
	}

	ipi(vcpu: VcpuId): void {
		this.host.vcpus.ipi(vcpu);
	}

	wakeVcpu(vcpu: VcpuId, from: VcpuId): void {
		this.host.vcpus.wake(vcpu, this.host.core.roles.vcpuThread(from));
	}

	tick(vcpu: VcpuId): void {
		this.host.vcpus.tick(vcpu);
	}

	programTick(vcpu: VcpuId, time: number): void {
		this.host.vcpus.programTick(vcpu, time);
	}

	activityChanged(vcpu: VcpuId): void {
		this.host.vcpus.activityChanged(vcpu);
	}

	// What the host sees of the guest.

	thaw(vcpu: VcpuId): void {
		const {core} = this.guest;
		core.cpus.thaw(core.cpus.cpus[vcpu]);
		core.handlerLooksAgain(core.cpus.cpus[vcpu]);
	}

	freeze(vcpu: VcpuId): void {
		this.guest.core.cpus.freeze(this.guest.core.cpus.cpus[vcpu]);
	}

	evict(vcpu: VcpuId, full: number, lost: number): void {
		this.guest.core.cpus.evict(this.guest.core.cpus.cpus[vcpu], full, lost);
	}

	raise(vcpu: VcpuId, queue: QueueId): boolean {
		return this.guest.interrupts.raise(vcpu, queue);
	}

	raiseTick(vcpu: VcpuId): boolean {
		return this.guest.interrupts.raiseTick(vcpu);
	}

	hasInterrupts(vcpu: VcpuId): boolean {
		return this.guest.interrupts.isPending(vcpu);
	}

	takeInterrupt(vcpu: VcpuId): void {
		this.guest.interrupts.take(vcpu);
	}

	tickSet(vcpu: VcpuId, time: number): void {
		this.guest.tickSet(vcpu, time);
	}

	tickAt(vcpu: VcpuId): number {
		return this.guest.tickAt(vcpu);
	}

	isSpinning(vcpu: VcpuId): boolean {
		return this.guest.isSpinning(vcpu);
	}

	irqVcpu(queue: QueueId): VcpuId {
		return this.driver.irqVcpu[queue] as VcpuId;
	}

	takeDirtyPages(): number {
		const {core} = this.guest;
		const pages = core.dirtyPages;
		core.dirtyPages = 0;
		return pages;
	}

	ring(queue: QueueId): Virtqueue {
		return this.guest.core.queues[queue].ring;
	}

	/** Lets both schedulers choose until neither has anything to decide. */
	settle(): void {
		const guest = this.guest.core.cpus;
		const host = this.host.core.cpus;
		while (guest.hasPending || host.hasPending) {
			guest.reschedule();
			host.reschedule();
		}

		this.host.vcpus.publishTouched();
	}
}

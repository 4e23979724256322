import {type Cpu} from '../cpu/cpu.js';
import {type CpuTimers} from '../cpu/cpu-set.js';
import {type VcpuId, nobody} from '../cpu/ids.js';
import {type SchedulerSettings} from '../cpu/scheduler-settings.js';
import {type SpinlockKind} from '../cpu/spinlock.js';
import {Thread} from '../cpu/thread.js';
import {type CommandPool} from '../devices/command-pool.js';
import {type DeviceProfile} from '../devices/profile.js';
import {type EventLoop} from '../engine/event-loop.js';
import {type Probe} from '../engine/probe.js';
import {type ClientSpec} from '../parameters/configuration.js';
import {type Virtqueue} from '../virtqueue/virtqueue.js';
import {type Driver, type DriverParts} from './driver.js';
import {type GuestPart} from './guest-part.js';
import {type DriverSettings, type GuestCosts} from './driver-settings.js';
import {GuestCore} from './guest-core.js';
import {Interrupts} from './interrupts.js';
import {ParkingPlace} from './parking-place.js';
import {type Platform} from './platform.js';
import {DeferredFree} from './rcu/deferred-free.js';
import {GracePeriods} from './rcu/grace-periods.js';
import {Responses} from './responses.js';
import {GuestRoles} from './roles.js';
import {Rounds} from './rounds.js';
import {clientSteps, deferredFreeSteps, gracePeriodSteps, step, stepsWith} from './step.js';
import {Submitter} from './submitter.js';

type GuestOptions = {
	readonly loop: EventLoop;
	readonly probe: Probe;
	readonly pool: CommandPool;
	readonly costs: GuestCosts;
	readonly driver: DriverSettings;
	readonly platform: Platform;
	readonly vcpus: number;
	readonly clients: readonly ClientSpec[];
	readonly spinlock: SpinlockKind;
	readonly profile: DeviceProfile;
	/** By queue. */
	readonly rings: readonly Virtqueue[];
	readonly createDriver: (parts: DriverParts) => Driver;
	readonly seed: number;
	readonly scheduler: SchedulerSettings;
	/** Period of the RCU grace periods, ns. */
	readonly timers: CpuTimers & {readonly pause: number; readonly arrival: number; readonly free: number};
};

/**
The Linux guest: clients and kworkers on vCPUs, the driver of the device with its queues, and
the interrupts. It is the program of its CPU set; the machine below is a `Platform`.
*/
export class Guest {
	readonly core: GuestCore;
	readonly submitters: readonly Submitter[];
	readonly parking: ParkingPlace;
	readonly driver: Driver;
	readonly interrupts: Interrupts;
	readonly frees: DeferredFree;
	private readonly rounds: Rounds;
	/** By step: the part that takes it. */
	private readonly parts: readonly GuestPart[];

	constructor(options: GuestOptions) {
		const {threads, submitters, roles} = people(options);
		this.submitters = submitters;
		this.core = new GuestCore({
			...options,
			program: this,
			threads,
			roles,
		});
		this.core.addQueues(options.rings);
		const responses = new Responses(this.core, submitters);
		const gracePeriods = new GracePeriods(this.core);
		this.parking = new ParkingPlace(this.core, submitters);
		this.frees = new DeferredFree(this.core, gracePeriods, options.timers.free);
		this.driver = options.createDriver({
			core: this.core,
			responses,
			submitters,
			parking: this.parking,
			frees: this.frees,
		});
		this.rounds = new Rounds(this.core, submitters, this.driver, responses);
		this.interrupts = new Interrupts(this.core, this.driver, gracePeriods);
		this.parts = this.partsByStep(gracePeriods);
	}

	/** Starts all clients at time 0. */
	start(): void {
		for (const id of this.submitters.keys()) {
			this.rounds.start(this.core.cpus.threads[id]);
		}
	}

	/** Keys of clients have changed. */
	clientsChanged(clients: readonly ClientSpec[]): void {
		this.rounds.clientsChanged(clients);
	}

	pauseEnded(id: number): void {
		this.rounds.pauseEnded(id);
	}

	arrived(id: number): void {
		this.rounds.arrived(id);
	}

	/**
	True while the vCPU's current thread spins on a lock (and no handler runs on
	top of it), or its handler does.
	*/
	isSpinning(vcpu: VcpuId): boolean {
		const cpu = this.core.cpus.cpus[vcpu];
		if (this.core.isHandlerSpinning(vcpu)) {
			return true;
		}

		return cpu.current >= 0 && cpu.interruptRemaining < 0 && this.core.cpus.threads[cpu.current].spinning;
	}

	step(thread: Thread): void {
		if (this.core.lockOnItsWay[thread.id] === 1) {
			this.core.arrive(thread);
		}

		if (thread.spinning) {
			this.core.haltWaiter(thread);
		} else {
			this.parts[thread.step].step(thread);
		}
	}

	interruptEnded(cpu: Cpu): void {
		this.interrupts.ended(cpu);
	}

	/**
	The vCPU's tick is due. It is handled when the vCPU executes; those
	that fall due until then are lost.
	*/
	tickDue(vcpu: VcpuId): void {
		this.core.cpus.cpus[vcpu].tickPending = true;
		this.core.platform.tick(vcpu);
	}

	/** The vCPU's timer is set: its next tick comes at `time`. */
	tickSet(vcpu: VcpuId, time: number): void {
		this.core.cpus.ticks.restart(this.core.cpus.cpus[vcpu], time);
	}

	/** When the vCPU's tick will come, ns; Infinity: it has none. */
	tickAt(vcpu: VcpuId): number {
		return this.core.cpus.ticks.at(this.core.cpus.cpus[vcpu]);
	}

	switched(cpu: Cpu): void {
		if (cpu.current < 0) {
			this.core.platform.halt(cpu.id);
		} else {
			this.core.platform.activityChanged(cpu.id);
		}
	}

	resumed(cpu: Cpu, thread: Thread): void {
		if (thread.spinning) {
			this.core.lookAgain(thread);
		}
	}

	wantsCpu(cpu: Cpu): void {
		this.core.platform.wakeVcpu(cpu.id, nobody);
	}

	stateChanged(): void {
		// Nobody watches the guest's threads; its vCPUs halt and go on by `switched`.
	}

	/** Each step is of one part, those of drivers of the part that their profiles name. */
	private partsByStep(gracePeriods: GracePeriods): readonly GuestPart[] {
		const {driverSteps} = this.core.profile;
		const steps: Readonly<Record<string, number>> = stepsWith(driverSteps);
		const parts: GuestPart[] = [];
		const put = (names: readonly string[], part: GuestPart): void => {
			for (const name of names) {
				parts[steps[name]] = part;
			}
		};

		put(clientSteps, this.rounds);
		put(deferredFreeSteps, this.frees);
		put(gracePeriodSteps, gracePeriods);
		for (const [name, names] of Object.entries(driverSteps)) {
			put(names, this.driver.parts[name]);
		}

		return parts;
	}
}

/** Of a kworker until a driver has work for it. */
const noStep = -1;

/** The guest's threads, and what its clients' threads submit. */
function people({clients, vcpus, loop, seed, timers, driver, profile}: GuestOptions): {
	threads: Thread[];
	submitters: Submitter[];
	roles: GuestRoles;
} {
	const threads: Thread[] = [];
	const submitters: Submitter[] = [];
	// The guest's scheduler spreads what is always runnable; a paced client takes what is left.
	let busy = 0;
	let paced = clients.reduce((sum, spec) => sum + (spec.kind === 'paced' ? 0 : spec.threads), 0);
	for (const [client, spec] of clients.entries()) {
		for (let i = 0; i < spec.threads; i++) {
			const id = threads.length;
			const pinned = spec.vcpu === 'any' ? -1 : spec.vcpu;
			const rank = spec.kind === 'paced' ? paced++ : busy++;
			threads.push(new Thread(id, pinned < 0 ? rank % vcpus : pinned, pinned));
			submitters.push(
				new Submitter({
					client,
					spec,
					profile,
					thread: i,
					seed,
					pauseTimer: loop.addTimer(timers.pause, id),
					arrivalTimer: loop.addTimer(timers.arrival, id),
				}),
			);
		}
	}

	const roles = new GuestRoles(submitters.length, vcpus);
	const add = (id: number, cpu: number, first: number): void => {
		threads[id] = new Thread(id, cpu, cpu);
		threads[id].step = first;
	};

	for (const vcpu of roles.allVcpus) {
		add(roles.kworker(vcpu), vcpu, noStep);
		add(roles.softirq(vcpu), vcpu, step.rcuDoBatch);
	}

	add(roles.graceKthread, driver.irqVcpu[0], step.graceWake);
	return {threads, submitters, roles};
}

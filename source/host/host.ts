import {type Cpu} from '../cpu/cpu.js';
import {nobody, type ThreadId, type VcpuId} from '../cpu/ids.js';
import {Thread, threadState} from '../cpu/thread.js';
import {type QueueId} from '../devices/profile.js';
import {tracepoint} from '../tracepoints/tracepoints.js';
import {Background} from './machine/background.js';
import {pinnedCpu} from './machine/affinity.js';
import {type Backend} from './backends/backend.js';
import {type Backends, createBackends} from './backends/backends.js';
import {HostCore} from './host-core.js';
import {type HostOptions} from './host-options.js';
import {type HostSettings} from './host-settings.js';
import {PoissonTimer} from './machine/poisson-timer.js';
import {HostRoles, loadThreads} from './roles.js';
import {step} from './step.js';
import {VcpuThreads} from './vcpu/vcpu-threads.js';
import {ServerMigration} from './machine/server-migration.js';
import {type PoolDevice} from './own-device.js';
import {VirtioGpu} from './backends/virtio-gpu.js';

/** ns after which a load thread looks whether it is still wanted. */
const loadSegment = 1_000_000;

/**
A VMM on a Linux host: vCPU threads, the backend with the device, somebody else who takes the
BQL now and then, and other busy threads, on the host's CPUs.
*/
export class Host {
	readonly core: HostCore;
	readonly migration: ServerMigration;
	readonly background: Background;
	readonly vcpus: VcpuThreads;
	readonly gpu: VirtioGpu;
	readonly backends: Backends;
	/** Undefined: the device is a GPU. */
	readonly ownDevice: PoolDevice | undefined;
	/** Doorbells that a fault will swallow. */
	lostKicks = 0;
	private readonly byName: Readonly<Record<string, Backend>>;
	private readonly settings: HostSettings;
	private readonly bqlUser: PoissonTimer;
	private serverOnCpu = false;

	constructor(options: HostOptions) {
		const {vcpus, cpus, settings} = options;
		this.settings = settings;
		const roles = new HostRoles(vcpus, options.ownDevice.poolThreads);
		const threads = Array.from({length: roles.threads}, (_, index) => {
			const id = index as ThreadId;
			const pinned = pinnedCpu(id, roles, options);
			return new Thread(id, pinned < 0 ? id % cpus : pinned, pinned);
		});
		this.core = new HostCore({
			...options,
			program: this,
			threads,
			roles,
		});
		this.gpu = new VirtioGpu({
			core: this.core,
			settings,
			guest: options.guest,
			pool: options.pool,
			profile: options.profile,
			contexts: options.contexts,
			timers: options.timers,
			interrupt: (vcpu, queue, waker) => {
				this.vcpus.interrupt(vcpu, queue, waker);
			},
		});
		this.ownDevice = options.ownDevice.createDevice({
			device: this.gpu,
			timerKind: options.timers.disk,
			schedule: waker => {
				this.backends.qemu.scheduleBottomHalf(waker);
			},
		});
		this.backends = createBackends(this.gpu, {
			timers: options.timers,
			loopDevice: this.ownDevice,
			raiseTick: (vcpu, waker) => {
				this.vcpus.tickRaised(vcpu, waker);
			},
		});
		this.byName = this.backends;
		this.vcpus = new VcpuThreads(this.core, settings, options.guest, this, options.timers);
		this.migration = new ServerMigration(this.core, settings, options.seed, options.timers.move);
		this.background = new Background(this.core, settings, {
			seed: options.seed,
			timerKind: options.timers.background,
		});
		this.bqlUser = new PoissonTimer(options.loop, options.timers.bqlUser, options.seed, 'host.bql.rate');
	}

	/** Who implements the device now. */
	get backend(): Backend {
		return this.byName[this.settings.backend];
	}

	start(): void {
		this.vcpus.start();
		this.backend.start();
		const {
			cpus: {cpus, threads},
			roles,
		} = this.core;
		threads[roles.bqlUser].step = step.otherLock;
		for (let i = 0; i < loadThreads; i++) {
			const thread = threads[roles.load(i)];
			thread.step = step.load;
			// Spread behind the VMM's own threads.
			thread.cpu = cpus[(thread.id - 1) % cpus.length].id;
		}

		this.background.start();
		this.ownDevice?.start();
		this.settingsChanged();
	}

	/** The device has been reset, perhaps into another backend. */
	deviceReset(): void {
		this.backend.start();
		this.settingsChanged();
	}

	/** A doorbell of the guest is delivered; `vcpu` is who rang. */
	doorbell(queue: QueueId, vcpu: VcpuId): void {
		const lost = this.lostKicks > 0;
		this.core.probe.emit(tracepoint.doorbellDelivered, vcpu, queue, lost ? 1 : 0);
		if (lost) {
			this.lostKicks--;
		} else {
			this.backend.schedule(queue, this.core.roles.vcpuThread(vcpu));
		}
	}

	/** TCG: the local APIC timer of a vCPU has expired. */
	timerDue(vcpu: VcpuId): void {
		this.backends.qemu.timerDue(vcpu);
	}

	/** TCG: a vCPU has set its local APIC timer. */
	timerMoved(vcpu: VcpuId): void {
		this.backends.qemu.notify(this.core.roles.vcpuThread(vcpu));
	}

	/**
	What follows from the settings by more than reading them: other
	load, rates, PAUSEs under the BQL.
	*/
	settingsChanged(): void {
		this.core.pauses.settingsChanged();
		this.background.settingsChanged();
		this.migration.settingsChanged();
		for (let i = 0; i < this.settings.load; i++) {
			this.core.wake(this.core.cpus.threads[this.core.roles.load(i)], loadSegment, nobody);
		}

		this.bqlUser.rateChanged(this.settings.hasBql ? this.settings.bqlRate : 0);
	}

	/** Somebody else wants the BQL. */
	bqlUserDue(): void {
		const thread = this.core.cpus.threads[this.core.roles.bqlUser];
		// One that still waits for the BQL misses its turn.
		if (thread.step === step.otherLock) {
			this.core.wake(thread, this.core.costs.haltWake.draw(), nobody);
		}

		this.bqlUser.arm(this.settings.bqlRate);
	}

	step(thread: Thread): void {
		if (thread.step === step.bqlRetry) {
			this.core.retryBql(thread);
		} else if (this.core.roles.isVcpu(thread.id)) {
			this.vcpus.step(thread);
		} else if (thread.id === this.core.roles.server) {
			this.backend.step(thread);
		} else {
			this.otherStep(thread);
		}
	}

	switched(cpu: Cpu, previous: number): void {
		const {roles} = this.core;
		const {current} = cpu;
		this.serverSwitched();
		if (roles.isVcpu(previous)) {
			this.vcpus.switched(roles.vcpuOf(previous));
		}

		if (roles.isVcpu(current)) {
			this.vcpus.cameBack(roles.vcpuOf(current));
			this.vcpus.switched(roles.vcpuOf(current));
		}
	}

	bqlTaken(owner: ThreadId): void {
		this.vcpus.bqlTaken(owner);
	}

	spinner(except: ThreadId): number {
		return this.vcpus.spinner(except);
	}

	interruptEnded(): void {
		throw new Error('host CPUs take no interrupts in this model');
	}

	resumed(): void {
		// Host threads spin on nothing.
	}

	wantsCpu(): void {
		throw new Error('host CPUs are never frozen');
	}

	stateChanged(thread: Thread): void {
		const {cpus, roles} = this.core;
		if (roles.isVcpu(thread.id)) {
			this.vcpus.touch(roles.vcpuOf(thread.id));
		}

		const {current} = cpus.cpus[thread.cpu];
		if (thread.state === threadState.queued && roles.isVcpu(current)) {
			this.vcpus.stopPolling(roles.vcpuOf(current));
		}
	}

	private otherStep(thread: Thread): void {
		const {core} = this;
		switch (thread.step) {
			case step.otherLock: {
				core.lockBql(thread, step.otherHeld);
				break;
			}

			case step.otherHeld: {
				core.work(thread, core.costs.bqlHold.draw(), step.otherDone);
				break;
			}

			case step.otherDone: {
				core.unlockBql(thread);
				core.sleep(thread, step.otherLock);
				break;
			}

			case step.workerCb:
			case step.fsyncSubmitted:
			case step.fsyncWritten:
			case step.fsyncDone: {
				this.ownDevice?.poolStep(thread);
				break;
			}

			case step.backgroundDone: {
				this.background.step(thread);
				break;
			}

			default: {
				if (core.roles.loadIndex(thread.id) < this.settings.load) {
					core.work(thread, loadSegment, step.load);
				} else {
					core.sleep(thread, step.load);
				}
			}
		}
	}

	private serverSwitched(): void {
		const on = this.core.server.state === threadState.running;
		if (on !== this.serverOnCpu) {
			this.serverOnCpu = on;
			this.core.probe.emit(tracepoint.mainLoopOnCpu, 0, 0, on ? 1 : 0);
		}
	}
}

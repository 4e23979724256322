import {type Cpu} from '../cpu/cpu.js';
import {type CpuTimers} from '../cpu/cpu-set.js';
import {type SchedulerSettings} from '../cpu/scheduler-settings.js';
import {Thread} from '../cpu/thread.js';
import {type EventLoop} from '../engine/event-loop.js';
import {logarithm} from '../engine/logarithm.js';
import {type Probe} from '../engine/probe.js';
import {RandomStream} from '../engine/random.js';
import {type CommandPool} from '../protocol/command-pool.js';
import {tracepoint} from '../tracepoints/tracepoints.js';
import {GpuDevice} from './gpu-device.js';
import {type GuestPort} from './guest-port.js';
import {HostCore} from './host-core.js';
import {type HostCosts} from './host-costs.js';
import {type HostSettings} from './host-settings.js';
import {MainLoop} from './main-loop.js';
import {step} from './step.js';
import {VcpuThreads} from './vcpu-threads.js';

/** Most threads of `host.load`. */
const loadThreads = 64;

/** ns after which a load thread looks whether it is still wanted. */
const loadSegment = 1_000_000;

type HostOptions = {
	readonly loop: EventLoop;
	readonly probe: Probe;
	readonly pool: CommandPool;
	readonly costs: HostCosts;
	readonly settings: HostSettings;
	readonly guest: GuestPort;
	readonly cpus: number;
	readonly vcpus: number;
	readonly seed: number;
	readonly scheduler: SchedulerSettings;
	readonly timers: CpuTimers & {
		readonly irq: number;
		readonly fencePoll: number;
		readonly gpu: number;
		readonly bystander: number;
	};
};

/**
QEMU on a Linux host: vCPU threads, main loop with the device, somebody else who takes the
BQL now and then, and other busy threads, on the host's CPUs.
*/
export class Host {
	readonly core: HostCore;
	readonly vcpus: VcpuThreads;
	readonly mainLoop: MainLoop;
	readonly device: GpuDevice;
	private readonly settings: HostSettings;
	private readonly bystanderTimer: number;
	private readonly bystanderRanks: RandomStream;
	private readonly guest: GuestPort;

	constructor(options: HostOptions) {
		const {vcpus, cpus, settings} = options;
		this.settings = settings;
		this.guest = options.guest;
		const threads = Array.from({length: vcpus + 2 + loadThreads}, (_, id) => new Thread(id, id % cpus, -1));
		this.core = new HostCore({...options, program: this, threads});
		this.device = new GpuDevice({
			core: this.core,
			settings,
			guest: options.guest,
			pool: options.pool,
			timers: options.timers,
			sendMsi: queue => {
				this.sendMsi(queue);
			},
		});
		this.mainLoop = new MainLoop(this.core, this.device);
		this.vcpus = new VcpuThreads(this.core, settings, options.guest, this.mainLoop, options.timers.irq);
		this.bystanderTimer = options.loop.addTimer(options.timers.bystander, 0);
		this.bystanderRanks = new RandomStream(options.seed, 'place/host.bql.rate');
	}

	start(): void {
		this.vcpus.start();
		this.mainLoop.start();
		this.core.cpus.threads[this.core.vcpus + 1].step = step.otherLock;
		for (let id = this.core.vcpus + 2; id < this.core.cpus.threads.length; id++) {
			const thread = this.core.cpus.threads[id];
			thread.step = step.load;
			// Spread behind the VMM's own threads.
			thread.cpu = (id - 1) % this.core.cpus.cpus.length;
		}

		this.settingsChanged();
	}

	/** `host.load` or `host.bql.rate` may have changed. */
	settingsChanged(): void {
		for (let i = 0; i < this.settings.load; i++) {
			this.core.wake(this.core.cpus.threads[this.core.vcpus + 2 + i], loadSegment, -1);
		}

		if (this.settings.bqlRate === 0) {
			this.core.loop.cancel(this.bystanderTimer);
		} else if (!this.core.loop.queue.isArmed(this.bystanderTimer)) {
			this.armBystander();
		}
	}

	/** Somebody else wants the BQL. */
	bystanderDue(): void {
		const thread = this.core.cpus.threads[this.core.vcpus + 1];
		// One that still waits for the BQL misses its turn.
		if (thread.step === step.otherLock) {
			this.core.wake(thread, this.core.costs.haltWake.draw(), -1);
		}

		this.armBystander();
	}

	/** The fence poll timer has expired, or the GPU calls back. */
	fencesReady(): void {
		this.device.fencesDue = true;
		this.mainLoop.wake(-1);
	}

	step(thread: Thread): void {
		if (thread.step === step.bqlRetry) {
			this.core.retryBql(thread);
		} else if (thread.id < this.core.vcpus) {
			this.vcpus.step(thread);
		} else if (thread.id === this.core.vcpus) {
			this.mainLoop.step(thread);
		} else {
			this.otherStep(thread);
		}
	}

	switched(cpu: Cpu, previous: number): void {
		this.mainLoop.switched();
		if (previous >= 0 && previous < this.core.vcpus) {
			this.vcpus.switched(previous);
		}

		if (cpu.current >= 0 && cpu.current < this.core.vcpus) {
			this.vcpus.cameBack(cpu.current);
			this.vcpus.switched(cpu.current);
		}
	}

	bqlTaken(owner: number): void {
		this.vcpus.bqlTaken(owner);
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

			default: {
				if (thread.id - core.vcpus - 2 < this.settings.load) {
					core.work(thread, loadSegment, step.load);
				} else {
					core.sleep(thread, step.load);
				}
			}
		}
	}

	/** virtio_notify ends in KVM_SIGNAL_MSI from the main thread (not an irqfd: virtio-gpu sets no guest notifiers). */
	private sendMsi(queue: number): void {
		const lost = this.device.lostIrqs > 0;
		this.core.probe.emit(tracepoint.msiSent, 0, queue, lost ? 1 : 0);
		if (lost) {
			this.device.lostIrqs--;
		} else {
			this.vcpus.interrupt(this.guest.irqVcpu(queue), queue, this.core.vcpus);
		}
	}

	private armBystander(): void {
		const mean = 1e9 / this.settings.bqlRate;
		this.core.loop.after(this.bystanderTimer, Math.floor(-mean * logarithm(this.bystanderRanks.uniform()) + 0.5));
	}
}

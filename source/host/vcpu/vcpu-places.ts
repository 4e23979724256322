import {nobody, type VcpuId} from '../../cpu/ids.js';
import {CpuList} from '../../cpu/cpu-list.js';
import {type Thread, threadState} from '../../cpu/thread.js';
import {tracepoint, vcpuState} from '../../tracepoints/tracepoints.js';
import {type GuestPort} from '../guest-port.js';
import {type HostCore} from '../host-core.js';
import {type HostSettings} from '../host-settings.js';
import {step} from '../step.js';
import {PauseLoop} from './pause-loop.js';
import {mode, vcpuStateOf} from './vcpu-mode.js';

/** Where each vCPU is: in the guest or out of it, and how it gets from the one to the other. */
export class VcpuPlaces {
	protected readonly core: HostCore;
	protected readonly settings: HostSettings;
	protected readonly guest: GuestPort;
	protected readonly modes: Int32Array;
	protected readonly pauseLoop: PauseLoop;
	/** By vCPU: the state published last. */
	private readonly states: Int32Array;
	/** vCPUs whose threads the scheduler has touched in this event. */
	private readonly touched: CpuList;
	/** By vCPU: until when a fault keeps it off the host's CPUs, ns. */
	private readonly awayUntil: Float64Array;

	constructor(core: HostCore, settings: HostSettings, guest: GuestPort, pauseTimerKind: number) {
		this.core = core;
		this.settings = settings;
		this.guest = guest;
		this.modes = new Int32Array(core.roles.vcpus.length).fill(mode.halted);
		this.states = new Int32Array(core.roles.vcpus.length).fill(-1);
		this.touched = new CpuList(core.roles.vcpus.length);
		this.awayUntil = new Float64Array(core.roles.vcpus.length);
		this.pauseLoop = new PauseLoop(core, settings, pauseTimerKind);
	}

	/**
	The scheduler has woken, put to sleep, chosen or preempted the vCPU's thread. What comes of it
	is published once the event has been dealt with.
	*/
	touch(vcpu: VcpuId): void {
		this.touched.add(vcpu);
	}

	publishTouched(): void {
		while (this.touched.count > 0) {
			this.publish(this.core.roles.vcpus[this.touched.take()]);
		}
	}

	/** What the vCPU was last said to do (`vcpuState`). */
	stateOf(vcpu: VcpuId): number {
		return this.states[vcpu];
	}

	/**
	A fault: the vCPU executes no guest code for `duration` ns from now; what it does in
	KVM or QEMU it finishes first.
	*/
	preempt(vcpu: VcpuId, duration: number): void {
		const until = this.core.loop.now + duration;
		this.awayUntil[vcpu] = until > this.awayUntil[vcpu] ? until : this.awayUntil[vcpu];
		if (this.isExecuting(vcpu)) {
			this.stepAside(vcpu);
		}
	}

	/** That time is over, unless another fault has lengthened it. */
	preemptionOver(vcpu: VcpuId): void {
		const thread = this.core.cpus.threads[vcpu];
		if (!this.isAway(vcpu) && thread.step === step.preemptionEnd) {
			this.core.wake(thread, 0, nobody);
		}
	}

	/** The vCPU's thread got or lost its host CPU. */
	switched(vcpu: VcpuId): void {
		if (this.modes[vcpu] === mode.guest) {
			if (!this.isExecuting(vcpu)) {
				this.guest.freeze(vcpu);
			} else if (this.isAway(vcpu)) {
				this.stepAside(vcpu);
			} else {
				this.resume(vcpu);
			}
		}
	}

	protected isExecuting(vcpu: VcpuId): boolean {
		return this.modes[vcpu] === mode.guest && this.core.cpus.threads[vcpu].state === threadState.running;
	}

	protected preemptionStep(thread: Thread): void {
		if (thread.step === step.preempted && this.isAway(this.core.roles.vcpuOf(thread.id))) {
			this.core.sleep(thread, step.preemptionEnd);
		} else {
			this.backToGuest(thread);
		}
	}

	protected backToGuest(thread: Thread): void {
		const vcpu = this.core.roles.vcpuOf(thread.id);
		if (this.isAway(vcpu)) {
			this.stepAside(vcpu);
			return;
		}

		this.modes[vcpu] = mode.guest;
		this.core.work(thread, Infinity, step.guest);
		this.resume(vcpu);
		this.publish(vcpu);
	}

	protected leaveGuest(vcpu: VcpuId, into: number): void {
		this.guest.freeze(vcpu);
		this.modes[vcpu] = into;
		this.publish(vcpu);
	}

	protected publish(vcpu: VcpuId): void {
		const where = this.modes[vcpu];
		const state = vcpuStateOf(
			this.core.cpus.threads[vcpu],
			where,
			where === mode.guest && this.guest.isSpinning(vcpu),
		);
		if (state !== this.states[vcpu]) {
			this.states[vcpu] = state;
			this.pauseLoop.watch(vcpu, state === vcpuState.spin);
			this.core.cpus.setQuiet(this.core.cpus.threads[vcpu], state === vcpuState.spin || state === vcpuState.poll);
			this.core.probe.emit(tracepoint.vcpuState, vcpu, state, 0);
		}
	}

	private isAway(vcpu: VcpuId): boolean {
		return this.core.loop.now < this.awayUntil[vcpu];
	}

	/** Off the host's CPUs, until the fault is over. */
	private stepAside(vcpu: VcpuId): void {
		this.leaveGuest(vcpu, mode.preempted);
		this.core.work(this.core.cpus.threads[vcpu], 0, step.preempted);
	}

	/** Guest mode on a host CPU: interrupts first, then what the guest was doing. */
	private resume(vcpu: VcpuId): void {
		this.guest.thaw(vcpu);
		this.guest.takeInterrupt(vcpu);
	}
}

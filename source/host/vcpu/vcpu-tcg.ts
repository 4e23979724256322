import {type ThreadId, type VcpuId} from '../../cpu/ids.js';
import {type QueueId} from '../../devices/profile.js';
import {type Thread} from '../../cpu/thread.js';
import {type GuestPort} from '../guest-port.js';
import {type HostCore} from '../host-core.js';
import {type HostSettings} from '../host-settings.js';
import {step} from '../step.js';
import {mode} from './vcpu-mode.js';
import {VcpuPlaces} from './vcpu-places.js';

/**
Who is told of a doorbell when it is delivered; under TCG it also
keeps the vCPUs' local APIC timers.
*/
export type DeviceSide = {
	doorbell(queue: QueueId, vcpu: VcpuId): void;
	timerDue(vcpu: VcpuId): void;
	timerMoved(vcpu: VcpuId): void;
};

/** What is beside the vCPUs, and the kind of timer that watches a spinning one. */
export type VcpuDevice = {readonly device: DeviceSide; readonly pauseTimerKind: number};

/**
What a vCPU thread of QEMU's emulation does: nearly everything on it takes the BQL
(accel/tcg/cpu-exec.c, hw/intc/apic.c).
*/
export class VcpuTcg extends VcpuPlaces {
	protected readonly device: DeviceSide;
	/**
	By vCPU: the time that it writes to its local APIC timer, ns from the
	write; and whether it is about to.
	*/
	private readonly timeToGo: Float64Array;
	private readonly programming: Uint8Array;
	/** By vCPU: how often it has still to take the BQL before it goes on. */
	private readonly rounds: Int32Array;

	constructor(core: HostCore, settings: HostSettings, guest: GuestPort, {device, pauseTimerKind}: VcpuDevice) {
		super(core, settings, guest, pauseTimerKind);
		this.device = device;
		this.timeToGo = new Float64Array(core.roles.vcpus.length);
		this.programming = new Uint8Array(core.roles.vcpus.length);
		this.rounds = new Int32Array(core.roles.vcpus.length);
	}

	/** Under TCG a spinning vCPU runs into the BQL that somebody has just taken. */
	bqlTaken(owner: ThreadId): void {
		if (!this.settings.tcg) {
			return;
		}

		for (const vcpu of this.core.roles.vcpus) {
			if (this.core.roles.vcpuThread(vcpu) !== owner && this.isExecuting(vcpu) && this.guest.isSpinning(vcpu)) {
				this.blockPause(vcpu);
			}
		}
	}

	/**
	Under TCG a vCPU that spins right now and takes the BQL with each PAUSE; -1: none but `except`.
	*/
	spinner(except: ThreadId): number {
		if (this.settings.tcg) {
			for (const vcpu of this.core.roles.vcpus) {
				if (
					this.core.roles.vcpuThread(vcpu) !== except &&
					this.isExecuting(vcpu) &&
					this.guest.isSpinning(vcpu)
				) {
					return vcpu;
				}
			}
		}

		return -1;
	}

	/** BQL clients that only TCG has. */
	protected tcgStep(thread: Thread): void {
		const {core} = this;
		const vcpu = core.roles.vcpuOf(thread.id);
		switch (thread.step) {
			case step.apicLock: {
				core.lockBql(thread, step.apicHeld);
				this.publish(vcpu);
				break;
			}

			case step.apicHeld: {
				core.work(thread, core.costs.apicBql.draw(), step.apicDone);
				break;
			}

			case step.pauseLock: {
				core.lockBql(thread, step.pauseHeld);
				this.publish(vcpu);
				break;
			}

			case step.pauseHeld: {
				// At least 1 ns, so that two spinning vCPUs that hand the BQL
				// to and fro do not stop time.
				const held = core.costs.pauseBql.draw();
				core.work(thread, held > 0 ? held : 1, step.pauseDone);
				break;
			}

			case step.apicDone: {
				if (this.programming[vcpu] === 1) {
					this.programming[vcpu] = 0;
					this.moveTimer(vcpu);
					core.work(thread, core.costs.unwind.draw(), step.apicDone);
					break;
				}

				core.unlockBql(thread);
				this.rounds[vcpu]--;
				if (this.rounds[vcpu] > 0) {
					core.work(thread, core.costs.apicGap.draw(), step.apicLock);
				} else if (this.modes[vcpu] === mode.halting) {
					core.work(thread, 0, step.halt);
				} else {
					this.backToGuest(thread);
				}

				break;
			}

			case step.pauseDone: {
				core.unlockBql(thread);
				this.backToGuest(thread);
				break;
			}

			default: {
				throw new Error(`vCPU thread ${thread.id} has no step ${thread.step}`);
			}
		}
	}

	/**
	TCG: takes the BQL so many times, one after another; then it halts if that is where it
	goes, else it enters the guest.
	*/
	protected takeBql(thread: Thread, times: number): void {
		this.rounds[thread.id] = times;
		this.core.work(thread, 0, times === 0 ? step.halt : step.apicLock);
	}

	/**
	The guest writes its local APIC timer for `time`: the BQL, and with it the main
	loop is told of the new timeout.
	*/
	protected programApic(vcpu: VcpuId, time: number): void {
		this.leaveGuest(vcpu, mode.exit);
		this.timeToGo[vcpu] = time - this.core.loop.now;
		this.programming[vcpu] = 1;
		this.takeBql(this.core.cpus.threads[vcpu], 1);
	}

	/** PAUSE leaves translated code and wants the BQL, which is taken. */
	protected blockPause(vcpu: VcpuId): void {
		this.leaveGuest(vcpu, mode.exit);
		this.core.work(this.core.cpus.threads[vcpu], 0, step.pauseLock);
	}

	/**
	The guest wrote a time to go, which counts from here: a vCPU that waited for the BQL gets its
	tick so much later. timer_mod tells the main loop (qemu_notify_event, with the BQL held: a main
	loop that preempts the vCPU blocks on it) only of a timer that is now the first of its list; of
	vCPUs that tick together the later one need not. (hw/intc/apic.c apic_timer_update,
	util/qemu-timer.c timer_mod_ns_locked)
	*/
	private moveTimer(vcpu: VcpuId): void {
		const time = this.core.loop.now + this.timeToGo[vcpu];
		let first = true;
		for (const other of this.core.roles.vcpus) {
			if (other !== vcpu && this.guest.tickAt(other) <= time) {
				first = false;
			}
		}

		this.guest.tickSet(vcpu, time);
		if (first) {
			this.device.timerMoved(vcpu);
		}
	}
}

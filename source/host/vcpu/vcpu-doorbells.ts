import {type VcpuId} from '../../cpu/ids.js';
import {type Thread, threadState} from '../../cpu/thread.js';
import {type QueueId} from '../../devices/profile.js';
import {exitKind, tracepoint} from '../../tracepoints/tracepoints.js';
import {type GuestPort} from '../guest-port.js';
import {type HostCore} from '../host-core.js';
import {type HostSettings} from '../host-settings.js';
import {step} from '../step.js';
import {mode} from './vcpu-mode.js';
import {type VcpuDevice, VcpuTcg} from './vcpu-tcg.js';

/**
Doorbells: under KVM an exit to QEMU, or with an ioeventfd to the kernel; none with a mapped
doorbell page; under TCG a call that takes the BQL.
*/
export class VcpuDoorbells extends VcpuTcg {
	/** By vCPU: the queue whose doorbell it has written. */
	private readonly doorbells: Int32Array;
	/** By vCPU: that doorbell is on its way. */
	private readonly ringing: Uint8Array;
	/** By vCPU: ns for which the thread that its doorbell woke takes its host CPU. */
	private readonly preempted: Float64Array;

	constructor(core: HostCore, settings: HostSettings, guest: GuestPort, device: VcpuDevice) {
		super(core, settings, guest, device);
		const count = core.roles.vcpus.length;
		this.doorbells = new Int32Array(count);
		this.ringing = new Uint8Array(count);
		this.preempted = new Float64Array(count);
	}

	/** Some vCPU has written a doorbell that has not been delivered. */
	get isWriting(): boolean {
		for (const vcpu of this.core.roles.vcpus) {
			if (this.ringing[vcpu] === 1) {
				return true;
			}
		}

		return false;
	}

	/** The guest writes the doorbell of a queue. */
	doorbell(vcpu: VcpuId, queue: QueueId): void {
		this.leaveGuest(vcpu, this.settings.mapped ? mode.posting : mode.exit);
		this.doorbells[vcpu] = queue;
		this.ringing[vcpu] = 1;
		const thread = this.core.cpus.threads[vcpu];
		if (this.settings.tcg) {
			this.core.work(thread, 0, step.mmioLock);
		} else if (this.settings.mapped) {
			this.core.work(thread, this.core.costs.postedWrite.draw(), step.posted);
		} else if (this.settings.ioeventfd || this.settings.ownEventfd) {
			this.core.probe.emit(tracepoint.exit, vcpu, exitKind.kernel, 0);
			this.core.work(thread, this.core.costs.exitKernel.draw(), step.eventfdSignal);
		} else {
			this.core.probe.emit(tracepoint.exit, vcpu, exitKind.user, 0);
			this.core.work(thread, this.core.costs.exitUser.draw(), step.mmioLock);
		}
	}

	/** Steps of a doorbell's way; any other is QEMU's emulation's. */
	protected doorbellStep(thread: Thread): void {
		const {core, settings} = this;
		const vcpu = core.roles.vcpuOf(thread.id);
		switch (thread.step) {
			case step.mmioLock: {
				core.lockBql(thread, step.mmioNotify);
				this.publish(vcpu);
				break;
			}

			case step.mmioNotify: {
				core.work(thread, core.costs.notify.draw(), step.mmioDone);
				break;
			}

			case step.mmioDone: {
				// The main loop is woken with the BQL held: one that preempts
				// the vCPU blocks on it at once.
				this.deliver(vcpu);
				core.work(thread, core.costs.unwind.draw(), step.mmioUnlock);
				break;
			}

			case step.mmioUnlock: {
				core.unlockBql(thread);
				core.work(thread, (settings.tcg ? 0 : core.costs.entry.draw()) + this.preempted[vcpu], step.enter);
				break;
			}

			case step.eventfdSignal: {
				this.deliver(vcpu);
				core.work(thread, core.costs.entry.draw() + this.preempted[vcpu], step.enter);
				break;
			}

			case step.posted: {
				this.ringing[vcpu] = 0;
				this.device.doorbell(this.doorbells[vcpu] as QueueId, vcpu);
				this.backToGuest(thread);
				break;
			}

			default: {
				this.tcgStep(thread);
			}
		}
	}

	/** The doorbell reaches the device. */
	private deliver(vcpu: VcpuId): void {
		const {server} = this.core;
		const slept = server.state === threadState.sleeping;
		this.ringing[vcpu] = 0;
		this.device.doorbell(this.doorbells[vcpu] as QueueId, vcpu);
		this.preempted[vcpu] = slept && server.state !== threadState.sleeping ? this.preemption() : 0;
	}

	/**
	ns that the thread which a doorbell woke takes of the vCPU's host CPU, where no scheduler shows
	it. It takes that CPU or waits for one, so the longer it was in coming, the less it has taken.
	*/
	private preemption(): number {
		return this.core.costs.kickPreempt.at(1 - this.core.serverWakeRank);
	}
}

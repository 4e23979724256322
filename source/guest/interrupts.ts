import {type Cpu} from '../cpu/cpu.js';
import {type VcpuId} from '../cpu/ids.js';
import {type QueueId} from '../devices/profile.js';
import {tracepoint} from '../tracepoints/tracepoints.js';
import {type Driver} from './driver.js';
import {type GuestCore} from './guest-core.js';
import {type GracePeriods} from './rcu/grace-periods.js';

/**
What a handler is about that is not about a queue (those go by their ids): the tick, the programming
of the next one, a softirq, nothing used.
*/
const handled = {
	none: -1,
	tick: -2,
	program: -3,
	softirq: -4,
	nothing: -5,
} as const;

/** The interrupts of the guest's vCPUs: those that wait, and their handlers. */
export class Interrupts {
	private readonly core: GuestCore;
	private readonly driver: Driver;
	private readonly gracePeriods: GracePeriods;
	/** By vCPU: queues whose interrupts wait, a bit each; whether its tick does. */
	private readonly pendingQueues: Int32Array;
	private readonly pendingTick: Uint8Array;
	/** By vCPU: what the handler at work is about: a queue, or of `handled`. */
	private readonly handles: Int32Array;
	/** By vCPU: register accesses that its interrupt handler has still to do. */
	private readonly accessesLeft: Int32Array;

	constructor(core: GuestCore, driver: Driver, gracePeriods: GracePeriods) {
		const vcpus = core.cpus.cpus.length;
		this.core = core;
		this.driver = driver;
		this.gracePeriods = gracePeriods;
		this.pendingQueues = new Int32Array(vcpus);
		this.pendingTick = new Uint8Array(vcpus);
		this.handles = new Int32Array(vcpus).fill(handled.none);
		this.accessesLeft = new Int32Array(vcpus);
	}

	/**
	Notes an interrupt for this vCPU; false when one of that queue waits there already (they merge).
	*/
	raise(vcpu: VcpuId, queue: QueueId): boolean {
		const bit = 1 << queue;
		if ((this.pendingQueues[vcpu] & bit) !== 0) {
			return false;
		}

		this.pendingQueues[vcpu] |= bit;
		return true;
	}

	/** Notes a tick; false when one waits. */
	raiseTick(vcpu: VcpuId): boolean {
		if (this.pendingTick[vcpu] === 1) {
			return false;
		}

		this.pendingTick[vcpu] = 1;
		return true;
	}

	isPending(vcpu: VcpuId): boolean {
		return this.pendingQueues[vcpu] !== 0 || this.pendingTick[vcpu] === 1;
	}

	/** Some interrupt of this queue waits on some vCPU, or its handler runs. */
	isBusy(queue: QueueId): boolean {
		for (let vcpu = 0; vcpu < this.handles.length; vcpu++) {
			if ((this.pendingQueues[vcpu] & (1 << queue)) !== 0 || this.handles[vcpu] === queue) {
				return true;
			}
		}

		return false;
	}

	/**
	The vCPU executes and takes its next interrupt, if it is not in a handler: those
	of queues first, in their order.
	*/
	take(vcpu: VcpuId): void {
		const {core} = this;
		const cpu = core.cpus.cpus[vcpu];
		if (!this.isPending(vcpu) || cpu.frozen || cpu.interruptRemaining >= 0 || core.irqsOff[vcpu] > 0) {
			return;
		}

		const pending = this.pendingQueues[vcpu];
		if (pending === 0) {
			this.pendingTick[vcpu] = 0;
			this.enter(cpu, handled.tick, core.costs.irqEntry.draw() + core.costs.tick.draw());
			return;
		}

		const {queues} = core;
		let at = 0;
		while ((pending & (1 << at)) === 0) {
			at++;
		}

		const {id, ring} = queues[at];
		this.pendingQueues[vcpu] &= ~(1 << id);
		const found = ring.interrupt();
		core.probe.emit(tracepoint.irqEntered, vcpu, id, found ? 1 : 0);
		this.accessesLeft[vcpu] = core.platform.interruptAccesses;
		// vring_interrupt calls back only when there is something used.
		this.enter(cpu, found ? id : handled.nothing, core.costs.irqEntry.draw());
	}

	/** The handler's time on this CPU is over. */
	ended(cpu: Cpu): void {
		if (this.accessesLeft[cpu.id] > 0) {
			// vm_interrupt goes on once the vCPU is back from the VMM.
			this.accessesLeft[cpu.id]--;
			this.core.cpus.interrupt(cpu, 0);
			this.core.platform.accessRegister(cpu.id);
			return;
		}

		const was = this.handles[cpu.id];
		this.handles[cpu.id] = handled.none;
		switch (was) {
			case handled.tick: {
				this.core.cpus.ticks.tick(cpu);
				// The handler goes on where it programs the next tick once
				// the vCPU is back from there.
				this.enter(cpu, handled.program, 0);
				this.core.platform.programTick(cpu.id, this.core.cpus.ticks.next());
				return;
			}

			case handled.program: {
				if (this.reportToRcu(cpu)) {
					return;
				}

				break;
			}

			case handled.softirq: {
				this.gracePeriods.release(cpu);
				break;
			}

			case handled.nothing: {
				break;
			}

			default: {
				if (this.driver.callback(this.core.queues[was], cpu)) {
					this.handles[cpu.id] = was;
					return;
				}

				this.core.probe.emit(tracepoint.irqReturned, cpu.id, was, 0);
			}
		}

		this.take(cpu.id);
		this.core.platform.activityChanged(cpu.id);
	}

	/** The softirq behind a tick that reports to RCU. False when there is nothing to report. */
	private reportToRcu(cpu: Cpu): boolean {
		if (!this.gracePeriods.wantsReport(cpu)) {
			return false;
		}

		this.enter(cpu, handled.softirq, this.core.costs.irqEntry.draw());
		if (!this.gracePeriods.report(cpu)) {
			this.handles[cpu.id] = handled.nothing;
		}

		return true;
	}

	private enter(cpu: Cpu, what: number, duration: number): void {
		this.handles[cpu.id] = what;
		this.core.cpus.interrupt(cpu, duration);
		this.core.platform.activityChanged(cpu.id);
	}
}

import {type VcpuId} from '../cpu/ids.js';
import {type EventLoop} from '../engine/event-loop.js';
import {RandomStream} from '../engine/random.js';
import {type Host} from '../host/host.js';
import {type FaultSpec} from '../parameters/configuration.js';
import {pauseKind, tracepoint} from '../tracepoints/tracepoints.js';
import {eventKind} from './event-kind.js';

/** The faults of a run: each has a time, perhaps a period, and a chance to strike. */
export class Faults {
	private readonly loop: EventLoop;
	private readonly host: Host;
	private readonly specs: readonly FaultSpec[];
	private readonly timers: Int32Array;
	/** By fault: fires when it is over. */
	private readonly ends: Int32Array;
	private readonly draws: RandomStream;

	constructor(loop: EventLoop, host: Host, specs: readonly FaultSpec[], seed: number) {
		this.loop = loop;
		this.host = host;
		// Frozen: not part of the state.
		this.specs = Object.freeze([...specs]);
		this.draws = new RandomStream(seed, 'place/faults');
		this.timers = Int32Array.from(specs, (_, index) => loop.addTimer(eventKind.fault, index));
		this.ends = Int32Array.from(specs, (_, index) => loop.addTimer(eventKind.faultEnd, index));
		for (const [index, spec] of specs.entries()) {
			loop.queue.arm(this.timers[index], spec.at);
		}
	}

	/** A fault that lasts is under way. */
	get isLasting(): boolean {
		return this.ends.some(timer => this.loop.queue.isArmed(timer));
	}

	/** The fault's time has come. */
	strike(index: number): void {
		const spec = this.specs[index];
		if (spec.every !== undefined) {
			this.loop.after(this.timers[index], spec.every);
		}

		if (this.draws.uniform() >= (spec.probability ?? 1)) {
			return;
		}

		switch (spec.kind) {
			case 'lost-kick': {
				this.host.lostKicks++;
				break;
			}

			case 'lost-irq': {
				this.host.gpu.lostIrqs++;
				break;
			}

			case 'host-stall': {
				this.host.backend.stallFor(spec.for ?? 0);
				break;
			}

			case 'renderer-block': {
				// One that still lasts is lengthened.
				if (!this.loop.queue.isArmed(this.ends[index])) {
					this.host.backends.qemu.blockRenderer(true);
					this.host.core.probe.emit(tracepoint.pauseBegan, 0, pauseKind.renderer, 0);
				}

				this.loop.after(this.ends[index], spec.for ?? 0);
				break;
			}

			case 'vcpu-preempt': {
				if (!this.loop.queue.isArmed(this.ends[index])) {
					this.host.core.probe.emit(tracepoint.pauseBegan, spec.vcpu ?? 0, pauseKind.vcpu, 0);
				}

				this.host.vcpus.preempt(this.vcpuOf(spec), spec.for ?? 0);
				this.loop.after(this.ends[index], spec.for ?? 0);
				break;
			}
		}
	}

	/** A fault that lasts is over. */
	end(index: number): void {
		const spec = this.specs[index];
		if (spec.kind === 'renderer-block') {
			this.host.backends.qemu.blockRenderer(false);
			this.host.core.probe.emit(tracepoint.pauseEnded, 0, pauseKind.renderer, 0);
		} else {
			this.host.vcpus.preemptionOver(this.vcpuOf(spec));
			this.host.core.probe.emit(tracepoint.pauseEnded, spec.vcpu ?? 0, pauseKind.vcpu, 0);
		}
	}

	/** The vCPU that a fault is about. */
	private vcpuOf({vcpu}: FaultSpec): VcpuId {
		return this.host.core.roles.vcpus[vcpu ?? 0];
	}
}

import {nobody} from '../cpu/ids.js';
import {type Probe} from '../engine/probe.js';
import {tracepoint} from '../tracepoints/tracepoints.js';
import {ringOf, type Machine} from './machine.js';
import {type ResolvedParameters} from './parameters/table.js';

/**
A change of what driver and device negotiate, done as a device reset: submitters stop
before their next lock, host and worker drain what is in the rings, the rings are made
anew, submitters go on. Simulated time passes meanwhile.
*/
export class DeviceReset {
	/** A reset is under way. */
	active = false;
	private readonly machine: Machine;
	private readonly probe: Probe;

	constructor(machine: Machine, probe: Probe) {
		this.machine = machine;
		this.probe = probe;
	}

	begin(): void {
		if (!this.active) {
			this.active = true;
			this.machine.guest.parking.isClosed = true;
			this.probe.emit(tracepoint.reset, 0, 0, 1);
		}
	}

	/**
	Called after each event while it is active: true once all is drained
	and the new rings are in place.
	*/
	proceed(parameters: ResolvedParameters): boolean {
		const {guest, host} = this.machine;
		for (const queue of guest.core.queues) {
			// Nobody will ring for what was added and not kicked.
			if (!queue.ring.isEmpty() && host.backend.isAsleep) {
				host.backend.schedule(queue.id, nobody);
			}

			if (
				queue.ring.numFree < queue.ring.size ||
				queue.lock.owner >= 0 ||
				queue.sleeping > 0 ||
				guest.driver.isBusy(queue) ||
				guest.interrupts.isBusy(queue.id)
			) {
				return false;
			}
		}

		if (!host.backend.isIdle || host.vcpus.isWriting) {
			return false;
		}

		for (const queue of guest.core.queues) {
			queue.replaceRing(ringOf(parameters, queue.profile));
		}

		this.machine.deviceReset(parameters);
		this.active = false;
		this.probe.emit(tracepoint.reset, 0, 0, 0);
		guest.parking.open();
		this.machine.settle();
		return true;
	}
}

import {type Cpu} from '../../cpu/cpu.js';
import {type PmemCosts, type PmemSettings} from '../../devices/pmem/pmem-parameters.js';
import {type DriverQueue} from '../driver-queue.js';
import {type Driver, type DriverParts} from '../driver.js';
import {type GuestCore} from '../guest-core.js';
import {step} from './step.js';
import {Flush} from './flush.js';
import {HostAck} from './host-ack.js';

/** drivers/nvdimm/nd_virtio.c: the flush queue of a virtio-pmem, and who flushes. */
export class NdVirtioDriver implements Driver {
	readonly parts: Driver['parts'];
	private readonly core: GuestCore;
	private readonly settings: PmemSettings;
	private readonly costs: PmemCosts;
	private readonly hostAck: HostAck;

	constructor(options: DriverParts, {settings, costs}: {readonly settings: PmemSettings; readonly costs: PmemCosts}) {
		const flush = new Flush(options, settings, costs);
		this.core = options.core;
		this.settings = settings;
		this.costs = costs;
		this.hostAck = new HostAck(options.core, flush);
		this.parts = {flush, flushLock: flush.flushLock};
	}

	entry(): number {
		return step.virtio_pmem_flush;
	}

	allocate(): number {
		return this.core.pool.allocate();
	}

	fencesAlways(): boolean {
		return false;
	}

	/** pwrite to the range, which dirties a page of the file behind it. */
	writeTime(): number {
		return this.costs.write.draw() + (this.settings.onDisk ? this.costs.refault.draw() : 0);
	}

	callback(queue: DriverQueue, cpu: Cpu): boolean {
		return this.hostAck.virtio_pmem_host_ack(queue, cpu);
	}

	isBusy(): boolean {
		return this.hostAck.isBusy;
	}
}

import {type Cpu} from '../../cpu/cpu.js';
import {threadState} from '../../cpu/thread.js';
import {lockRole, tracepoint} from '../../tracepoints/tracepoints.js';
import {type DriverQueue} from '../driver-queue.js';
import {type GuestCore} from '../guest-core.js';
import {type Flush} from './flush.js';

/** Where a handler is in virtio_pmem_host_ack. */
const at = {
	entry: 0,
	locked: 1,
	gotBuffer: 2,
	ackedLocked: 3,
	woken: 4,
	wokenForRoom: 5,
} as const;

/**
virtio_pmem_host_ack of drivers/nvdimm/nd_virtio.c, in the interrupt handler: takes
pmem_lock, takes used buffers back one after another, and for each wakes who waits for the
request, with the lock of the request's wait queue held until the interrupt for its vCPU is
sent, and then the first of req_list.
*/
export class HostAck {
	private readonly core: GuestCore;
	private readonly flush: Flush;
	/** By vCPU: of `at`, the client thread whose request it has in hand, and buffers so far. */
	private readonly phase: Int32Array;
	private readonly thread: Int32Array;
	private readonly count: Int32Array;

	constructor(core: GuestCore, flush: Flush) {
		const vcpus = core.cpus.cpus.length;
		this.core = core;
		this.flush = flush;
		this.phase = new Int32Array(vcpus);
		this.thread = new Int32Array(vcpus);
		this.count = new Int32Array(vcpus);
	}

	/** Some handler is in it. */
	get isBusy(): boolean {
		return this.phase.some(phase => phase !== at.entry);
	}

	/** Goes on with the handler of this vCPU; false when it returns. */
	virtio_pmem_host_ack(queue: DriverQueue, cpu: Cpu): boolean {
		const {core, flush, phase} = this;
		const vcpu = cpu.id;
		const handler = core.roles.handler(vcpu);
		for (;;) {
			switch (phase[vcpu]) {
				case at.entry: {
					core.probe.emit(tracepoint.workStarted, handler, queue.id, 0);
					core.probe.emit(tracepoint.lockCalled, handler, queue.id, lockRole.worker);
					this.count[vcpu] = 0;
					phase[vcpu] = at.locked;
					if (!core.lockInHandler(cpu, queue.lockId)) {
						return true;
					}

					break;
				}

				case at.locked: {
					const command = queue.ring.getBuf();
					if (command < 0) {
						this.end(queue, cpu);
						return false;
					}

					core.probe.emit(tracepoint.reaped, handler, command, queue.ring.numFree);
					this.count[vcpu]++;
					this.thread[vcpu] = core.pool.thread[command];
					flush.done[this.thread[vcpu]] = 1;
					phase[vcpu] = at.gotBuffer;
					core.cpus.interrupt(cpu, core.costs.getBuf.draw());
					return true;
				}

				case at.gotBuffer: {
					// wake_up(&req_data->host_acked)
					phase[vcpu] = at.ackedLocked;
					if (!core.lockInHandler(cpu, flush.ackedLocks[this.thread[vcpu]])) {
						return true;
					}

					break;
				}

				case at.ackedLocked: {
					phase[vcpu] = at.woken;
					if (flush.waiting[this.thread[vcpu]] === 1) {
						this.wake(cpu, this.thread[vcpu]);
						return true;
					}

					break;
				}

				case at.woken: {
					core.unlockInHandler(cpu, flush.ackedLocks[this.thread[vcpu]]);
					phase[vcpu] = at.wokenForRoom;
					if (queue.sleeping > 0) {
						const first = queue.sleepers[0];
						queue.sleeping--;
						queue.sleepers.copyWithin(0, 1);
						this.wake(cpu, first);
						return true;
					}

					break;
				}

				default: {
					phase[vcpu] = at.locked;
				}
			}
		}
	}

	/** try_to_wake_up, and the interrupt to the vCPU where the thread is to run. */
	private wake(cpu: Cpu, id: number): void {
		const {core} = this;
		const thread = core.cpus.threads[id];
		core.cpus.interrupt(cpu, core.costs.taskWake.draw());
		if (thread.state !== threadState.sleeping) {
			return;
		}

		thread.remaining = core.costs.contextSwitch.draw();
		const sent = core.cpus.wake(thread, cpu.id);
		if (sent) {
			core.platform.ipi(cpu.id);
		}
	}

	private end(queue: DriverQueue, cpu: Cpu): void {
		const {core} = this;
		const handler = core.roles.handler(cpu.id);
		this.phase[cpu.id] = at.entry;
		core.probe.emit(tracepoint.workDrained, handler, queue.id, this.count[cpu.id]);
		core.unlockInHandler(cpu, queue.lockId);
		core.probe.emit(tracepoint.workEnded, handler, queue.id, 0);
	}
}

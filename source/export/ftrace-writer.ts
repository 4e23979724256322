import {type Observer} from '../engine/probe.js';
import {commands} from '../devices/gpu/commands.js';
import {type Simulation} from '../simulation/simulation.js';
import {tracepoint} from '../tracepoints/tracepoints.js';
import {shownResponse} from '../run/shown-response.js';
import {DriverTracker, type LiveCommand} from './driver-tracker.js';
import {GuestSwitches} from './guest-switches.js';
import {type RunLedger} from './run-ledger.js';
import {
	type GuestThreadName, guestThreadNames, queueNames, roleNames,
} from './run-names.js';
import {refuseTooLong} from './too-long.js';

/** IRQ number of the control queue's vector; the cursor's is the next. */
const firstIrq = 27;
const okNodata = '0x1100';

/**
Writes what a guest's tracepoints would have shown of a run, as `cat trace` prints it: the
virtio_gpu, irq, workqueue and sched_switch events, kprobes `notify_in` and `notify_out` on vp_notify, and
marks where a thread waits for qlock. It writes what happens from `from` (ns) on. Attach it at time 0,
or later with a ledger that was attached then.
*/
export class FtraceWriter implements Observer {
	private readonly lines: string[] = [];
	private readonly simulation: Simulation;
	private readonly from: number;
	private readonly names: readonly GuestThreadName[];
	private readonly switches: GuestSwitches;
	private readonly driver: DriverTracker;

	constructor(simulation: Simulation, from: number, ledger?: RunLedger) {
		this.simulation = simulation;
		this.from = from;
		this.names = guestThreadNames(simulation);
		this.driver = new DriverTracker(simulation, this.names.length);
		this.switches = new GuestSwitches(simulation, this.names, (time, vcpu, {comm, pid}, text) => {
			this.write(time, comm, pid, vcpu, 'd..2.', text);
		});
		if (ledger !== undefined) {
			const {driver, tasks} = ledger.image();
			this.driver.restore(driver);
			this.switches.restore(tasks);
		}
	}

	/** The whole text. */
	text(): string {
		const {length} = this.lines;
		const header = [
			'# tracer: nop',
			'#',
			`# entries-in-buffer/entries-written: ${length}/${length}   #P:${this.simulation.state.guest.core.cpus.cpus.length}`,
			'#',
			'#                                _-----=> irqs-off/BH-disabled',
			'#                               / _----=> need-resched',
			'#                              | / _---=> hardirq/softirq',
			'#                              || / _--=> preempt-depth',
			'#                              ||| / _-=> migrate-disable',
			'#                              |||| /     delay',
			'#           TASK-PID     CPU#  |||||  TIMESTAMP  FUNCTION',
			'#              | |         |   |||||     |         |',
		];
		return `${[...header, ...this.lines].join('\n')}\n`;
	}

	observe(point: number, time: number, actor: number, subject: number, value: number): void {
		const {driver} = this;
		this.switches.observe(point, time, actor, subject);
		switch (point) {
			case tracepoint.lockContended: {
				driver.lockContended(actor, subject);
				this.thread(time, actor, '.....', `vgpu_lock: qlock_wait_begin: who=${roleNames[value]} holder=${driver.waitedFor(actor)}`);
				break;
			}

			case tracepoint.lockAcquired: {
				const waitedFor = driver.waitedFor(actor);
				if (waitedFor !== '') {
					this.thread(time, actor, '...1.', `vgpu_lock: qlock_wait_end: who=${roleNames[value]} holder=${waitedFor} cycles=0`);
				}

				driver.lockAcquired(actor, subject, value);
				break;
			}

			case tracepoint.lockReleased: {
				driver.lockReleased(subject);
				break;
			}

			case tracepoint.published: {
				const type = `0x${commands[this.simulation.state.pool.type[subject]].code.toString(16)}`;
				this.thread(time, actor, '...1.', gpuEvent('queue', driver.published(actor, subject), type, value));
				break;
			}

			case tracepoint.doorbellStarted: {
				driver.doorbellStarted(actor, subject, (value & 1) === 1);
				this.thread(time, actor, this.doorbellFlags(subject), `notify_in: (vp_notify+0x4/0x20) idx=${subject} num_free=${this.numFree(subject)}`);
				break;
			}

			case tracepoint.doorbellReturned: {
				this.thread(time, actor, this.doorbellFlags(subject), `notify_out: (${driver.wasForced(subject) ? 'virtqueue_add_split+0x4bb/0x7b0' : 'virtqueue_notify+0x1c/0x40'} <- vp_notify)`);
				driver.doorbellReturned(subject);
				break;
			}

			default: {
				this.observeCompletion(point, time, actor, subject, value);
			}
		}
	}

	private observeCompletion(point: number, time: number, actor: number, subject: number, value: number): void {
		switch (point) {
			case tracepoint.irqEntered: {
				this.interrupt(time, actor, `irq_handler_entry: irq=${firstIrq + subject} name=virtio0-${queueNames[subject]}`);
				if (value === 0) {
					this.interrupt(time, actor, `irq_handler_exit: irq=${firstIrq + subject} ret=unhandled`);
				}

				break;
			}

			case tracepoint.workQueued: {
				if (value === 0) {
					this.interrupt(time, actor, `workqueue_queue_work: work struct=${workAddress(subject)} function=${workName(subject)} workqueue=events req_cpu=8192 cpu=${actor}`);
				}

				this.interrupt(time, actor, `irq_handler_exit: irq=${firstIrq + subject} ret=handled`);
				break;
			}

			case tracepoint.workStarted: {
				this.thread(time, actor, '.....', `workqueue_execute_start: work struct ${workAddress(subject)}: function ${workName(subject)}`);
				break;
			}

			case tracepoint.workEnded: {
				this.thread(time, actor, '.....', `workqueue_execute_end: work struct ${workAddress(subject)}: function ${workName(subject)}`);
				break;
			}

			default: {
				const command = shownResponse(this.simulation, point, subject);
				if (command >= 0) {
					this.responded(time, actor, command);
				}

				if (point === tracepoint.responded) {
					this.driver.responded(subject);
				}
			}
		}
	}

	private responded(time: number, worker: number, command: number): void {
		const live = this.driver.command(command);
		if (live !== undefined) {
			this.thread(time, worker, '.....', gpuEvent('response', live, live.queue === 1 ? '0x0' : okNodata, this.numFree(live.queue)));
		}
	}

	/** Preemption is off under the lock. */
	private doorbellFlags(queue: number): string {
		return this.driver.ringsUnderLock(queue) ? '...1.' : '.....';
	}

	private numFree(queue: number): number {
		return this.simulation.state.guest.core.queues[queue].ring.numFree;
	}

	private thread(time: number, thread: number, flags: string, text: string): void {
		const {comm, pid} = this.names[thread];
		this.write(time, comm, pid, this.simulation.state.guest.core.cpus.threads[thread].cpu, flags, text);
	}

	/** In a handler the task is whatever was interrupted. */
	private interrupt(time: number, vcpu: number, text: string): void {
		const {current} = this.simulation.state.guest.core.cpus.cpus[vcpu];
		const {comm, pid} = current === -1 ? {comm: '<idle>', pid: 0} : this.names[current];
		this.write(time, comm, pid, vcpu, 'd.h1.', text);
	}

	private write(time: number, comm: string, pid: number, cpu: number, flags: string, text: string): void {
		if (time < this.from) {
			return;
		}

		refuseTooLong(this.lines.length);
		const microseconds = Math.floor((time + 500) / 1000);
		const seconds = Math.floor(microseconds / 1_000_000);
		const fraction = String(microseconds - (seconds * 1_000_000)).padStart(6, '0');
		this.lines.push(`${comm.padStart(16)}-${String(pid).padEnd(7)} [${String(cpu).padStart(3, '0')}] ${flags} ${String(seconds).padStart(5)}.${fraction}: ${text}`);
	}
}

function gpuEvent(what: 'queue' | 'response', {queue, seqno, fence}: LiveCommand, type: string, numFree: number): string {
	return `virtio_gpu_cmd_${what}: vdev=0 vq=${queue} name=${queueNames[queue]} type=${type} flags=0x${fence > 0 ? 1 : 0} fence_id=${fence} ctx_id=0 num_free=${numFree} seqno=${seqno}`;
}

function workName(queue: number): string {
	return `virtio_gpu_dequeue_${queue === 0 ? 'ctrl' : 'cursor'}_func [virtio_gpu]`;
}

function workAddress(queue: number): string {
	return `00000000c0ffee0${queue}`;
}

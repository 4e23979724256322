import {commands} from '../devices/gpu/commands.js';
import {type Simulation} from '../simulation/simulation.js';
import {type Observer} from '../tracepoints/observer.js';
import {type LiveCommands} from '../tracking/live-commands.js';
import {type GuestThreadName, guestThreadNames, queueNames, roleNames} from '../tracking/run-names.js';
import {shownResponses} from '../tracking/shown-response.js';
import {type UnderWay} from '../tracking/under-way.js';
import {refuseOtherDevices} from './gpu-only.js';
import {refuseTooLong} from './too-long.js';
import {type TraceFormat, type TraceWriter, type WriterContext} from './trace-format.js';

/** IRQ number of the control queue's vector; the cursor's is the next. */
const firstIrq = 27;
const okNodata = '0x1100';

/** How `cat trace` calls a vCPU's idle task. */
const idleTask: GuestThreadName = {comm: '<idle>', pid: 0};

/**
Writes what a guest's tracepoints would have shown of a run, as `cat trace` prints it: the
virtio_gpu, irq, workqueue and sched_switch events, kprobes `notify_in` and `notify_out` on
vp_notify, and marks where a thread waits for qlock. It writes what happens from `from` (ns)
on. Attach it behind `underWay`.
*/
export class FtraceWriter implements TraceWriter {
	readonly observers: readonly Observer[];
	private readonly lines: string[] = [];
	private readonly simulation: Simulation;
	private readonly underWay: UnderWay;
	private readonly from: number;
	private readonly names: readonly GuestThreadName[];

	constructor({simulation, underWay, from}: WriterContext) {
		this.simulation = simulation;
		this.underWay = underWay;
		this.from = from;
		this.names = guestThreadNames(simulation);
		this.observers = [
			this.submission(),
			this.completion(),
			shownResponses(simulation, (time, worker, command) => {
				this.responded(time, worker, command);
			}),
		];
		underWay.switches.listen((time, vcpu, from, to, sleeps) => {
			this.switched(time, vcpu, from, to, sleeps);
		});
	}

	/** The whole text. */
	text(): string {
		const {length} = this.lines;
		const header = [
			'# tracer: nop',
			'#',
			`# entries-in-buffer/entries-written: ${length}/${length}   ` +
				`#P:${this.simulation.state.guest.core.cpus.cpus.length}`,
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

	private submission(): Observer {
		const {locks, commands: live} = this.underWay;
		const {pool} = this.simulation.state;
		return {
			lockContended: (time, thread, _queue, role) => {
				this.thread(
					time,
					thread,
					'.....',
					`vgpu_lock: qlock_wait_begin: who=${roleNames[role]} holder=${locks.waitedFor(thread)}`,
				);
			},
			lockAcquired: (time, thread, _queue, role) => {
				const waitedFor = locks.waitedFor(thread);
				if (waitedFor !== '') {
					this.thread(
						time,
						thread,
						'...1.',
						`vgpu_lock: qlock_wait_end: who=${roleNames[role]} holder=${waitedFor} cycles=0`,
					);
				}
			},
			published: (time, thread, command, numFree) => {
				const queue = pool.queue[command];
				const type = `0x${commands[pool.type[command]].code.toString(16)}`;
				this.thread(time, thread, '...1.', gpuEvent('queue', live, command, queue, type, numFree));
			},
			doorbellStarted: (time, thread, queue) => {
				this.thread(
					time,
					thread,
					this.doorbellFlags(thread, queue),
					`notify_in: (vp_notify+0x4/0x20) idx=${queue} num_free=${this.numFree(queue)}`,
				);
			},
			doorbellReturned: (time, thread, queue) => {
				const caller =
					locks.forced[queue] === 1 ? 'virtqueue_add_split+0x4bb/0x7b0' : 'virtqueue_notify+0x1c/0x40';
				this.thread(time, thread, this.doorbellFlags(thread, queue), `notify_out: (${caller} <- vp_notify)`);
			},
		};
	}

	private completion(): Observer {
		return {
			irqEntered: (time, vcpu, queue, found) => {
				this.interrupt(
					time,
					vcpu,
					`irq_handler_entry: irq=${firstIrq + queue} name=virtio0-${queueNames[queue]}`,
				);
				if (found === 0) {
					this.interrupt(time, vcpu, `irq_handler_exit: irq=${firstIrq + queue} ret=unhandled`);
				}
			},
			workQueued: (time, vcpu, queue, pending) => {
				if (pending === 0) {
					this.interrupt(
						time,
						vcpu,
						`workqueue_queue_work: work struct=${workAddress(queue)} function=${workName(queue)} ` +
							`workqueue=events req_cpu=8192 cpu=${vcpu}`,
					);
				}

				this.interrupt(time, vcpu, `irq_handler_exit: irq=${firstIrq + queue} ret=handled`);
			},
			workStarted: (time, thread, queue) => {
				this.thread(
					time,
					thread,
					'.....',
					`workqueue_execute_start: work struct ${workAddress(queue)}: function ${workName(queue)}`,
				);
			},
			workEnded: (time, thread, queue) => {
				this.thread(
					time,
					thread,
					'.....',
					`workqueue_execute_end: work struct ${workAddress(queue)}: function ${workName(queue)}`,
				);
			},
		};
	}

	private switched(time: number, vcpu: number, from: number, to: number, sleeps: boolean): void {
		const idle: GuestThreadName = {comm: `swapper/${vcpu}`, pid: 0};
		const previous = from < 0 ? idle : this.names[from];
		const next = to < 0 ? idle : this.names[to];
		const {comm, pid} = from < 0 ? idleTask : previous;
		this.write(
			time,
			comm,
			pid,
			vcpu,
			'd..2.',
			`sched_switch: prev_comm=${previous.comm} prev_pid=${previous.pid} prev_prio=120 ` +
				`prev_state=${sleeps ? 'S' : 'R'} ==> next_comm=${next.comm} next_pid=${next.pid} next_prio=120`,
		);
	}

	private responded(time: number, worker: number, command: number): void {
		const {commands: live} = this.underWay;
		const queue = this.simulation.state.pool.queue[command];
		this.thread(
			time,
			worker,
			'.....',
			gpuEvent('response', live, command, queue, queue === 1 ? '0x0' : okNodata, this.numFree(queue)),
		);
	}

	/** Preemption is off under the lock. */
	private doorbellFlags(thread: number, queue: number): string {
		return this.underWay.locks.holders[queue] === thread ? '...1.' : '.....';
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
		const {comm, pid} = current === -1 ? idleTask : this.names[current];
		this.write(time, comm, pid, vcpu, 'd.h1.', text);
	}

	private write(time: number, comm: string, pid: number, cpu: number, flags: string, text: string): void {
		if (time < this.from) {
			return;
		}

		refuseTooLong(this.lines.length);
		const microseconds = Math.floor((time + 500) / 1000);
		const seconds = Math.floor(microseconds / 1_000_000);
		const fraction = String(microseconds - seconds * 1_000_000).padStart(6, '0');
		this.lines.push(
			`${comm.padStart(16)}-${String(pid).padEnd(7)} [${String(cpu).padStart(3, '0')}] ${flags} ` +
				`${String(seconds).padStart(5)}.${fraction}: ${text}`,
		);
	}
}

function gpuEvent(
	what: 'queue' | 'response',
	live: LiveCommands,
	command: number,
	queue: number,
	type: string,
	numFree: number,
): string {
	const fence = live.fenceOf(command);
	return (
		`virtio_gpu_cmd_${what}: vdev=0 vq=${queue} name=${queueNames[queue]} type=${type} ` +
		`flags=0x${fence > 0 ? 1 : 0} fence_id=${fence} ctx_id=0 num_free=${numFree} seqno=${live.seqnoOf(command)}`
	);
}

function workName(queue: number): string {
	return `virtio_gpu_dequeue_${queue === 0 ? 'ctrl' : 'cursor'}_func [virtio_gpu]`;
}

function workAddress(queue: number): string {
	return `00000000c0ffee0${queue}`;
}

export const ftrace: TraceFormat = {
	kind: 'trace',
	id: 'ftrace',
	words: "text, what the guest's tracepoints would show; vqlab view reads it",
	extension: 'txt',
	refuse(configuration) {
		refuseOtherDevices('ftrace', configuration);
	},
	writer: context => new FtraceWriter(context),
};

import {type Observer} from '../../engine/probe.js';
import {commands} from '../../protocol/commands.js';
import {type Simulation} from '../../simulation/simulation.js';
import {tracepoint} from '../../tracepoints/tracepoints.js';
import {shownResponse} from '../shown-response.js';
import {GuestSwitches} from './guest-switches.js';
import {type GuestThreadName, guestThreadNames, queueNames} from './run-names.js';
import {holderCode, notWaiting, type RunLedger} from './run-ledger.js';
import {refuseTooLong} from './too-long.js';

/** IRQ number of the control queue's vector; the cursor's is the next. */
const firstIrq = 27;
const okNodata = '0x1100';
const roleNames = ['submit', 'notify', 'worker'] as const;

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
	/** By command: its seqno and fence id. */
	private readonly seqnos = new Map<number, {readonly seqno: number; readonly fence: number}>();
	private readonly lastSeqno = [0, 0];
	private lastFence = 0;
	/** By queue: thread that holds the lock or -1, its role, and whether it is writing the doorbell. */
	private readonly holders = [-1, -1];
	private readonly holderRoles = [0, 0];
	private readonly ringing = [false, false];
	private readonly forced = [false, false];
	/** By thread: who held the lock that it waits for; empty while it waits for none. */
	private readonly waitedFor: string[];

	constructor(simulation: Simulation, from: number, ledger?: RunLedger) {
		this.simulation = simulation;
		this.from = from;
		this.names = guestThreadNames(simulation);
		this.waitedFor = this.names.map(() => '');
		this.switches = new GuestSwitches(simulation, this.names, (time, vcpu, {comm, pid}, text) => {
			this.write(time, comm, pid, vcpu, 'd..2.', text);
		});
		if (ledger !== undefined) {
			this.goOnFrom(ledger);
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
		this.switches.observe(point, time, actor, subject);
		switch (point) {
			case tracepoint.lockContended: {
				this.waitedFor[actor] = this.holder(subject);
				this.thread(time, actor, '.....', `vgpu_lock: qlock_wait_begin: who=${roleNames[value]} holder=${this.waitedFor[actor]}`);
				break;
			}

			case tracepoint.lockAcquired: {
				if (this.waitedFor[actor] !== '') {
					this.thread(time, actor, '...1.', `vgpu_lock: qlock_wait_end: who=${roleNames[value]} holder=${this.waitedFor[actor]} cycles=0`);
					this.waitedFor[actor] = '';
				}

				this.holders[subject] = actor;
				this.holderRoles[subject] = value;
				break;
			}

			case tracepoint.lockReleased: {
				this.holders[subject] = -1;
				break;
			}

			case tracepoint.published: {
				this.queued(time, actor, subject, value);
				break;
			}

			case tracepoint.doorbellStarted: {
				this.ringing[subject] = this.holders[subject] === actor;
				this.forced[subject] = (value & 1) === 1;
				this.thread(time, actor, this.ringing[subject] ? '...1.' : '.....', `notify_in: (vp_notify+0x4/0x20) idx=${subject} num_free=${this.numFree(subject)}`);
				break;
			}

			case tracepoint.doorbellReturned: {
				this.thread(time, actor, this.ringing[subject] ? '...1.' : '.....', `notify_out: (${this.forced[subject] ? 'virtqueue_add_split+0x4bb/0x7b0' : 'virtqueue_notify+0x1c/0x40'} <- vp_notify)`);
				this.ringing[subject] = false;
				break;
			}

			default: {
				this.observeCompletion(point, time, actor, subject, value);
			}
		}
	}

	private goOnFrom({numbers}: RunLedger): void {
		this.lastFence = numbers.lastFence;
		this.switches.restore(numbers.tasks);
		for (const queue of [0, 1]) {
			this.lastSeqno[queue] = numbers.lastSeqno[queue];
			this.holders[queue] = numbers.holders[queue];
			this.holderRoles[queue] = numbers.holderRoles[queue];
			this.ringing[queue] = numbers.ringing[queue];
			this.forced[queue] = numbers.forced[queue];
		}

		for (const {command, seqno, fence} of numbers.live) {
			this.seqnos.set(command, {seqno, fence});
		}

		const words = new Map<number, string>([[notWaiting, ''], [holderCode.none, 'none'], [holderCode.inNotify, 'in_notify'], ...roleNames.entries()]);
		for (const [thread, code] of numbers.waitedFor.entries()) {
			this.waitedFor[thread] = words.get(code) ?? '';
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
			}
		}
	}

	private queued(time: number, thread: number, command: number, numFree: number): void {
		const {pool} = this.simulation.state;
		const queue = pool.queue[command];
		const fenced = pool.fenced[command] === 1;
		this.lastFence += fenced ? 1 : 0;
		const entry = {seqno: ++this.lastSeqno[queue], fence: fenced ? this.lastFence : 0};
		this.seqnos.set(command, entry);
		const type = `0x${commands[pool.type[command]].code.toString(16)}`;
		this.thread(time, thread, '...1.', gpuEvent('queue', queue, type, entry, numFree));
	}

	private responded(time: number, worker: number, command: number): void {
		const queue = this.simulation.state.pool.queue[command];
		const entry = this.seqnos.get(command);
		if (entry !== undefined) {
			this.seqnos.delete(command);
			this.thread(time, worker, '.....', gpuEvent('response', queue, queue === 1 ? '0x0' : okNodata, entry, this.numFree(queue)));
		}
	}

	private holder(queue: number): string {
		if (this.ringing[queue]) {
			return 'in_notify';
		}

		return this.holders[queue] === -1 ? 'none' : roleNames[this.holderRoles[queue]];
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

function gpuEvent(what: 'queue' | 'response', queue: number, type: string, {seqno, fence}: {readonly seqno: number; readonly fence: number}, numFree: number): string {
	return `virtio_gpu_cmd_${what}: vdev=0 vq=${queue} name=${queueNames[queue]} type=${type} flags=0x${fence > 0 ? 1 : 0} fence_id=${fence} ctx_id=0 num_free=${numFree} seqno=${seqno}`;
}

function workName(queue: number): string {
	return `virtio_gpu_dequeue_${queue === 0 ? 'ctrl' : 'cursor'}_func [virtio_gpu]`;
}

function workAddress(queue: number): string {
	return `00000000c0ffee0${queue}`;
}

import {type GpuCommandPayload, type TraceEvent} from '../reader/trace-event.js';

/** Commands that are kept; a longer recording is used up to there. */
export const mostCommands = 400_000;

/** A command as the guest's tracepoints show it; times in ns. */
export type RecordedCommand = {
	/** Its place among all commands of the recording: time stamps of different events may be equal. */
	readonly index: number;
	/** 0 control, 1 cursor. */
	readonly queue: number;
	/** Who submitted it. */
	readonly thread: string;
	readonly cpu: number;
	/** `enum virtio_gpu_ctrl_type`. */
	readonly type: number;
	readonly fenced: boolean;
	/** Whether the preemption depth shows a lock: its tracepoint is under qlock; null when the recording has no depth. */
	readonly underLock: boolean | null;
	readonly published: number;
	/** Slots free after it; null up to Linux 6.2. */
	readonly numFree: number | null;
	/** When its response was processed; null when the recording ends before it. */
	responded: number | null;
};

/** A doorbell, from the call of vp_notify to its return. */
export type RecordedKick = {
	readonly queue: number;
	readonly thread: string;
	readonly cpu: number;
	/** Commands that were queued before it. */
	readonly after: number;
	readonly start: number;
	end: number;
	/** Whether the lock was held: the preemption depth; null when the recording does not say. */
	readonly underLock: boolean | null;
	/** Rung by virtqueue_add for want of room. */
	forced: boolean;
};

export type RecordedIrq = {
	readonly queue: number;
	readonly cpu: number;
	/** It interrupted nobody. */
	readonly isIdle: boolean;
	readonly entry: number;
	/** Its handler queued the work; null when one was queued already. */
	queued: number | null;
	exit: number | null;
};

/** A run of the dequeue work. */
export type RecordedRun = {
	readonly queue: number;
	readonly cpu: number;
	readonly start: number;
	/** When its work was queued, null when the recording does not say; and whether its CPU had nothing else to do then. */
	readonly queued: number | null;
	readonly isIdle: boolean;
	end: number | null;
	/** Time of each response with the type of its command and its place among all commands. */
	readonly responses: Array<{readonly time: number; readonly type: number; readonly command: number}>;
	/** Time that it waited for the lock, as far as the recording has marks. */
	lockWait: number;
};

/** A contended acquisition of qlock. */
export type RecordedWait = {readonly who: string; readonly holder: string; readonly thread: string; readonly start: number; end: number};

/** A command that a thread slept: from sched_switch. */
export type RecordedSleep = {readonly thread: string; readonly start: number; end: number};

/** Threads that are told apart, and sleepers that are waited for; more do no work for a GPU. */
const mostThreads = 50_000;

/**
What a guest's recording says, put together from its events: commands with their responses,
doorbells, interrupts, runs of the dequeue work, waits for the lock. Bounded by `mostCommands`.
*/
export class GuestRecording {
	readonly commands: RecordedCommand[] = [];
	readonly kicks: RecordedKick[] = [];
	readonly irqs: RecordedIrq[] = [];
	readonly runs: RecordedRun[] = [];
	readonly waits: RecordedWait[] = [];
	readonly sleeps: RecordedSleep[] = [];
	/** ns of the earliest and of the latest event. */
	start = Infinity;
	end = -Infinity;
	/** Responses whose command is not in the recording. */
	orphans = 0;
	highestCpu = 0;
	hasProbes = false;
	/** It has waits for locks: the driver's own marks of qlock, or else contention events. */
	hasWaits = false;
	private hasMarks = false;
	/** Names of threads, each once: a part of a line would keep the text around it in memory. */
	private readonly names = new Map<string, string>();
	private readonly open = [new Map<string, RecordedCommand>(), new Map<string, RecordedCommand>()];
	private readonly ringing = new Map<string, RecordedKick>();
	/** By thread: the queue of its latest command, for probes that do not fetch it. */
	private readonly latestQueue = new Map<string, number>();
	private readonly handled = new Map<number, RecordedIrq>();
	private readonly irqQueues = new Map<number, number>();
	/** By queue: when its work was queued last, and whether the CPU was idle. */
	private readonly workQueued: Array<number | null> = [null, null];
	private readonly queuedIdle = [false, false];
	private readonly running = new Map<string, RecordedRun>();
	private readonly waiting = new Map<string, RecordedWait>();
	private readonly sleeping = new Map<number, RecordedSleep>();

	/** Nothing more is kept: the rest of the file need not be read. */
	get isFull(): boolean {
		return this.commands.length >= mostCommands || Math.max(this.kicks.length, this.irqs.length, this.runs.length, this.waits.length) >= 2 * mostCommands;
	}

	add(event: TraceEvent): void {
		if (this.isFull) {
			return;
		}

		const {payload, time, cpu} = event;
		this.start = Math.min(this.start, time);
		this.end = Math.max(this.end, time);
		this.highestCpu = Math.max(this.highestCpu, cpu);
		// eslint-disable-next-line @typescript-eslint/switch-exhaustiveness-check -- the other events are not about the guest
		switch (payload.name) {
			case 'virtio_gpu_cmd_queue': {
				this.queued(event, payload);
				break;
			}

			case 'virtio_gpu_cmd_response': {
				this.responded(event, payload);
				break;
			}

			case 'notify_in': {
				this.hasProbes = true;
				const thread = this.threadName(event.comm, event.pid);
				const kick: RecordedKick = {
					queue: payload.queue ?? this.latestQueue.get(thread) ?? -1, thread, cpu, after: this.commands.length, start: time, end: time, underLock: event.depth === null ? null : event.depth > 0, forced: false,
				};
				this.ringing.set(thread, kick);
				this.kicks.push(kick);
				break;
			}

			case 'notify_out': {
				const thread = this.threadName(event.comm, event.pid);
				const kick = this.ringing.get(thread);
				if (kick !== undefined) {
					kick.end = time;
					kick.forced = payload.caller.startsWith('virtqueue_add');
					this.ringing.delete(thread);
				}

				break;
			}

			case 'qlock_wait_begin': {
				this.hasWaits = true;
				this.hasMarks = true;
				const thread = this.threadName(event.comm, event.pid);
				this.waiting.set(thread, {
					who: payload.who, holder: payload.holder, thread, start: time, end: time,
				});
				break;
			}

			case 'qlock_wait_end': {
				this.lockTaken(this.threadName(event.comm, event.pid), time);
				break;
			}

			case 'contention_begin': {
				this.contended(event, payload.flags);
				break;
			}

			case 'contention_end': {
				if (!this.hasMarks) {
					this.lockTaken(this.threadName(event.comm, event.pid), time);
				}

				break;
			}

			case 'sched_switch': {
				this.switched(event.time, payload);
				break;
			}

			default: {
				this.interrupt(event);
			}
		}
	}

	/** The name, one string for all its events. */
	private threadName(comm: string, pid: number): string {
		const name = threadName(comm, pid);
		const known = this.names.get(name);
		if (known !== undefined || this.names.size >= mostThreads) {
			return known ?? name;
		}

		this.names.set(name, name);
		return name;
	}

	/** Without the driver's marks: a spinlock that the worker or a submitter finds taken. The holder is inside virtqueue_notify when another thread rings with the lock held. */
	private contended({time, comm, pid}: TraceEvent, flags: string): void {
		const thread = this.threadName(comm, pid);
		const isWorker = this.running.has(thread);
		if (this.hasMarks || !flags.split('|').includes('SPIN') || (!isWorker && !this.latestQueue.has(thread))) {
			return;
		}

		this.hasWaits = true;
		const isRinging = [...this.ringing.values()].some(kick => kick.thread !== thread && kick.queue === 0 && kick.underLock === true);
		this.waiting.set(thread, {
			who: isWorker ? 'worker' : 'submit', holder: isRinging ? 'in_notify' : 'none', thread, start: time, end: time,
		});
	}

	private interrupt({payload, time, cpu, comm, pid}: TraceEvent): void {
		// eslint-disable-next-line @typescript-eslint/switch-exhaustiveness-check -- the other events are not about the guest
		switch (payload.name) {
			case 'irq_handler_entry': {
				const queue = queueOfAction(payload.action);
				if (queue !== null) {
					const irq: RecordedIrq = {
						queue, cpu, isIdle: pid === 0, entry: time, queued: null, exit: null,
					};
					this.irqQueues.set(payload.irq, queue);
					this.handled.set(cpu, irq);
					this.irqs.push(irq);
				}

				break;
			}

			case 'irq_handler_exit': {
				const irq = this.handled.get(cpu);
				if (irq !== undefined && this.irqQueues.get(payload.irq) === irq.queue) {
					irq.exit = time;
					this.handled.delete(cpu);
				}

				break;
			}

			case 'workqueue_queue_work': {
				const queue = queueOfWork(payload.work);
				if (queue !== null) {
					this.workQueued[queue] = time;
					this.queuedIdle[queue] = pid === 0;
					const irq = this.handled.get(cpu);
					if (irq?.queue === queue) {
						irq.queued = time;
					}
				}

				break;
			}

			case 'workqueue_execute_start': {
				const queue = queueOfWork(payload.work);
				if (queue !== null) {
					const run: RecordedRun = {
						queue, cpu, start: time, queued: this.workQueued[queue], isIdle: this.queuedIdle[queue], end: null, responses: [], lockWait: 0,
					};
					this.workQueued[queue] = null;
					this.running.set(this.threadName(comm, pid), run);
					this.runs.push(run);
				}

				break;
			}

			case 'workqueue_execute_end': {
				const thread = this.threadName(comm, pid);
				const run = this.running.get(thread);
				if (run !== undefined) {
					run.end = time;
					this.running.delete(thread);
				}

				break;
			}

			default:
		}
	}

	private queued({time, cpu, comm, pid, depth}: TraceEvent, payload: GpuCommandPayload): void {
		const {queue} = payload;
		if (queue > 1) {
			return;
		}

		const command: RecordedCommand = {
			index: this.commands.length,
			queue,
			thread: this.threadName(comm, pid),
			cpu,
			type: payload.type,
			fenced: (payload.flags & 1) === 1,
			underLock: depth === null ? null : depth > 0,
			published: time,
			numFree: payload.numFree,
			responded: null,
		};
		this.commands.push(command);
		this.latestQueue.set(command.thread, queue);
		this.open[queue].set(keyOf(payload, this.commands.length), command);
	}

	/** By seqno; up to Linux 6.2 by fence, and in order where there is none. */
	private responded({time, comm, pid}: TraceEvent, payload: GpuCommandPayload): void {
		const {queue} = payload;
		if (queue > 1) {
			return;
		}

		const open = this.open[queue];
		let key = keyOf(payload, -1);
		if (payload.seqno === null && !open.has(key)) {
			key = open.keys().next().value ?? '';
		}

		const command = open.get(key);
		if (command === undefined) {
			this.orphans++;
			return;
		}

		open.delete(key);
		command.responded = time;
		this.running.get(this.threadName(comm, pid))?.responses.push({time, type: command.type, command: command.index});
	}

	private lockTaken(thread: string, time: number): void {
		const wait = this.waiting.get(thread);
		if (wait !== undefined) {
			wait.end = time;
			this.waits.push(wait);
			this.waiting.delete(thread);
			const run = this.running.get(thread);
			if (run !== undefined) {
				run.lockWait += time - wait.start;
			}
		}
	}

	private switched(time: number, {previousComm, previousPid, previousState, nextPid}: {readonly previousComm: string; readonly previousPid: number; readonly previousState: string; readonly nextPid: number}): void {
		if (previousPid !== 0 && !previousState.startsWith('R') && this.sleeping.size < mostThreads) {
			this.sleeping.set(previousPid, {thread: this.threadName(previousComm, previousPid), start: time, end: time});
		}

		const sleep = this.sleeping.get(nextPid);
		if (sleep !== undefined) {
			this.sleeping.delete(nextPid);
			if (this.sleeps.length < 4 * mostCommands) {
				sleep.end = time;
				this.sleeps.push(sleep);
			}
		}
	}
}

/** What a thread is called. */
export function threadName(comm: string, pid: number): string {
	return `${comm}/${pid}`;
}

/** What a response finds its command by: seqno; up to Linux 6.2 the fence, else the order. */
export function keyOf({seqno, fenceId}: GpuCommandPayload, ordinal: number): string {
	if (seqno !== null) {
		return `s${seqno}`;
	}

	return fenceId === '0' ? `n${ordinal}` : `f${fenceId}`;
}

/** 0 control, 1 cursor; null for an interrupt of another device. */
export function queueOfAction(action: string): number | null {
	if (!action.startsWith('virtio')) {
		return null;
	}

	if (action.endsWith('-control')) {
		return 0;
	}

	return action.endsWith('-cursor') ? 1 : null;
}

/** 0 control, 1 cursor; null for other work. */
export function queueOfWork(work: string): number | null {
	if (work.startsWith('virtio_gpu_dequeue_ctrl_func')) {
		return 0;
	}

	return work.startsWith('virtio_gpu_dequeue_cursor_func') ? 1 : null;
}

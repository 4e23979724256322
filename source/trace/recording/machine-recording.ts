import {type GpuCommandPayload, type Payload, type TraceEvent} from '../reader/trace-event.js';
import {type IrqLine, keyOfQueue, MachineRoles, placeOf, threadOf, type Work} from '../roles/machine-roles.js';
import {ThreadNames} from '../roles/thread-names.js';
import {commandKey} from './command-key.js';
import {LockWaits} from './lock-waits.js';
import {
	mostCommands,
	type RecordedCommand,
	type RecordedKick,
	type RecordedRun,
	type RecordedSleep,
} from './recorded.js';

/** Threads and interrupts that are looked at meanwhile; more are a sign of lost events. */
const mostOpen = 50_000;

/**
Interrupts of a line that queued nothing of ours yet; a line with so many is another device's.
*/
const mostUndecided = 256;

export type RawIrq = {
	readonly line: IrqLine;
	readonly cpu: number;
	readonly isIdle: boolean;
	readonly entry: number;
	exit: number | null;
	isHandled: boolean;
	works: Array<{readonly work: Work; readonly time: number}> | null;
};

type RawRun = {
	readonly work: Work;
	readonly cpu: number;
	readonly start: number;
	readonly queued: number | null;
	readonly isIdle: boolean;
	lockWait: number;
	readonly parts: Map<number, RecordedRun>;
};

/** Everything of one device of one machine. */
export class DeviceRecording {
	readonly commands: RecordedCommand[] = [];
	readonly kicks: RecordedKick[] = [];
	readonly runs: RecordedRun[] = [];
	readonly open = [new Map<number, RecordedCommand>(), new Map<number, RecordedCommand>()];
	readonly submitters = new Set<number>();
	/** Responses whose command is not in the recording. */
	orphans = 0;
	responses = 0;
	readonly machine: MachineRecording;
	readonly number: number;

	constructor(machine: MachineRecording, number: number) {
		this.machine = machine;
		this.number = number;
	}
}

/**
What is under way on one machine, and what can not be given to a device before all of it is known.
*/
export class MachineRecording {
	readonly roles = new MachineRoles();
	readonly threads = new ThreadNames();
	readonly devices = new Map<number, DeviceRecording>();
	readonly irqs = new Map<IrqLine, RawIrq[]>();
	/** Runs without a response: whose they are shows in other runs of their work. */
	readonly emptyRuns: Array<{readonly work: Work; readonly run: RecordedRun}> = [];
	/** Doorbells of threads that had not submitted anything yet. */
	readonly strayKicks: RecordedKick[] = [];
	readonly lockWaits = new LockWaits();
	readonly sleeps: RecordedSleep[] = [];
	/** Names of the probes on doorbells, by the function that they are on. */
	readonly probes = new Map<string, Set<string>>();
	highestCpu = -1;
	irqCount = 0;
	readonly name: string;
	private readonly ringing = new Map<number, RecordedKick[]>();
	private readonly latest = new Map<number, {readonly device: DeviceRecording; readonly queue: number}>();
	private readonly handled = new Map<number, RawIrq>();
	private readonly running = new Map<number, RawRun>();
	private readonly sleeping = new Map<number, RecordedSleep>();
	private readonly ignored = new Set<IrqLine>();

	constructor(name: string) {
		this.name = name;
	}

	add(event: TraceEvent): void {
		const {payload, time, cpu} = event;
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
				this.rang(event, payload);
				break;
			}

			case 'notify_out': {
				this.returned(event, payload);
				break;
			}

			case 'qlock_wait_begin': {
				this.threads.see(event.pid, event.comm);
				this.lockWaits.marked({pid: event.pid, time}, payload);
				break;
			}

			case 'qlock_wait_end': {
				this.waitedInRun(event.pid, this.lockWaits.taken(event.pid, time));
				break;
			}

			case 'contention_begin': {
				this.contended(event, payload.flags);
				break;
			}

			case 'contention_end': {
				this.waitedInRun(threadOf(event), this.lockWaits.contentionEnded(threadOf(event), time));
				break;
			}

			case 'sched_switch': {
				this.switched(time, payload);
				break;
			}

			default: {
				this.interrupt(event);
			}
		}
	}

	private device(number: number): DeviceRecording {
		const known = this.devices.get(number);
		if (known !== undefined) {
			return known;
		}

		const device = new DeviceRecording(this, number);
		this.devices.set(number, device);
		this.roles.devices.add(number);
		return device;
	}

	private interrupt(event: TraceEvent): void {
		const {payload, time, cpu, pid} = event;
		// eslint-disable-next-line @typescript-eslint/switch-exhaustiveness-check -- the other events are not about the guest
		switch (payload.name) {
			case 'irq_handler_entry': {
				this.interrupted(event, this.roles.line(payload.irq, payload.action));
				break;
			}

			case 'irq_handler_exit': {
				const irq = this.handled.get(placeOf(event));
				if (irq !== undefined) {
					irq.exit = time;
					irq.isHandled = payload.handled;
					this.handled.delete(placeOf(event));
				}

				break;
			}

			case 'workqueue_queue_work': {
				const work = this.roles.work(payload);
				this.roles.hasQueueing = true;
				work.queuedAt = time;
				work.queuedIdle = pid === 0;
				const irq = this.handled.get(placeOf(event));
				if (irq !== undefined) {
					(irq.works ??= []).push({work, time});
					irq.line.works.set(work, (irq.line.works.get(work) ?? 0) + 1);
				}

				break;
			}

			case 'workqueue_execute_start': {
				const work = this.roles.work(payload);
				this.threads.see(pid, event.comm);
				this.running.set(threadOf(event), {
					work,
					cpu,
					start: time,
					queued: work.queuedAt,
					isIdle: work.queuedIdle,
					lockWait: 0,
					parts: new Map(),
				});
				work.queuedAt = null;
				break;
			}

			case 'workqueue_execute_end': {
				const thread = threadOf(event);
				const run = this.running.get(thread);
				if (run !== undefined) {
					this.running.delete(thread);
					this.ended(run, time);
				}

				break;
			}

			default:
		}
	}

	private interrupted(event: TraceEvent, line: IrqLine): void {
		if (this.ignored.has(line)) {
			return;
		}

		const irq: RawIrq = {
			line,
			cpu: event.cpu,
			isIdle: event.pid === 0,
			entry: event.time,
			exit: null,
			isHandled: true,
			works: null,
		};
		this.handled.set(placeOf(event), irq);
		const irqs = this.irqs.get(line);
		if (irqs === undefined) {
			this.irqs.set(line, [irq]);
			return;
		}

		irqs.push(irq);
		this.irqCount++;
		if (
			irqs.length === mostUndecided &&
			!line.action.startsWith('virtio') &&
			irqs.every(({works}) => works === null || works.every(({work}) => this.roles.queueOf(work) === null))
		) {
			this.irqs.delete(line);
			this.ignored.add(line);
		}
	}

	private ended({work, cpu, start, queued, isIdle, lockWait, parts}: RawRun, time: number): void {
		for (const run of parts.values()) {
			run.end = time;
		}

		if (
			parts.size === 0 &&
			this.emptyRuns.length < 2 * mostCommands &&
			(work.responses.size > 0 || work.function.startsWith('virtio_gpu_'))
		) {
			this.emptyRuns.push({
				work,
				run: {
					queue: -1,
					cpu,
					start,
					queued,
					isIdle,
					end: time,
					responses: [],
					lockWait,
				},
			});
		}
	}

	private queued({time, cpu, comm, pid, depth}: TraceEvent, payload: GpuCommandPayload): void {
		const {queue} = payload;
		if (queue > 1) {
			return;
		}

		const device = this.device(payload.device);
		this.threads.see(pid, comm);
		const command: RecordedCommand = {
			index: device.commands.length,
			queue,
			thread: '',
			pid,
			cpu,
			type: payload.type,
			fenced: (payload.flags & 1) === 1,
			underLock: depth === null ? null : depth > 0,
			published: time,
			numFree: payload.numFree,
			responded: null,
		};
		device.commands.push(command);
		device.submitters.add(pid);
		this.latest.set(pid, {device, queue});
		device.open[queue].set(commandKey(payload, device.commands.length), command);
	}

	/** By seqno; up to Linux 6.2 by fence, and in order where there is none. */
	private responded(event: TraceEvent, payload: GpuCommandPayload): void {
		const {queue} = payload;
		if (queue > 1) {
			return;
		}

		const device = this.device(payload.device);
		const open = device.open[queue];
		let key = commandKey(payload, -1);
		if (payload.seqno === null && !open.has(key)) {
			key = open.keys().next().value ?? -1;
		}

		const {time} = event;
		const run = this.running.get(threadOf(event));
		const part = run === undefined ? undefined : this.partOf(run, device, queue);
		const command = open.get(key);
		device.responses++;
		if (command === undefined) {
			device.orphans++;
			return;
		}

		open.delete(key);
		command.responded = time;
		part?.responses.push({time, type: command.type, command: command.index});
	}

	/** The part of a run that a queue has; two devices' responses may come in one run. */
	private partOf(run: RawRun, device: DeviceRecording, queue: number): RecordedRun {
		const key = keyOfQueue(device.number, queue);
		const {responses} = run.work;
		responses.set(key, (responses.get(key) ?? 0) + 1);
		const known = run.parts.get(key);
		if (known !== undefined) {
			return known;
		}

		const {cpu, start, queued, isIdle, lockWait} = run;
		const part: RecordedRun = {
			queue,
			cpu,
			start,
			queued,
			isIdle,
			end: null,
			responses: [],
			lockWait,
		};
		run.parts.set(key, part);
		device.runs.push(part);
		return part;
	}

	private rang({comm, pid, cpu, time, depth}: TraceEvent, payload: Extract<Payload, {name: 'notify_in'}>): void {
		this.threads.see(pid, comm);
		this.probe(payload.function, payload.probe);
		const latest = this.latest.get(pid);
		const kick: RecordedKick = {
			queue: payload.queue ?? latest?.queue ?? -1,
			thread: '',
			pid,
			cpu,
			function: payload.function,
			after: latest?.device.commands.length ?? 0,
			start: time,
			end: time,
			isReturned: false,
			underLock: depth === null ? null : depth > 0,
			forced: false,
		};
		(latest?.device.kicks ?? this.strayKicks).push(kick);
		const open = this.ringing.get(pid);
		if (open === undefined) {
			this.ringing.set(pid, [kick]);
		} else {
			// One that never returned was lost.
			if (open.length > 3 || open.at(-1)?.function === payload.function) {
				open.length = 0;
			}

			open.push(kick);
		}
	}

	private returned({pid, time}: TraceEvent, payload: Extract<Payload, {name: 'notify_out'}>): void {
		const open = this.ringing.get(pid);
		const same = open?.findLastIndex(kick => kick.function === payload.function) ?? -1;
		const index = same >= 0 ? same : (open?.length ?? 0) - 1;
		const kick = open?.[index];
		this.probe(kick?.function ?? payload.function, payload.probe);
		if (open !== undefined && kick !== undefined) {
			kick.end = time;
			kick.isReturned = true;
			kick.forced = payload.caller.startsWith('virtqueue_add');
			open.length = index;
		}
	}

	private probe(name: string, probe: string): void {
		const known = this.probes.get(name);
		if (known === undefined) {
			this.probes.set(name, new Set([probe]));
		} else {
			known.add(probe);
		}
	}

	/** Without the driver's marks: a spinlock that a worker or a submitter finds taken. */
	private contended(event: TraceEvent, flags: string): void {
		const thread = threadOf(event);
		const {pid, comm, time} = event;
		const run = this.running.get(thread);
		if (flags.split('|').includes('SPIN') && (run !== undefined || this.latest.has(pid))) {
			this.threads.see(pid, comm);
			this.lockWaits.contended(thread, {pid, work: run?.work ?? null, time});
		}
	}

	private waitedInRun(thread: number, time: number): void {
		const run = time === 0 ? undefined : this.running.get(thread);
		if (run !== undefined) {
			run.lockWait += time;
			for (const part of run.parts.values()) {
				part.lockWait += time;
			}
		}
	}

	/** Only those that submit are of interest, once they do. */
	private switched(
		time: number,
		{previousComm, previousPid, previousState, nextPid}: Extract<Payload, {name: 'sched_switch'}>,
	): void {
		if (previousPid !== 0 && this.latest.has(previousPid)) {
			this.threads.see(previousPid, previousComm);
			if (!previousState.startsWith('R') && this.sleeping.size < mostOpen) {
				this.sleeping.set(previousPid, {
					thread: '',
					pid: previousPid,
					start: time,
					end: time,
				});
			}
		} else if (this.running.has(previousPid)) {
			this.threads.see(previousPid, previousComm);
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

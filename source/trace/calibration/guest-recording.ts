import {type GpuCommandPayload, type Payload, type TraceEvent} from '../reader/trace-event.js';
import {
	type IrqLine, keyOfQueue, MachineRoles, placeOf, threadOf, type Work,
} from '../roles/machine-roles.js';
import {ThreadNames} from '../roles/thread-names.js';

/** Commands that are kept; a longer recording is used up to there. */
export const mostCommands = 40_000;

/** A command as the guest's tracepoints show it; times in ns. */
export type RecordedCommand = {
	/** Its place among all commands of the recording: time stamps of different events may be equal. */
	readonly index: number;
	/** 0 control, 1 cursor. */
	readonly queue: number;
	/** Who submitted it. */
	thread: string;
	readonly pid: number;
	/** -1 where the recording has none. */
	readonly cpu: number;
	/** `enum virtio_gpu_ctrl_type`. */
	readonly type: number;
	readonly fenced: boolean;
	readonly published: number;
	/** Slots free after it; null up to Linux 6.2. */
	readonly numFree: number | null;
	/** When its response was processed; null when the recording ends before it. */
	responded: number | null;
};

/** A doorbell, from the call of the transport's notify function to its return. */
export type RecordedKick = {
	readonly queue: number;
	thread: string;
	readonly pid: number;
	readonly cpu: number;
	/** The function that was probed. */
	readonly function: string;
	/** Commands that were queued before it. */
	readonly after: number;
	readonly start: number;
	end: number;
	/** Its return is in the recording: `end` is known. */
	isReturned: boolean;
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
export type RecordedWait = {readonly who: string; readonly holder: string; thread: string; readonly pid: number; readonly start: number; end: number};

/** A command that a thread slept: from sched_switch. */
export type RecordedSleep = {thread: string; readonly pid: number; readonly start: number; end: number};

/** Threads and interrupts that are looked at meanwhile; more are a sign of lost events. */
const mostOpen = 50_000;

/** Interrupts of a line that queued nothing of ours yet; a line with so many is another device's. */
const mostUndecided = 256;

/** A device of a recording that submits commands. */
export type RecordedDevice = {
	/** What `--device` calls it: the kernel's number, after the machine where there are several. */
	readonly name: string;
	readonly commands: number;
};

/** Which parts of a recording stand for what, in words. */
export type RoleWords = {readonly used: readonly string[]; readonly warnings: readonly string[]};

type RawIrq = {readonly line: IrqLine; readonly cpu: number; readonly isIdle: boolean; readonly entry: number; exit: number | null; isHandled: boolean; works: Array<{readonly work: Work; readonly time: number}> | null};

type RawRun = {readonly work: Work; readonly cpu: number; readonly start: number; readonly queued: number | null; readonly isIdle: boolean; lockWait: number; readonly parts: Map<number, RecordedRun>};

/** Everything of one device of one machine. */
class DeviceRecording {
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

/** What is under way on one machine, and what can not be given to a device before all of it is known. */
class MachineRecording {
	readonly roles = new MachineRoles();
	readonly threads = new ThreadNames();
	readonly devices = new Map<number, DeviceRecording>();
	readonly irqs = new Map<IrqLine, RawIrq[]>();
	/** Runs without a response: whose they are shows in other runs of their work. */
	readonly emptyRuns: Array<{readonly work: Work; readonly run: RecordedRun}> = [];
	/** Doorbells of threads that had not submitted anything yet. */
	readonly strayKicks: RecordedKick[] = [];
	readonly waits: RecordedWait[] = [];
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
	private readonly waiting = new Map<number, RecordedWait>();
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
				this.waiting.set(event.pid, {
					who: payload.who, holder: payload.holder, thread: '', pid: event.pid, start: time, end: time,
				});
				break;
			}

			case 'qlock_wait_end': {
				this.lockTaken(event.pid, time);
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
					work, cpu, start: time, queued: work.queuedAt, isIdle: work.queuedIdle, lockWait: 0, parts: new Map(),
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
			line, cpu: event.cpu, isIdle: event.pid === 0, entry: event.time, exit: null, isHandled: true, works: null,
		};
		this.handled.set(placeOf(event), irq);
		const irqs = this.irqs.get(line);
		if (irqs === undefined) {
			this.irqs.set(line, [irq]);
			return;
		}

		irqs.push(irq);
		this.irqCount++;
		if (irqs.length === mostUndecided && !line.action.startsWith('virtio') && irqs.every(({works}) => works === null || works.every(({work}) => this.roles.queueOf(work) === null))) {
			this.irqs.delete(line);
			this.ignored.add(line);
		}
	}

	private ended({work, cpu, start, queued, isIdle, lockWait, parts}: RawRun, time: number): void {
		for (const run of parts.values()) {
			run.end = time;
		}

		if (parts.size === 0 && this.emptyRuns.length < 2 * mostCommands && (work.responses.size > 0 || work.function.startsWith('virtio_gpu_'))) {
			this.emptyRuns.push({
				work,
				run: {
					queue: -1, cpu, start, queued, isIdle, end: time, responses: [], lockWait,
				},
			});
		}
	}

	private queued({time, cpu, comm, pid}: TraceEvent, payload: GpuCommandPayload): void {
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
			published: time,
			numFree: payload.numFree,
			responded: null,
		};
		device.commands.push(command);
		device.submitters.add(pid);
		this.latest.set(pid, {device, queue});
		device.open[queue].set(keyOf(payload, device.commands.length), command);
	}

	/** By seqno; up to Linux 6.2 by fence, and in order where there is none. */
	private responded(event: TraceEvent, payload: GpuCommandPayload): void {
		const {queue} = payload;
		if (queue > 1) {
			return;
		}

		const device = this.device(payload.device);
		const open = device.open[queue];
		let key = keyOf(payload, -1);
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
			queue, cpu, start, queued, isIdle, end: null, responses: [], lockWait,
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
			queue: payload.queue ?? latest?.queue ?? -1, thread: '', pid, cpu, function: payload.function, after: latest?.device.commands.length ?? 0, start: time, end: time, isReturned: false, underLock: depth === null ? null : depth > 0, forced: false,
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

	private lockTaken(pid: number, time: number): void {
		const wait = this.waiting.get(pid);
		if (wait === undefined) {
			return;
		}

		wait.end = time;
		this.waits.push(wait);
		this.waiting.delete(pid);
		const run = this.running.get(pid);
		if (run !== undefined) {
			run.lockWait += time - wait.start;
			for (const part of run.parts.values()) {
				part.lockWait += time - wait.start;
			}
		}
	}

	/** Only those that submit are of interest, once they do. */
	private switched(time: number, {previousComm, previousPid, previousState, nextPid}: Extract<Payload, {name: 'sched_switch'}>): void {
		if (previousPid !== 0 && this.latest.has(previousPid)) {
			this.threads.see(previousPid, previousComm);
			if (!previousState.startsWith('R') && this.sleeping.size < mostOpen) {
				this.sleeping.set(previousPid, {
					thread: '', pid: previousPid, start: time, end: time,
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

/** What was chosen of a recording, in the order of time. */
type Chosen = {
	readonly device: DeviceRecording;
	readonly kicks: readonly RecordedKick[];
	readonly irqs: readonly RecordedIrq[];
	readonly runs: readonly RecordedRun[];
	readonly words: RoleWords;
};

/**
What a guest's recording says, put together from its events: commands with their responses,
doorbells, interrupts, runs of the dequeue work, waits for the lock, of one device: the one that was asked for, or the one with
the most commands. Devices and machines are kept apart. Bounded by `mostCommands`.
*/
export class GuestRecording {
	/** ns of the earliest and of the latest event. */
	start = Infinity;
	end = -Infinity;
	private readonly machines = new Map<string, MachineRecording>();
	private readonly asked: string | null;
	private last: MachineRecording | null = null;
	private chosen: Chosen | null = null;

	/** `device`: as `--device` names it. */
	constructor(device: string | null = null) {
		this.asked = device;
	}

	get commands(): readonly RecordedCommand[] {
		return this.choose()?.device.commands ?? [];
	}

	get kicks(): readonly RecordedKick[] {
		return this.choose()?.kicks ?? [];
	}

	get irqs(): readonly RecordedIrq[] {
		return this.choose()?.irqs ?? [];
	}

	get runs(): readonly RecordedRun[] {
		return this.choose()?.runs ?? [];
	}

	get waits(): readonly RecordedWait[] {
		return this.choose()?.device.machine.waits ?? [];
	}

	get sleeps(): readonly RecordedSleep[] {
		return this.choose()?.device.machine.sleeps ?? [];
	}

	/** Responses whose command is not in the recording. */
	get orphans(): number {
		return this.choose()?.device.orphans ?? 0;
	}

	/** Of the machine; -1 where the recording has no CPUs. */
	get highestCpu(): number {
		return this.choose()?.device.machine.highestCpu ?? -1;
	}

	/** Doorbells were recorded, of whatever device. */
	get hasProbes(): boolean {
		return (this.choose()?.device.machine.probes.size ?? 0) > 0;
	}

	/** Names of the probes on doorbells, as the recording has them. */
	get probeNames(): ReadonlySet<string> {
		return new Set([...this.machines.values()].flatMap(({probes}) => [...probes.values()].flatMap(names => [...names])));
	}

	/** The machine that the device is of, as lines name it; usually empty. */
	get machine(): string {
		return this.choose()?.device.machine.name ?? '';
	}

	/** Every device that submits, the busiest first. */
	get devices(): readonly RecordedDevice[] {
		return this.ordered().map(device => ({name: this.nameOf(device), commands: device.commands.length}));
	}

	/** The device that all else is of, as `--device` names it; empty without a command. */
	get device(): string {
		const chosen = this.choose();
		return chosen === null ? '' : this.nameOf(chosen.device);
	}

	/** The roles that were found on the machine of that device, and the device's number; null without a command. */
	get roles(): {readonly machine: MachineRoles; readonly device: number; readonly functions: ReadonlySet<string>} | null {
		const chosen = this.choose();
		return chosen === null ? null : {machine: chosen.device.machine.roles, device: chosen.device.number, functions: new Set(chosen.device.machine.probes.keys())};
	}

	/** What stands for what. */
	get words(): RoleWords {
		return this.choose()?.words ?? {used: [], warnings: []};
	}

	/** Nothing more is kept: the rest of the file need not be read. */
	get isFull(): boolean {
		for (const machine of this.machines.values()) {
			if (machine.irqCount >= 4 * mostCommands || machine.waits.length >= 2 * mostCommands) {
				return true;
			}

			for (const {commands, kicks, runs} of machine.devices.values()) {
				if (commands.length >= mostCommands || kicks.length >= 2 * mostCommands || runs.length >= 2 * mostCommands) {
					return true;
				}
			}
		}

		return false;
	}

	add(event: TraceEvent): void {
		const {time, machine} = event;
		this.start = Math.min(this.start, time);
		this.end = Math.max(this.end, time);
		this.chosen = null;
		if (this.last === null || this.last.name !== machine) {
			this.last = this.machines.get(machine) ?? this.addMachine(machine);
		}

		this.last.add(event);
	}

	private addMachine(name: string): MachineRecording {
		const machine = new MachineRecording(name);
		this.machines.set(name, machine);
		return machine;
	}

	private ordered(): readonly DeviceRecording[] {
		return [...this.machines.values()].flatMap(({devices}) => [...devices.values()]).filter(({commands}) => commands.length > 0)
			.toSorted((a, b) => b.commands.length - a.commands.length || b.kicks.length - a.kicks.length);
	}

	private nameOf({machine, number}: DeviceRecording): string {
		const isPlain = this.machines.size === 1 || [...this.machines.values()].filter(({devices}) => devices.size > 0).length === 1;
		return isPlain || machine.name === '' ? String(number) : `${machine.name}/${number}`;
	}

	private choose(): Chosen | null {
		if (this.chosen !== null) {
			return this.chosen;
		}

		const devices = this.ordered();
		const device = this.asked === null ? devices[0] : devices.find(candidate => this.nameOf(candidate) === this.asked || candidate.machine.name === this.asked);
		this.chosen = device === undefined ? null : chosenOf(device, devices.filter(other => other !== device).map(other => `${this.nameOf(other)} (${other.commands.length} commands)`));
		return this.chosen;
	}
}

function chosenOf(device: DeviceRecording, others: readonly string[]): Chosen {
	const {machine, number, commands} = device;
	const name = (record: {thread: string; readonly pid: number}): void => {
		record.thread = machine.threads.nameOf(record.pid);
	};

	const all = [...machine.strayKicks.filter(({pid}) => device.submitters.has(pid)), ...device.kicks].toSorted((a, b) => a.start - b.start);
	// Virtqueue_notify calls the transport's function: of two probes one counts.
	const kicks = all.some(kick => kick.function !== 'virtqueue_notify') ? all.filter(kick => kick.function !== 'virtqueue_notify') : all;
	for (const list of [commands, kicks, machine.waits, machine.sleeps]) {
		for (const record of list) {
			name(record);
		}
	}

	const empty = machine.emptyRuns.flatMap(({work, run}) => {
		const queue = machine.roles.drains(work, number);
		return queue === null ? [] : [{...run, queue}];
	});
	const runs = [...device.runs, ...empty].toSorted((a, b) => a.start - b.start);
	const lines = new Map<string, number>();
	const irqs = irqsOf(device, lines);
	return {
		device, kicks, irqs, runs, words: roleWords({
			device, kicks, irqs, runs, lines, others,
		}),
	};
}

/** The interrupts of a device's queues; `lines` gets their number by interrupt line. */
function irqsOf({machine, number}: DeviceRecording, lines: Map<string, number>): readonly RecordedIrq[] {
	const irqs: RecordedIrq[] = [];
	const {roles} = machine;
	for (const [line, raws] of machine.irqs) {
		const usual = roles.queueOfLine(line, number);
		if (usual === null) {
			continue;
		}

		const before = irqs.length;
		for (const {cpu, isIdle, entry, exit, isHandled, works: inside} of raws) {
			const drained = (inside ?? []).flatMap(({work, time}) => {
				const queue = roles.drains(work, number);
				return queue === null ? [] : [{queue, time}];
			});
			for (const {queue, time} of drained) {
				irqs.push({
					queue, cpu, isIdle, entry, queued: time, exit,
				});
			}

			// A line that several devices share asks each of them.
			if (drained.length === 0 && isHandled) {
				irqs.push({
					queue: usual, cpu, isIdle, entry, queued: null, exit,
				});
			}
		}

		if (irqs.length > before) {
			lines.set(`irq ${line.irq} (${line.action})`, irqs.length - before);
		}
	}

	return irqs.toSorted((a, b) => a.entry - b.entry);
}

type Parts = {readonly device: DeviceRecording; readonly kicks: readonly RecordedKick[]; readonly irqs: readonly RecordedIrq[]; readonly runs: readonly RecordedRun[]; readonly lines: ReadonlyMap<string, number>; readonly others: readonly string[]};

function roleWords({device, kicks, irqs, runs, lines, others}: Parts): RoleWords {
	const {machine, number} = device;
	const used: string[] = [];
	const warnings: string[] = [];
	const from = machine.name === '' ? '' : ` of ${machine.name}`;
	if (others.length > 0) {
		used.push(`device: virtio${number} (vdev=${number})${from}, the ${device.commands.length} commands of which are used; also in the recording: ${others.join(', ')}: --device NAME picks one`);
	}

	for (const [name, names] of machine.probes) {
		const own = kicks.filter(kick => kick.function === name);
		if (own.length > 0) {
			used.push(`doorbells: ${own.length} of ${name}, by ${[...names].join(' and ')}, ${own.filter(({isReturned}) => isReturned).length} with their return`);
		} else {
			used.push(`seen, not used: a probe on ${name} (${[...names].join(', ')}), which rings for other devices or is inside another probe`);
		}
	}

	if (irqs.length > 0) {
		used.push(`interrupts: ${[...lines].map(([line, count]) => `${count} of ${line}`).join(', ')}`);
	}

	const functions = new Set([...machine.roles.works.values()].filter(work => machine.roles.drains(work, number) !== null).map(work => work.function === '' ? 'a work without a name' : work.function));
	if (runs.length > 0) {
		used.push(`worker: ${runs.length} runs of ${[...functions].join(', ')}`);
	}

	if (kicks.length > 0 && kicks.every(({isReturned}) => !isReturned)) {
		warnings.push('the doorbells have no return in the recording: what they cost is left at its defaults; probe the return as well (r:notify_out vp_notify, perf probe vp_notify%return)');
	}

	return {used, warnings};
}

/** What a response finds its command by: seqno; up to Linux 6.2 the fence, else the order. */
export function keyOf({seqno, fence}: GpuCommandPayload, ordinal: number): number {
	if (seqno !== null) {
		return seqno;
	}

	// Below 0: fences; fractions: commands without one.
	return fence === 0 ? ordinal + 0.5 : -1 - fence;
}

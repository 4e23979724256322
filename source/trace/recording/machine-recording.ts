import {type GpuCommandPayload, type Payload, type TraceEvent} from '../reader/trace-event.js';
import {MachineRoles, threadOf} from '../roles/machine-roles.js';
import {ThreadNames} from '../roles/thread-names.js';
import {commandKey} from './command-key.js';
import {DoorbellCalls} from './doorbell-calls.js';
import {LockWaits} from './lock-waits.js';
import {
	mostCommands,
	type RecordedCommand,
	type RecordedKick,
	type RecordedRun,
	type RecordedSleep,
} from './recorded.js';
import {WorkRuns} from './work-runs.js';

/** Threads that sleep meanwhile; more are a sign of lost events. */
const mostOpen = 50_000;

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
	/** Doorbells of threads that had not submitted anything yet. */
	readonly strayKicks: RecordedKick[] = [];
	readonly lockWaits = new LockWaits();
	readonly doorbells = new DoorbellCalls();
	readonly works = new WorkRuns(this.roles, this.threads);
	readonly sleeps: RecordedSleep[] = [];
	highestCpu = -1;
	readonly name: string;
	private readonly sleeping = new Map<number, RecordedSleep>();
	private readonly latest = new Map<number, {readonly device: DeviceRecording; readonly queue: number}>();

	constructor(name: string) {
		this.name = name;
	}

	add(event: TraceEvent): void {
		const {payload, time, cpu} = event;
		this.highestCpu = Math.max(this.highestCpu, cpu);
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
				this.doorbells.returned(event, payload);
				break;
			}

			case 'qlock_wait_begin': {
				this.threads.see(event.pid, event.comm);
				this.lockWaits.marked({pid: event.pid, time}, payload);
				break;
			}

			case 'qlock_wait_end': {
				this.works.waited(event.pid, this.lockWaits.taken(event.pid, time));
				break;
			}

			case 'contention_begin': {
				this.contended(event, payload.flags);
				break;
			}

			case 'contention_end': {
				this.works.waited(threadOf(event), this.lockWaits.contentionEnded(threadOf(event), time));
				break;
			}

			case 'sched_switch': {
				this.switched(time, payload);
				break;
			}

			default: {
				this.works.add(event);
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
		const run = this.works.runOf(threadOf(event));
		const part = run === undefined ? undefined : this.works.partOf(run, device, queue);
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

	private rang(event: TraceEvent, payload: Extract<Payload, {name: 'notify_in'}>): void {
		const {pid, comm} = event;
		const {device, queue = -1} = this.latest.get(pid) ?? {};
		this.threads.see(pid, comm);
		const kick = this.doorbells.rang(event, payload, {queue, after: device?.commands.length ?? 0});
		(device?.kicks ?? this.strayKicks).push(kick);
	}

	/** Without the driver's marks: a spinlock that a worker or a submitter finds taken. */
	private contended(event: TraceEvent, flags: string): void {
		const thread = threadOf(event);
		const {pid, comm, time} = event;
		const run = this.works.runOf(thread);
		if (flags.split('|').includes('SPIN') && (run !== undefined || this.latest.has(pid))) {
			this.threads.see(pid, comm);
			this.lockWaits.contended(thread, {pid, work: run?.work ?? null, time});
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
		} else if (this.works.runOf(previousPid) !== undefined) {
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

import {type TraceEvent} from '../reader/trace-event.js';
import {type MachineRoles} from '../roles/machine-roles.js';
import {type ChosenDevice, chosenDevice, type RoleWords} from './chosen-device.js';
import {type DeviceRecording, MachineRecording} from './machine-recording.js';
import {
	mostCommands,
	type RecordedCommand,
	type RecordedIrq,
	type RecordedKick,
	type RecordedRun,
	type RecordedSleep,
	type RecordedWait,
} from './recorded.js';

export {
	type RecordedCommand,
	type RecordedIrq,
	type RecordedKick,
	type RecordedRun,
	type RecordedSleep,
	type RecordedWait,
} from './recorded.js';

/** A device of a recording that submits commands. */
export type RecordedDevice = {
	/** What `--device` calls it: the kernel's number, after the machine where there are several. */
	readonly name: string;
	readonly commands: number;
};

/**
What a guest's recording says, put together from its events: commands with their
responses, doorbells, interrupts, runs of the dequeue work, waits for the lock, of one
device: the one that was asked for, or the one with the most commands. Devices and
machines are kept apart. Bounded by `mostCommands`.
*/
export class GuestRecording {
	/** ns of the earliest and of the latest event. */
	start = Infinity;
	end = -Infinity;
	private readonly machines = new Map<string, MachineRecording>();
	private readonly asked: string | null;
	private last: MachineRecording | null = null;
	private chosen: ChosenDevice | null = null;

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
		return this.choose()?.waits ?? [];
	}

	/** It has waits for locks: the driver's own marks of qlock, or else contention events. */
	get hasWaits(): boolean {
		const chosen = this.choose();
		return chosen !== null && (chosen.device.machine.lockWaits.hasMarks || chosen.waits.length > 0);
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
		return (this.choose()?.device.machine.doorbells.probes.size ?? 0) > 0;
	}

	/** Names of the probes on doorbells, as the recording has them. */
	get probeNames(): ReadonlySet<string> {
		return new Set(
			[...this.machines.values()].flatMap(({doorbells}) =>
				[...doorbells.probes.values()].flatMap(names => [...names]),
			),
		);
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

	/**
	The roles that were found on the machine of that device, and the device's
	number; null without a command.
	*/
	get roles(): {
		readonly machine: MachineRoles;
		readonly device: number;
		readonly functions: ReadonlySet<string>;
	} | null {
		const chosen = this.choose();
		return chosen === null
			? null
			: {
					machine: chosen.device.machine.roles,
					device: chosen.device.number,
					functions: new Set(chosen.device.machine.doorbells.probes.keys()),
				};
	}

	/** What stands for what. */
	get words(): RoleWords {
		return this.choose()?.words ?? {used: [], warnings: []};
	}

	/** Nothing more is kept: the rest of the file need not be read. */
	get isFull(): boolean {
		for (const machine of this.machines.values()) {
			if (machine.works.irqCount >= 4 * mostCommands || machine.lockWaits.waits.length >= 2 * mostCommands) {
				return true;
			}

			for (const {commands, kicks, runs} of machine.devices.values()) {
				if (
					commands.length >= mostCommands ||
					kicks.length >= 2 * mostCommands ||
					runs.length >= 2 * mostCommands
				) {
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
		if (this.last?.name !== machine) {
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
		return [...this.machines.values()]
			.flatMap(({devices}) => [...devices.values()])
			.filter(({commands}) => commands.length > 0)
			.toSorted((a, b) => b.commands.length - a.commands.length || b.kicks.length - a.kicks.length);
	}

	private nameOf({machine, number}: DeviceRecording): string {
		const isPlain =
			this.machines.size === 1 ||
			[...this.machines.values()].filter(({devices}) => devices.size > 0).length === 1;
		return isPlain || machine.name === '' ? String(number) : `${machine.name}/${number}`;
	}

	private choose(): ChosenDevice | null {
		if (this.chosen !== null) {
			return this.chosen;
		}

		const devices = this.ordered();
		const device =
			this.asked === null
				? devices[0]
				: devices.find(
						candidate => this.nameOf(candidate) === this.asked || candidate.machine.name === this.asked,
					);
		this.chosen =
			device === undefined
				? null
				: chosenDevice(
						device,
						devices
							.filter(other => other !== device)
							.map(other => `${this.nameOf(other)} (${other.commands.length} commands)`),
					);
		return this.chosen;
	}
}

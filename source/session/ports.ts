import {type ParameterValue} from '../parameters/configuration.js';
import {type Configuration} from '../simulation/configuration.js';
import {type Metrics} from '../metrics/metrics.js';
import {type PresentSource} from '../metrics/present.js';
import {type StallKind} from '../simulation/stall.js';
import {type Moment} from '../export/run-past.js';

/** What is shown of a stall; `Stall` has it all. */
export type StallPort = {
	readonly queue: number;
	readonly kind: StallKind;
	readonly unpopped: number;
	readonly unreaped: number;
	/** Slots that a command wants for ever. */
	readonly slots: number;
	/** Segments of a chain that broke the device, and how many it takes; else 0. */
	readonly chain: number;
	readonly longestChain: number;
};

/** What a session asks of a simulation; `Simulation` has it all. */
export type SimulationPort = {
	/** Simulated time, ns. */
	readonly now: number;
	/** Events so far. */
	readonly events: number;
	readonly configuration: Configuration;
	/** All events before `time`, `budget` of them at most; true when `time` was reached. */
	runUntil(time: number, budget: number): boolean;
	/** Exactly one event; false when there is none. */
	step(): boolean;
	/** Acts at `now`. Throws `UserError` when refused. */
	apply(set: Readonly<Record<string, ParameterValue>>): 'next-use' | 'reset';
	/** Work in a ring and both sides asleep for ever, or null. */
	stall(): StallPort | null;
	eventHash(): string;
};

/** The last complete windows of a run, numbered from the start. */
export type WindowsPort = {
	readonly first: number;
	readonly end: number;
	startOf(index: number): number;
	metrics(from: number, to: number): Metrics;
	value(path: string, from: number, to: number): number | null;
};

/** What a session asks of a recorder; `Recorder` has it all. */
export type RecorderPort = PresentSource & {
	readonly windows: WindowsPort;
	/** Commands answered since the last restart. */
	readonly answered: number;
	/** When the last restart was, ns. */
	readonly since: number;
	restart(): void;
	metrics(): Metrics;
	/** Closes the windows that end at or before `time`. */
	advance(time: number): void;
};

/** What a session asks of a run's past; `RunPast` has it all. */
export type PastPort = {
	/** Remembers this moment when it is time to; so many changes have acted. */
	keep(changes: number): void;
	/** The last moment before a time (ns). */
	before(time: number): Moment | undefined;
};

/** A simulation with the recorder that watches it. */
export type LiveRun = {
	readonly simulation: SimulationPort;
	readonly recorder: RecorderPort;
	/** Without it an export runs from the start. */
	readonly past?: PastPort;
};

export type StartRun = (configuration: Configuration, seed: number) => LiveRun;

/** A preset as the picker lists it. */
export type PresetSummary = {
	readonly name: string;
	readonly title: string;
	readonly theme: string;
	readonly source: string;
	readonly story: string;
	readonly try: readonly string[];
};

/** A preset ready to run. */
export type SessionPreset = PresetSummary & {
	/** As it was given: a name or a path. */
	readonly reference: string;
	readonly configuration: Configuration;
};

/** Where exports go; over what is there only when the user asked for that. Both throw `UserError`. */
export type ExportFiles = {
	/** Says before the work that a name is taken or can not be written. */
	refuse(path: string): void;
	/** Writes a whole file or nothing. */
	write(path: string, text: string): void;
};

/** Where presets come from and go to. All throw `UserError`. */
export type PresetShelf = {
	list(): readonly PresetSummary[];
	load(name: string): SessionPreset;
	/** Writes a preset file, whole or not at all; over what is there only when the user asked for that. */
	save(path: string, preset: SessionPreset, configuration: Configuration): void;
};

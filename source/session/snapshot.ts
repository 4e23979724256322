import {type Severity} from '../diagnosis/finding.js';
import {type Figure} from '../metrics/metrics.js';
import {type NoHelp} from '../diagnosis/no-help.js';
import {type ChangeEffect, type FigureEffect} from './before/effect.js';
import {type LifeReading} from './life-reading.js';
import {type LockStrip} from './lock-cycle/lock-strip.js';
import {type ListOrder, type ParameterRow} from './parameter-list.js';

/** Rates of a queue in the live window; null is not defined. */
export type QueueReading = {
	readonly name: string;
	readonly size: number;
	readonly free: number | null;
	readonly inFlight: number | null;
	readonly perSecond: number | null;
	readonly kicksPerCommand: number | null;
	readonly irqsPerCommand: number | null;
	readonly fullPerSecond: number | null;
};

/** Shares of a vCPU's time, 0 to 1, by the states that the metrics have. */
export type VcpuReading = Readonly<Record<string, number>>;

export type StageReading = {
	readonly name: string;
	/** us. */
	readonly mean: number;
	readonly share: number;
};

/**
What the panels write as numbers. Rates and shares: live window; latency: since the last change.
*/
export type Readings = {
	/** By its path what the frames of charts say. */
	readonly figures: Readonly<Record<string, Figure>>;
	readonly queues: readonly QueueReading[];
	readonly lock: {
		readonly acquisitions: number | null;
		/** Share of the acquisitions. */
		readonly contended: number | null;
		/** ms/s. */
		readonly spinWorker: number | null;
		readonly spinSubmitter: number | null;
		/** A second. */
		readonly waits: number | null;
	};
	readonly vcpus: readonly VcpuReading[];
	/** On-CPU share of the main loop. */
	readonly mainLoop: number | null;
	readonly stages: readonly StageReading[];
	/** us. */
	readonly latency: {
		readonly mean: number | null;
		readonly p50: number | null;
		readonly p90: number | null;
		readonly p99: number | null;
	};
	/** Commands since the last change. */
	readonly commands: number;
	/** Their lives; null: not known. */
	readonly life: LifeReading | null;
};

/** Lines of a chart, oldest value first; a value a column. */
export type ChartReading = {
	readonly lines: ReadonlyArray<ReadonlyArray<number | null>>;
};

export type ChartReadings = {
	/** Simulated length of a column, ns. */
	readonly column: number;
	/** By the path of the metric that it is of. */
	readonly charts: Readonly<Record<string, ChartReading>>;
	/** By the path of a metric with a least value that of each column. */
	readonly lows: Readonly<Record<string, ReadonlyArray<number | null>>>;
	/** Changes by age in columns. */
	readonly marks: ReadonlyArray<{readonly age: number; readonly at: number}>;
};

/** A sentence of the verdict or advice row, long and short. */
export type Sentence = {
	readonly id: string;
	readonly text: string;
	readonly short: string;
};

/** The sentence of the verdict, and what the user is to think of it. */
export type VerdictSentence = Sentence & {readonly severity: Severity};

/** What would help, and the settings that do it. */
export type Advice = Sentence & {readonly set: Readonly<Record<string, string | number | boolean>>};

/** What the last change left behind, until the next one. */
export type BeforeReading = {
	/** Simulated time of the change, ns. */
	readonly at: number;
	readonly readings: Readings;
	readonly effects: readonly FigureEffect[];
	readonly isSameRun: boolean;
	/** The cycle of the lock as it was. */
	readonly lock: LockStrip | null;
};

/** Frames of the first paced client, over the live window. */
export type FrameReading = {
	readonly client: string;
	/** A second. */
	readonly asked: number;
	readonly shown: number | null;
	readonly missed: number | null;
	/** p99 of a frame's time since the last change, us. */
	readonly p99: number | null;
	/** Frames shown and missed a second, by column. */
	readonly rate: ReadonlyArray<number | null>;
	readonly misses: ReadonlyArray<number | null>;
};

/** The picture beside the four charts. */
export type ExtraPicture = 'lock' | 'frames' | 'none';

/** All that the overview shows, as plain data. */
export type OverviewSnapshot = {
	readonly preset: string;
	/** `qemu 2d, kvm`. */
	readonly machine: string;
	/** Who serves the device: `main loop`, `gpu worker` … */
	readonly server: string;
	readonly seed: number;
	/** `A`; with a rival `A|B`, what is seen and changed last. */
	readonly sides: string;
	/** The vCPU that takes the device's interrupts. */
	readonly irqVcpu: number;
	/**
	`history`: its past is looked at; `searching`: it goes as fast as it can
	to a place that was asked for.
	*/
	readonly state: 'running' | 'paused' | 'stalled' | 'history' | 'searching';
	/** How far the run has gone, ns, while its past is looked at. */
	readonly present?: number | undefined;
	readonly speed: string;
	/** Simulated time, ns. */
	readonly time: number;
	/** The clock needs six decimals: 1:1000 and slower, or stepping. */
	readonly fine: boolean;
	/** Length of the live window, ns. */
	readonly window: number;
	/** The live window holds enough commands. */
	readonly settled: boolean;
	/** The run stands still: readings are of this moment, but for latency and stages. */
	readonly isNow: boolean;
	readonly ringSize: number;
	readonly parameters: readonly ParameterRow[];
	readonly order: ListOrder;
	readonly selected: string;
	/** What the list is filtered by; undefined without a filter. */
	readonly filter: string | undefined;
	/** The filter is being typed. */
	readonly filtering: boolean;
	readonly readings: Readings;
	readonly charts: ChartReadings;
	readonly verdict: VerdictSentence | null;
	readonly advice: Advice | null;
	/** What would change nothing, what is asked for most first. */
	readonly noHelp: readonly NoHelp[];
	/** What somebody asked of the preset, and what the run answers now. */
	readonly question: {readonly title: string; readonly text: string; readonly answer: string} | null;
	/** Last changes, newest first. */
	readonly changes: ReadonlyArray<ChangeEffect & {readonly text: string}>;
	/** Changes that will be made at their times (ns), the next first. */
	readonly planned: ReadonlyArray<{readonly at: number; readonly text: string}>;
	readonly before: BeforeReading | null;
	readonly extra: ExtraPicture;
	readonly lock: LockStrip | null;
	/** Waits for the lock a second, in the live window. */
	readonly lockWaits: number | null;
	readonly frames: FrameReading | null;
	/** The speed that the machine keeps up with, when it is not the one asked for. */
	readonly achieved: string | null;
	/** Id of the panel that has the focus, and whether it has the whole body. */
	readonly panel: string;
	readonly isZoomed: boolean;
};

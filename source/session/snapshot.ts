import {type Severity} from '../diagnosis/finding.js';
import {type Figure} from '../metrics/metrics.js';
import {type ParameterRow} from './parameter-list.js';

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

/** What the panels write as numbers. Rates and shares: live window; latency: since the last change. */
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

/** All that the overview shows, as plain data. */
export type OverviewSnapshot = {
	readonly preset: string;
	/** `qemu 2d, kvm`. */
	readonly machine: string;
	/** Who serves the device: `main loop`, `gpu worker` … */
	readonly server: string;
	readonly seed: number;
	/** The vCPU that takes the device's interrupts. */
	readonly irqVcpu: number;
	readonly state: 'running' | 'paused' | 'stalled';
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
	readonly selected: string;
	/** What the list is filtered by; undefined without a filter. */
	readonly filter: string | undefined;
	/** The filter is being typed. */
	readonly filtering: boolean;
	readonly readings: Readings;
	readonly charts: ChartReadings;
	readonly verdict: VerdictSentence | null;
	readonly advice: Sentence | null;
	/** Last changes, newest first. */
	readonly changes: ReadonlyArray<{readonly at: number; readonly text: string}>;
};

import {type Metrics} from '../metrics/metrics.js';
import {type schema} from '../version.js';
import {type StallWords, type Verdict} from '../diagnosis/finding.js';
import {type AdviceDocument} from './advice-document.js';
import {type WrittenStretch} from './stretch.js';

/** A value as presets write it: durations and distributions are text with units. */
export type WrittenValue = number | boolean | string;

/** A change of parameters while the run goes on; seconds of simulated time. */
export type WrittenChange = {readonly at: number; readonly set: Readonly<Record<string, WrittenValue>>};

/** Why nothing happens any more: work is in the ring and both sides sleep. */
export type WrittenStall = StallWords;

/**
A window of the time series: `t` is its start and `window` its length, s; its
metrics have the paths of the totals.
*/
export type WindowRow = {
	readonly t: number;
	readonly window: number;
	readonly metrics: object;
	readonly changes: readonly WrittenChange[];
	/**
	Number of the stretch that it lies in, from 1; null across a change. Only in runs with changes.
	*/
	readonly stretch?: number | null;
};

/** The run that was expected, and whether this is the same: event for event. */
export type ExpectReport = {
	readonly eventHash: string;
	/** The version that made it; null when nobody said so. */
	readonly vqlab: string | null;
	readonly same: boolean;
	/** For people: one line. */
	readonly text: string;
};

/**
All that a run has to tell, in the order and the units of the JSON (docs/contract.md, section 6).
The formats of this folder are functions of it.
*/
export type RunReport = {
	readonly schema: typeof schema;
	readonly vqlab: string;
	readonly node: string;
	readonly preset: string;
	readonly parametersHash: string;
	readonly eventHash: string;
	/** The event hash after each 2^16 events. */
	readonly hashes: readonly string[];
	readonly seed: number;
	readonly parameters: Readonly<Record<string, WrittenValue>>;
	readonly clients: readonly unknown[];
	readonly faults: readonly unknown[];
	readonly changes: readonly WrittenChange[];
	readonly warmupSeconds: number;
	readonly simulatedSeconds: number;
	readonly wallSeconds: number;
	readonly events: number;
	readonly end: 'duration' | 'stall' | 'budget' | 'interrupted';
	readonly unfinished: number;
	/** Of the whole measured time. */
	readonly metrics: Metrics;
	/** The measured time cut at the changes; none without changes. */
	readonly stretches: readonly WrittenStretch[];
	/** Of the last stretch. */
	readonly verdict: Verdict;
	/** What would help against it, when that was asked for. */
	readonly advice?: Pick<AdviceDocument, 'advice' | 'noEffect'>;
	readonly stall: WrittenStall | null;
	/** What `--expect` found. */
	readonly expect?: ExpectReport;
};

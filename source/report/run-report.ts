import {type Metrics} from '../metrics/metrics.js';
import {type StallWords, type Verdict} from './finding.js';

/** A value as presets write it: durations and distributions are text with units. */
export type WrittenValue = number | boolean | string;

/** A change of parameters while the run goes on; seconds of simulated time. */
export type WrittenChange = {readonly at: number; readonly set: Readonly<Record<string, WrittenValue>>};

/** Why nothing happens any more: work is in the ring and both sides sleep. */
export type WrittenStall = StallWords;

/** A window of the time series: `t` is its start and `window` its length, s; its metrics have the paths of the totals. */
export type WindowRow = {
	readonly t: number;
	readonly window: number;
	readonly metrics: object;
	readonly changes: readonly WrittenChange[];
};

/**
All that a run has to tell, in the order and the units of the JSON (contract.md section 6).
The formats of this folder are functions of it.
*/
export type RunReport = {
	readonly schema: 1;
	readonly vqlab: string;
	readonly node: string;
	readonly preset: string;
	readonly parametersHash: string;
	readonly eventHash: string;
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
	readonly metrics: Metrics;
	readonly verdict: Verdict;
	readonly stall: WrittenStall | null;
};

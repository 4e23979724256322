import {type VerdictName} from '../metrics/verdict-names.js';

/** A figure that a verdict rests on, in the unit of the JSON. */
export type Evidence = {readonly metric: string; readonly value: number; readonly text: string};

/** The parameters that would take the bottleneck away, in the form of a preset, and why. */
export type Suggestion = {readonly set: Readonly<Record<string, string | number | boolean>>; readonly why: string};

/** Why nothing happens any more: a kind of stall, and a sentence. */
export type StallWords = {readonly kind: string; readonly text: string};

/**
A function that may sleep, called with a spinlock held: who did so first, when (s), and how often.
*/
export type AtomicSleepWords = {
	readonly site: string;
	readonly lock: string;
	readonly who: string;
	readonly at: number;
	readonly count: number;
};

/** What a rule finds in a run. */
export type Finding = {
	readonly bottleneck: VerdictName;
	/** One sentence with its numbers; at most 118 cells with the name before it. */
	readonly text: string;
	/** The same for 80 columns. */
	readonly short: string;
	readonly evidence: readonly Evidence[];
	readonly suggestion: Suggestion | null;
};

/** `problem`: a user would complain; `notice`: something is wasted or used up; `ok`: nothing is. */
export type Severity = 'ok' | 'notice' | 'problem';

/** What limits a run, wastes its time, or went wrong in it. */
export type Verdict = Finding & {
	readonly severity: Severity;
	/**
	Commands a second that clients ask for (skipped, refused and lost
	ones included), and those done.
	*/
	readonly asked: number;
	readonly done: number;
	/** Commands without a response that are older at the end than 10 x the median response. */
	readonly unfinished: number;
	/**
	What a user would complain of besides, and what bounds throughput when the
	bottleneck is a waste that does not.
	*/
	readonly also: readonly Finding[];
};

import {type AdviceDocument} from '../report/advice-document.js';
import {type Configuration} from '../simulation/configuration.js';

/** What advice is asked on: a run as it is set. */
export type AdviceQuestion = {readonly configuration: Configuration; readonly preset: string};

/** Advice that is being computed, elsewhere: it is looked at, and never waits for whoever looks. */
export type AdviceJob = {
	/** How far it is, 0 to 1. */
	readonly progress: number;
	/** Undefined until it is there. */
	readonly document: AdviceDocument | undefined;
	/** Why there will be none. */
	readonly failure: string | undefined;
	/** Settles with either of them, or when it was cancelled; never rejects. */
	readonly done: Promise<void>;
	/** Stops it at once. */
	cancel(): void;
};

/** Who computes advice while a run goes on. */
export type Adviser = {begin(question: AdviceQuestion): AdviceJob};

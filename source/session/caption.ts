import {type NoHelp} from '../diagnosis/no-help.js';
import {type RecordingSnapshot} from './recording/recording-snapshot.js';
import {type OverviewSnapshot, type QueueReading, type Sentence, type VerdictSentence} from './snapshot.js';

/** What the fixed rows of a screen say of a subject, whatever the view. */
export type Caption = {
	readonly name: string;
	/** What is said of it after its name; the last ones go first when narrow. */
	readonly about: readonly string[];
	/** The right end of the first row. */
	readonly state: string;
	/** Nothing about the state is out of the ordinary. */
	readonly isCalm: boolean;
	/** What the numbers are of; the first ones go first when narrow. */
	readonly numbers: readonly string[];
	/** What somebody asked, and what is answered; they go before the numbers, the answer first. */
	readonly question?: {readonly title: string; readonly text: string; readonly answer: string} | null;
	/** Null: it is not known yet. */
	readonly verdict: VerdictSentence | null;
	/** There are commands enough, and the verdict waits for a longer stretch of the run. */
	readonly isCounted?: boolean;
	readonly advice: Sentence | null;
	/** The key that applies the advice is worth a word. */
	readonly canApply?: boolean;
	/** What would change nothing, each with the fact that says so. */
	readonly noHelp?: readonly NoHelp[];
	/** The last numbers, for a screen that is too small for a view. */
	readonly brief: readonly string[];
	/** The command that needs no screen. */
	readonly otherwise: string;
};

/** All that a screen shows of a subject at a moment, as plain data. */
export type Snapshot = {
	readonly caption: Caption;
	/** Rows of the table of queues. */
	readonly queues: readonly QueueReading[];
	/** Where it changes the axes of the charts begin anew. */
	readonly axes: unknown;
	/** Of a live run. */
	readonly run?: OverviewSnapshot;
	/** Of a recording. */
	readonly recording?: RecordingSnapshot;
};

import {type CompareRow} from '../compare/comparison.js';
import {type Candidate} from './candidates.js';
import {type Constraint, type Effect} from './goal.js';

/** A change with its predicted effect. */
export type Advice = Candidate & {
	readonly effect: Effect;
	/** Of the goal, the constraints and what else is shown. */
	readonly rows: readonly CompareRow[];
	readonly constraints: ReadonlyArray<Constraint & {readonly holds: 'yes' | 'no' | 'undecided'}>;
	readonly pairs: number;
	/**
	The goal in runs that begin with the change, where these come to another state than runs in
	which it is made on the way; null where both come to the same, and where there is one way only.
	*/
	readonly fromStart: CompareRow | null;
	/** Every pair is the same run, event by event. */
	readonly same: boolean;
};

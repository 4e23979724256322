import {type Change} from '../parameters/configuration.js';

/** What was done to a run: parameters set, or without `set` its instruments cut. */
export type Act = {
	/**
	Simulated time, ns: before the events at that time, or in the midst of them,
	after so many `events` of the run.
	*/
	readonly at: number;
	readonly events?: number;
	readonly set?: Change['set'];
};

/**
A place in a run: all events before a time (ns), so many events in
all, and so many of its acts done.
*/
export type RunPoint = {
	readonly time: number;
	readonly events: number;
	readonly acts: number;
};

/** The changes among acts. */
export function changesOf(acts: readonly Act[]): Change[] {
	return acts.flatMap(({at, set}) => (set === undefined ? [] : [{at, set}]));
}

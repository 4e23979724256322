import {type StageName} from '../../metrics/metric-names.js';
import {type Configuration} from '../../simulation/configuration.js';
import {type StallKind} from '../../simulation/stall.js';

/** Two runs of one seed that are to be told apart. Plain data, so that a worker can be asked. */
export type DiffTask = {
	readonly sides: readonly [Configuration, Configuration];
	readonly seed: number;
	/** Simulated time of both, warm-up included, ns. */
	readonly end: number;
	/** Events of a run at most. */
	readonly budget: number;
	/** Side a with one of the keys of side b each, where the sides differ in several. */
	readonly alone: ReadonlyArray<{readonly key: string; readonly configuration: Configuration}>;
};

/** An event of one side: its kind by name, its numbers, and when it happens, s. */
export type SideEvent = {
	readonly kind: string;
	readonly actor: number;
	readonly argument: number;
	readonly time: number;
};

/**
Where two runs part: after `index` events that are the same, at a time in s. A side
whose run is over has no event.
*/
export type FirstDifference = {
	readonly index: number;
	readonly time: number;
	readonly a: SideEvent | null;
	readonly b: SideEvent | null;
};

/** What happened at a time, s; on one side where both differ. */
export type Link = {readonly time: number; readonly what: string};

/** A command that the difference is felt by. Times in us; null: it has no response on that side. */
export type Felt = {
	readonly command: string;
	/** Where most of the difference is; null when it has no response on one side. */
	readonly stage: StageName | null;
	/** In that stage. */
	readonly a: number | null;
	readonly b: number | null;
	readonly latency: {readonly a: number | null; readonly b: number | null};
	/** The slowest share of the commands of the side on which it is slower that it belongs to. */
	readonly slowest: number;
};

/** What came of a `DiffTask`. */
export type Difference = {
	/** Events of both, up to the end or the budget. */
	readonly events: readonly [number, number];
	readonly eventHash: readonly [string, string];
	/** Null when no event differs. */
	readonly first: FirstDifference | null;
	/**
	Of the keys that were tried alone, the one that makes the same first
	difference; null when none does.
	*/
	readonly causeKey: string | null;
	/** Keys that part the runs later or never when set alone. */
	readonly later: readonly string[];
	readonly chain: readonly Link[];
	readonly felt: Felt | null;
	/** What keeps a side from going on, where it stalls. */
	readonly stalls: readonly [StallKind | null, StallKind | null];
};

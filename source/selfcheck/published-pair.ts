import {type Metrics} from '../metrics/metrics.js';
import {type ClientSpec} from '../parameters/configuration.js';
import {type GivenParameters} from '../simulation/parameters/resolve.js';

/**
Before and after a change, as somebody published it, and the preset that stands for it. Times in ns.
*/
export type PublishedPair = {
	/** The scenario's letter and number, and what tells it from others of the same one. */
	readonly id: string;
	/** Its file says the source, and in its story which costs were fitted on `before`. */
	readonly preset: string;
	readonly quantity: string;
	/** Null where only the ratio was published. */
	readonly published: {readonly before: number | null; readonly after: number | null};
	/** after / before, as published. */
	readonly ratio: number;
	/**
	What the predicted ratio must lie in. One that contains 1 proves nothing and does not count.
	*/
	readonly band: readonly [number, number];
	/** What was changed. */
	readonly change: GivenParameters;
	/**
	On top of the preset for both runs, when the preset shows the state
	after, or a part of the curve.
	*/
	readonly settings?: GivenParameters;
	/** The same for every client. */
	readonly client?: Partial<Pick<ClientSpec, 'threads' | 'hz'>>;
	/** In the unit of `quantity`. */
	readonly figure: (metrics: Metrics) => number;
	readonly duration: number;
	/** The published figure before was used to fit a cost: the model must meet it within 10 %. */
	readonly fitted: boolean;
};

/** A published pair that this model misses or cannot stand for, and why. */
export type Unrepresented = {
	readonly id: string;
	readonly published: string;
	readonly source: string;
	readonly reason: string;
};

/** Whether a band tells the change from no change at all. */
export function counts({band}: Pick<PublishedPair, 'band'>): boolean {
	return band[0] > 1 || band[1] < 1;
}

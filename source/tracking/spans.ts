import {type Hold, type Ring, type Wait} from './excerpt.js';

/** Of an excerpt in grains: the longest waits and the slowest commands that are kept at least. */
export const mostInGrains = 500;

/** What lasts, as it ends. */
export type Spans = {readonly waits: Wait[]; readonly holds: Hold[]; readonly rings: Ring[]};

/** The first ones of a list in an order, cut now and then. */
export function keep<Entry>(list: Entry[], order: (a: Entry, b: Entry) => number): void {
	if (list.length > 2 * mostInGrains) {
		list.sort(order);
		list.length = mostInGrains;
	}
}

import {type Blame, blameChain} from '../../tracking/culprit.js';
import {type CommandLife, type Excerpt, type Wait} from '../../tracking/excerpt.js';

const same = (a: Wait, b: Wait): boolean => a.resource === b.resource && a.actor === b.actor && a.start === b.start;

/** The chain of blame of a wait in an excerpt; empty where it has no such wait. */
export function chainOf(excerpt: Excerpt, wait: Wait): readonly Blame[] {
	const known = excerpt.waits.find(other => same(other, wait));
	return known === undefined ? [] : blameChain(excerpt, known);
}

/**
The command that the first of a chain rings for: it was published while that one held the lock.
*/
export function lifeOfCulprit({commands}: Excerpt, chain: readonly Blame[]): CommandLife | undefined {
	const hold = chain[0]?.hold;
	return hold === undefined
		? undefined
		: commands.find(
				({thread, published}) => thread === hold.actor && published >= hold.start && published <= hold.end,
			);
}

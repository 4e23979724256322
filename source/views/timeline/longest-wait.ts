import {type Excerpt, type Wait} from '../../tracking/excerpt.js';

const lengthOf = ({start, end}: Wait): number => end - start;

/**
The longest wait for a qlock that is over, else for room, else for the
BQL; else one that is not over.
*/
export function longestLockWait({waits, resources}: Excerpt): Wait | undefined {
	for (const kind of ['qlock', 'room', 'bql'] as const) {
		const own = waits.filter(
			({resource, isOpen}) => !isOpen && (resource < 0 ? kind === 'room' : resources[resource].kind === kind),
		);
		const longest = own.toSorted((a, b) => lengthOf(b) - lengthOf(a) || a.start - b.start)[0];
		if (longest !== undefined) {
			return longest;
		}
	}

	// Of those that are not over the one that began first keeps all others waiting.
	return waits
		.filter(({resource, isOpen}) => isOpen && (resource < 0 || resources[resource].kind !== 'cpu'))
		.toSorted((a, b) => a.start - b.start)[0];
}

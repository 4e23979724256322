import {type TrackState} from './excerpt.js';

/**
A spin, an interrupt or a held lock is seen from this share of a cell on, whatever else it holds.
*/
const seen = 0.1;

/** What is in a cell, and for how long, ns. */
export type CellPart = {readonly state: TrackState; readonly actor: number; time: number};

/**
What stands for a stretch of a track: the state with most of the time, but a spin, an interrupt or a
lock that is held for a tenth of it or more wins, in this order. `length`: of the cell, ns.
*/
export function cellState(parts: readonly CellPart[], length: number): CellPart | undefined {
	let most: CellPart | undefined;
	let spin: CellPart | undefined;
	let irq: CellPart | undefined;
	let held: CellPart | undefined;
	for (const part of parts) {
		if (most === undefined || part.time > most.time) {
			most = part;
		}

		if (part.state === 'spin' && part.time >= seen * length) {
			spin = part;
		} else if (part.state === 'irq' && part.time >= seen * length) {
			irq = part;
		} else if (
			(part.state === 'owned' || part.state === 'hold') &&
			part.time >= Math.max(seen * length, held?.time ?? 0)
		) {
			held = part;
		}
	}

	return spin ?? irq ?? held ?? most;
}

/** Adds time to the parts of a cell. */
export function addPart(parts: CellPart[], state: TrackState, actor: number, time: number): void {
	const known = parts.find(part => part.state === state && part.actor === actor);
	if (known === undefined) {
		parts.push({state, actor, time});
	} else {
		known.time += time;
	}
}

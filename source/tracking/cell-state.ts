import {type TrackState} from './excerpt.js';

/** A spin or an interrupt is seen from this share of a cell on, whatever else it holds. */
const seen = 0.1;

/** What is in a cell, and for how long, ns. */
export type CellPart = {readonly state: TrackState; readonly actor: number; time: number};

/**
What stands for a stretch of a track: the state with most of the time, but a spin or an interrupt of a tenth
or more wins, the spin first. `length`: of the cell, ns.
*/
export function cellState(parts: readonly CellPart[], length: number): CellPart | undefined {
	let most: CellPart | undefined;
	let spin: CellPart | undefined;
	let irq: CellPart | undefined;
	for (const part of parts) {
		if (most === undefined || part.time > most.time) {
			most = part;
		}

		if (part.state === 'spin' && part.time >= seen * length) {
			spin = part;
		} else if (part.state === 'irq' && part.time >= seen * length) {
			irq = part;
		}
	}

	return spin ?? irq ?? most;
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

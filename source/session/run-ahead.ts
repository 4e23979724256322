import {type Session} from './session.js';

/**
What a first verdict rests on beyond the warm-up, ns of simulated time, and how much of a warm-up is
waited for.
*/
const stretch = 100_000_000;
const longestWarmup = 200_000_000;
/** Events and wall time (ms) after which a run is shown as far as it is. */
const mostEvents = 250_000;
const patience = 1000;
/** Events and simulated time (ns) between two looks at both, and for a stall. */
const slice = 5000;
const piece = 10_000_000;

/**
Simulates what the first frame shows, so that every panel of it has its numbers and the verdict is
there. A run with many events, or on a slow machine, is shown before; one that has stalled stays
where it did.
*/
export function runAhead(session: Session, clock: () => number): void {
	const {simulation, start} = session.run;
	const warmup = Number(start.parameters.warmup);
	const until = Math.min(warmup, longestWarmup) + stretch;
	const begun = clock();
	while (
		session.now < until &&
		session.events < mostEvents &&
		clock() - begun < patience &&
		simulation.stall() === null
	) {
		session.advanceTo(Math.min(until, session.now + piece), slice);
	}
}

import {type SessionStart} from './warm-up.js';
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
/** Events about the lock that the first picture of a cycle is chosen from. */
const pictured = 1024;

/** What was simulated ahead before: for this program, the same settings and the same seed. */
export type HeadStarts = {
	of(session: Session): SessionStart | undefined;
	keep(session: Session, start: SessionStart): void;
};

/**
A session whose first frame has all its numbers: from where one stood that was simulated ahead
before. `open` makes a session at time 0, with all that is planned for it.
*/
export function sessionAhead(open: () => Session, clock: () => number, starts: HeadStarts): Session {
	const session = open();
	if (session.run.script.next !== undefined) {
		// The name of a head start says nothing of what is done to the run, maybe before its end.
		runAhead(session, clock);
		return session;
	}

	const start = starts.of(session);
	if (start !== undefined) {
		try {
			session.standAt(start);
		} catch {
			// What was kept is of another program, or damaged: it is made anew.
			return sessionAhead(open, clock, {...starts, of: () => undefined});
		}
	}

	runAhead(session, clock, starts);
	return session;
}

/**
Simulates what the first frame shows, so that every panel of it has its numbers and the verdict is
there. A run with many events, or on a slow machine, is shown before; one that has stalled stays
where it did, and so does one to which something planned could not be done. How far it has come is
kept for the next session, but for a stall.
*/
export function runAhead(session: Session, clock: () => number, starts?: HeadStarts): void {
	const {simulation, start, lastEvents} = session.run;
	const warmup = Number(start.parameters.warmup);
	const until = Math.min(warmup, longestWarmup) + stretch;
	const begun = clock();
	const from = session.now;
	while (
		session.now < until &&
		session.events < mostEvents &&
		clock() - begun < patience &&
		simulation.stall() === null &&
		session.trouble === undefined
	) {
		session.advanceTo(Math.min(until, session.now + piece), slice);
	}

	if (session.now === from) {
		return;
	}

	lastEvents.shorten(pictured);
	const kept = simulation.stall() === null ? session.headStart() : undefined;
	if (kept !== undefined) {
		starts?.keep(session, kept);
	}
}

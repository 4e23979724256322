import {type Subject} from '../../session/subject.js';

/** Wall time between two pictures of what goes on, ms. */
const livePeriod = 1000;

/** How far back the newest long wait is looked for, ns: at least, and at most. */
const liveReach = 2_000_000;
export const longestReach = 200_000_000;

/** A present that is shown: since which wall time (ms), of what, and where it is looked at, ns. */
export type Live = {
	readonly at: number;
	readonly now: number;
	readonly cells: number;
	readonly column: number;
	/** How far back there is looked. */
	reach: number;
	from: number | undefined;
};

/** The present of a subject as it is shown: of a run that goes on it stays for a while. */
export class LiveLook {
	private live: Live | undefined;

	constructor(private readonly subject: Subject) {}

	/** Wall time (ms) since which it is shown; 0 when it is not. */
	get at(): number {
		return this.live?.at ?? 0;
	}

	/** What is shown at a wall time (ms) in so many cells of `column` ns. */
	present(now: number, cells: number, column: number): Live {
		const {subject, live} = this;
		const session = subject.run?.session;
		const isStill =
			session === undefined ? !subject.grows : session.paused || session.run.simulation.stall() !== null;
		if (
			live?.cells === cells &&
			live.column === column &&
			(live.now === subject.now || (!isStill && now - live.at < livePeriod))
		) {
			return live;
		}

		this.live = {
			at: now,
			now: subject.now,
			cells,
			column,
			reach: Math.max(liveReach, cells * column),
			from: undefined,
		};
		return this.live;
	}

	/** The next one is looked for anew. */
	forget(): void {
		this.live = undefined;
	}
}

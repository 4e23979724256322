import {type Subject} from '../../session/subject.js';
import {type Excerpt} from '../../tracking/excerpt.js';

/**
How far back it is looked for what became of a command, ns: at first, and
where nothing has happened since.
*/
const shortReach = 2_000_000;
const longReach = 200_000_000;

/** What the ring view looks at of a subject. */
export class RingDesk {
	/** The selected slot; undefined: none. */
	slot: number | undefined;
	private queue = 0;
	private asked: {readonly at: number; readonly now: number; reach: number} | undefined;

	constructor(private readonly subject: Subject) {}

	/** The queue that is looked at, of so many: a device with fewer may have been loaded since. */
	queueOf(count: number): number {
		return this.queue < count ? this.queue : 0;
	}

	/** To the next queue of so many. */
	nextQueue(count: number): void {
		this.queue = (this.queueOf(count) + 1) % Math.max(1, count);
		this.slot = undefined;
	}

	/** What there is of its last moments at a wall time (ms): four times a second while it runs. */
	past(now: number): {readonly excerpt: Excerpt | undefined; readonly to: number} {
		const {subject} = this;
		const session = subject.run?.session;
		const isStill = session === undefined || session.paused || session.run.simulation.stall() !== null;
		if (this.asked === undefined || (isStill ? this.asked.now !== subject.now : now - this.asked.at >= 250)) {
			this.asked = {at: now, now: subject.now, reach: shortReach};
		}

		const {asked} = this;
		const {excerpt, progress} = subject.excerpt?.(asked.now - asked.reach, asked.now, 0) ?? {
			excerpt: undefined,
			progress: 1,
		};
		if (isStill && progress === 1 && excerpt?.operations.length === 0 && asked.reach < longReach) {
			// Nothing has happened for long: what did is further back.
			asked.reach *= 10;
		}

		return {excerpt, to: asked.now};
	}
}

const desks = new WeakMap<Subject, RingDesk>();

/** The ring's desk of a subject. */
export function ringDeskOf(subject: Subject): RingDesk {
	const known = desks.get(subject);
	if (known !== undefined) {
		return known;
	}

	const desk = new RingDesk(subject);
	desks.set(subject, desk);
	return desk;
}

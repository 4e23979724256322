import {type Subject} from '../../session/subject.js';

/** What the ring view looks at of a subject. */
export class RingDesk {
	queue = 0;
	/** The selected slot; undefined: none. */
	slot: number | undefined;
	private asked: {readonly at: number; readonly now: number} | undefined;

	constructor(private readonly subject: Subject) {}

	/** To the next queue of so many. */
	nextQueue(count: number): void {
		this.queue = (this.queue + 1) % Math.max(1, count);
		this.slot = undefined;
	}

	/** Up to when its past is asked for at a wall time (ms), ns: four times a second while it runs. */
	pastTo(now: number): number {
		const {subject} = this;
		const isStill = subject.run?.session.paused === true;
		if (this.asked === undefined || isStill || now - this.asked.at >= 250) {
			this.asked = {at: now, now: subject.now};
		}

		return this.asked.now;
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

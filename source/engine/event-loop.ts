import {ChoicePoints} from './choice-points.js';
import {EventHash} from './event-hash.js';
import {EventQueue} from './event-queue.js';

/** An event that has not happened yet: when (ns), and what its timer says. */
export type UpcomingEvent = {
	readonly time: number;
	readonly kind: number;
	readonly actor: number;
	readonly argument: number;
};

/** What the model does when an event fires. */
export type EventHandler = {
	fire(kind: number, actor: number, argument: number): void;
};

/**
Simulated time and the loop that moves it: takes the next event, sets the clock to its
time (whole ns), folds it into the fingerprint, hands it to the model.
*/
export class EventLoop {
	/** Simulated time in ns since the start of the run. */
	now = 0;
	/** Events so far. */
	events = 0;
	readonly queue = new EventQueue();
	readonly hash = new EventHash();
	/** Where the run asks what it leaves open, events at one time among it. */
	readonly choices = new ChoicePoints();

	/** What is to come: for the fingerprint of a state, which knows no past. */
	get essence(): readonly number[] {
		return [this.now, ...this.queue.essence];
	}

	addTimer(kind: number, actor: number): number {
		return this.queue.addTimer(kind, actor);
	}

	/** Arms a timer `delay` ns from now (0 or more). */
	after(timer: number, delay: number, argument = 0): void {
		this.queue.arm(timer, this.now + delay, argument);
	}

	cancel(timer: number): void {
		this.queue.cancel(timer);
	}

	/**
	Runs every event with a time below `time`, at most `budget` of them. Returns true when
	none is left below `time`; then the clock stands at `time`. The rest is for the next call.
	*/
	runUntil(time: number, budget: number, handler: EventHandler): boolean {
		const {queue} = this;
		for (let left = budget; ; left--) {
			const timer = queue.first();
			if (timer < 0 || !(queue.dueOf(timer) < time)) {
				this.now = time;
				return true;
			}

			if (left <= 0) {
				return false;
			}

			this.fire(this.chosen(timer), handler);
		}
	}

	/** The event that comes next; null when there is none. */
	upcoming(): UpcomingEvent | null {
		const {queue} = this;
		const time = queue.nextTime();
		if (time === Infinity) {
			return null;
		}

		const timer = queue.first();
		return {
			time,
			kind: queue.kindOf(timer),
			actor: queue.actorOf(timer),
			argument: queue.argumentOf(timer),
		};
	}

	/** How many events are due at the time of the next one; 0 when there is none. */
	get ties(): number {
		return this.queue.first() < 0 ? 0 : this.queue.ties().length;
	}

	/** Runs exactly one event; false when there is none. */
	step(handler: EventHandler): boolean {
		const timer = this.queue.first();
		if (timer < 0) {
			return false;
		}

		this.fire(this.chosen(timer), handler);
		return true;
	}

	/**
	Of the events at the time of `first`, which would be the next one, the one that is chosen.
	*/
	private chosen(first: number): number {
		const {queue, choices} = this;
		if (choices.chooser === undefined) {
			return first;
		}

		const ties = queue.ties();
		const timer = ties[choices.choose('first', ties.length, 0)];
		queue.prefer(timer);
		return timer;
	}

	/** `timer` is that of the next event. */
	private fire(timer: number, handler: EventHandler): void {
		const {queue} = this;
		const now = queue.dueOf(timer);
		const kind = queue.kindOf(timer);
		const actor = queue.actorOf(timer);
		const argument = queue.argumentOf(timer);
		queue.fire(timer);
		this.now = now;
		this.events++;
		this.hash.add(now, kind, actor, argument);
		handler.fire(kind, actor, argument);
	}
}

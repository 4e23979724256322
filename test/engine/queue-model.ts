import fc from 'fast-check';

/** What a test does to an event queue of a few timers. Times are small, so that ties are common. */
export type QueueOperation =
	| {readonly kind: 'arm'; readonly timer: number; readonly after: number; readonly argument: number}
	| {readonly kind: 'cancel'; readonly timer: number}
	| {readonly kind: 'take'}
	/** Takes the next event and arms its timer again: the usual actor. */
	| {readonly kind: 'again'; readonly after: number};

const timers = 48;

export const queueOperation: fc.Arbitrary<QueueOperation> = fc.oneof(
	{
		weight: 5,
		arbitrary: fc.record({
			kind: fc.constant('arm' as const),
			timer: fc.nat(timers - 1),
			after: fc.nat(3),
			argument: fc.integer({min: -5, max: 5}),
		}),
	},
	{weight: 2, arbitrary: fc.record({kind: fc.constant('cancel' as const), timer: fc.nat(timers - 1)})},
	{weight: 3, arbitrary: fc.record({kind: fc.constant('take' as const)})},
	{weight: 3, arbitrary: fc.record({kind: fc.constant('again' as const), after: fc.nat(3)})},
);

export const timerCount = timers;

type Entry = {readonly time: number; readonly order: number; readonly argument: number};

/** The event queue as a table that is searched: what the heap must agree with. */
export class QueueModel {
	private readonly armed = new Map<number, Entry>();
	private order = 0;

	arm(timer: number, time: number, argument: number): void {
		this.armed.set(timer, {time, order: this.order++, argument});
	}

	cancel(timer: number): void {
		this.armed.delete(timer);
	}

	isArmed(timer: number): boolean {
		return this.armed.has(timer);
	}

	nextTime(): number {
		return this.next()?.[1].time ?? Infinity;
	}

	/**
	The timer and argument of the next event, which is forgotten; undefined when there is none.
	*/
	take(): {readonly timer: number; readonly argument: number} | undefined {
		const next = this.next();
		if (next === undefined) {
			return undefined;
		}

		this.armed.delete(next[0]);
		return {timer: next[0], argument: next[1].argument};
	}

	private next(): [number, Entry] | undefined {
		let first: [number, Entry] | undefined;
		for (const candidate of this.armed) {
			const [, entry] = candidate;
			if (
				first === undefined ||
				entry.time < first[1].time ||
				(entry.time === first[1].time && entry.order < first[1].order)
			) {
				first = candidate;
			}
		}

		return first;
	}
}

/**
What a run leaves open: which of several events at one time comes `first`, which waiter of a lock
without a queue gets it (`handover`), whether a CPU that runs out of threads looks for one
elsewhere (`newidle`: 0 no, 1 yes).
*/
export type ChoiceKind = 'first' | 'handover' | 'newidle';

/**
Decides what a run leaves open: a whole number below `count`, which is 2 or more. `usual`
is what the rule of the model says: the event that was armed first, the draw of the
lock's or the balancer's own stream.
*/
export type Chooser = (kind: ChoiceKind, count: number, usual: number) => number;

/**
Where a run asks what it leaves open. Without a chooser the rules of the model hold, as they do with
one that answers `usual`: the streams are drawn from all the same, so that later draws do not move.
*/
export class ChoicePoints {
	/** Undefined: the rules of the model. */
	chooser: Chooser | undefined = undefined;
	/**
	Whether the event ends after each step of a thread, with the thread's next step as an
	event of its own behind those that are due by then. Otherwise steps that take no time
	follow one another within the event.
	*/
	stepsApart = false;

	/** Who chooses is no part of a run's state. */
	get transient(): boolean {
		return true;
	}

	/** The answer to a question that is open. */
	choose(kind: ChoiceKind, count: number, usual: number): number {
		return this.chooser === undefined || count < 2 ? usual : this.chooser(kind, count, usual);
	}
}

/** A chooser that says what a list says, in its order, and from its end on `usual`. */
export function scriptedChooser(answers: readonly number[]): Chooser {
	let next = 0;
	return (_kind, _count, usual) => (next < answers.length ? answers[next++] : usual);
}

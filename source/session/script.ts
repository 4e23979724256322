import {type Change} from '../parameters/configuration.js';

/**
Changes that are to be made to a run when it comes to their times: one a time. Those that were made
stay in the list, so that a run that goes on from before them makes them again.
*/
export class Script {
	/** By time. */
	private list: readonly Change[];
	/** The last that was made, ns. */
	private madeAt = -1;

	constructor(changes: readonly Change[] = []) {
		this.list = changes.toSorted((a, b) => a.at - b.at);
	}

	/** The one to be made next. */
	get next(): Change | undefined {
		return this.list.find(({at}) => at > this.madeAt);
	}

	/** Those to come for who stands at a time (ns). */
	upcoming(now: number): readonly Change[] {
		return this.list.filter(({at}) => at > this.madeAt && at >= now);
	}

	/** The same for a run that goes on from a time before some that were made. */
	copy(): Script {
		return new Script(this.list);
	}

	/** With what is there at that time already: a key that it sets too has the new value. */
	add({at, set}: Change): void {
		const there = this.list.find(change => change.at === at);
		this.list = [...this.list.filter(change => change !== there), {at, set: {...there?.set, ...set}}].toSorted(
			(a, b) => a.at - b.at,
		);
	}

	/** Takes away what is there at a time; false when nothing is. */
	remove(at: number): boolean {
		const {length} = this.list;
		this.list = this.list.filter(change => change.at !== at);
		return this.list.length < length;
	}

	/** It was made, or could not be. */
	made({at}: Change): void {
		this.madeAt = at;
	}
}

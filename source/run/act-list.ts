import {type Change} from '../parameters/configuration.js';
import {type Act, changesOf} from './acts.js';

/** What was done to a run and is still to be done, in order, and how far it has come in that. */
export class ActList {
	/** Acts that have been done. */
	done = 0;
	private readonly list: Act[];

	constructor(acts: readonly Act[]) {
		this.list = [...acts];
	}

	get all(): readonly Act[] {
		return this.list;
	}

	/** The first that has not been done. */
	get next(): Act | undefined {
		return this.list[this.done];
	}

	/** Changes that have been made. */
	get made(): readonly Change[] {
		return changesOf(this.list.slice(0, this.done));
	}

	/** Changes that are still to come. */
	get toCome(): readonly Change[] {
		return changesOf(this.list.slice(this.done));
	}

	/** What is still to come will not be done. */
	forget(): void {
		this.list.length = this.done;
	}

	/** This has been done now, before what is still to come. */
	add(act: Act): void {
		this.list.splice(this.done++, 0, act);
	}
}

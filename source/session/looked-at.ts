import {type SessionRun} from './kept-run.js';
import {type RunHistory} from './run-history.js';
import {type Search} from './window-search.js';

/** What a session looks at: the run that goes on or its past, and what is on its way. */
export abstract class LookedAt {
	protected abstract readonly history: RunHistory;
	/** What `:forward` waits for. */
	protected search: Search | undefined;

	/** Where it is another object, axes begin anew. */
	get axes(): object {
		return this.history.axes;
	}

	/** What is looked at: the run that goes on, or its past. */
	get run(): SessionRun {
		return this.history.run;
	}

	/** Counts what a view must draw anew at once: changes, new runs, restarts, another time. */
	get version(): number {
		return this.history.version;
	}

	/** How far the run has gone, ns, while its past is looked at; undefined at the present. */
	get present(): number | undefined {
		return this.history.isPast ? this.history.head.timeline.now : undefined;
	}

	/** The run that goes on, whatever is looked at of it. */
	get head(): SessionRun {
		return this.history.head;
	}

	/** It goes through its events as fast as it can, to a place that was asked for. */
	get isUnderWay(): boolean {
		return this.history.isReturning || this.search !== undefined;
	}
}

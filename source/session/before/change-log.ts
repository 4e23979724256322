import {type Change} from '../../parameters/configuration.js';
import {settledCommands} from '../../run/stretches.js';
import {type Timeline} from '../../run/timeline.js';
import {type RecordedChange} from './change-effects.js';
import {ShadowRun} from './shadow-run.js';
import {type StretchFigures} from './stretch-figures.js';

/** The changes of one run with what was before each. */
export class ChangeLog {
	private entries: RecordedChange[] = [];
	private forgotten = false;

	/**
	The stretch before the last change, unless the user has forgotten it
	or went back behind the change.
	*/
	beforeAt(now: number): RecordedChange | null {
		const last = this.upTo(now).at(-1);
		return last === undefined || this.forgotten ? null : last;
	}

	/** The changes up to a time (ns), oldest first. */
	upTo(now: number): readonly RecordedChange[] {
		return this.entries.filter(({at}) => at <= now);
	}

	/**
	The same changes for another run with this past; what is still to
	be compared stays with this one.
	*/
	copy(): ChangeLog {
		const log = new ChangeLog();
		log.entries = this.entries.map(entry => ({...entry, shadow: null}));
		log.forgotten = this.forgotten;
		return log;
	}

	/**
	Remembers a change that is about to be made to the run, with the stretch that it ends;
	`live`: it acts at once, without a reset.
	*/
	record(set: Change['set'], ended: StretchFigures, timeline: Timeline, live: boolean): void {
		const at = timeline.now;
		for (const {shadow} of this.entries) {
			shadow?.drop();
		}

		// Where the past is changed, what came after it is not.
		this.entries = this.entries.filter(entry => entry.at <= at);
		const before = ended.commands < settledCommands ? (this.entries.at(-1)?.before ?? ended) : ended;
		this.entries.push({at, set, ended, before, shadow: live ? new ShadowRun(timeline.fork(), at) : null});
		this.forgotten = false;
	}

	/** The change could not be made. */
	takeBack(): void {
		this.entries.pop();
	}

	/**
	Compares the run with what it would have been. All its events before its
	present time must have happened.
	*/
	compare(timeline: Timeline): void {
		this.entries.at(-1)?.shadow?.compare(timeline);
	}

	/** The charts show no before until the next change. */
	forget(): void {
		this.forgotten = true;
	}
}

import {type Subject} from '../../session/subject.js';
import {type Excerpt, type Wait} from '../../tracking/excerpt.js';
import {grainFrom, type Shown} from './columns.js';
import {longestLockWait} from './longest-wait.js';

/** How far before the change a cycle of the same kind is looked for, ns. */
const reach = 2_000_000;
/** Who holds something has had it since before what is shown, ns. */
const lead = 200_000;

/** A stretch of before, and what happened in it. */
export type Before = {readonly shown: Shown; readonly excerpt: Excerpt};

const lengthOf = ({start, end}: Wait): number => end - start;

/**
What is aligned with what: where what is shown begins to be told, and
the wait that is selected in it.
*/
export type Aligned = {readonly shown: Shown; readonly cursor: number; readonly wait: Wait | undefined};

/**
What went on before the last change, to be laid under what is shown: the longest wait of the same
kind then begins in the column in which the selected one begins now.
*/
export class BeforeLook {
	isOn = false;
	private made: {readonly key: string; readonly before: Before | undefined} | undefined;

	constructor(private readonly subject: Subject) {}

	/** The time of the last change, ns; undefined: none was made, or it is forgotten. */
	get change(): number | undefined {
		const session = this.subject.run?.session;
		return session?.run.log.beforeAt(session.now)?.at;
	}

	/** Undefined: it is off, nobody waited then, or columns are too long for slices. */
	at(aligned: Aligned): Before | undefined {
		const {change} = this;
		const {shown, wait, cursor} = aligned;
		if (!this.isOn || change === undefined || shown.column >= grainFrom) {
			return undefined;
		}

		const key = [change, shown.from, shown.to, wait?.start ?? cursor].join(' ');
		if (this.made?.key !== key) {
			this.made = {key, before: this.make(change, aligned)};
		}

		return this.made.before;
	}

	private make(change: number, {shown, wait, cursor}: Aligned): Before | undefined {
		const {subject} = this;
		const past = subject.wholeExcerpt?.(Math.max(0, change - reach), change);
		const anchor = past === undefined ? undefined : alike(past, wait);
		if (anchor === undefined) {
			return undefined;
		}

		const from = anchor.start - ((wait?.start ?? cursor) - shown.from);
		const to = from + shown.to - shown.from;
		const excerpt = subject.wholeExcerpt?.(Math.max(0, from - lead), to);
		return excerpt === undefined ? undefined : {excerpt, shown: {from, to, column: shown.column}};
	}
}

/** The longest wait for the same as another, else the longest for a lock. */
function alike(excerpt: Excerpt, wait: Wait | undefined): Wait | undefined {
	return (
		excerpt.waits
			.filter(({resource, isOpen}) => !isOpen && resource === wait?.resource)
			.toSorted((a, b) => lengthOf(b) - lengthOf(a) || a.start - b.start)[0] ?? longestLockWait(excerpt)
	);
}

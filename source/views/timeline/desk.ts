import {UserError} from '../../errors/user-error.js';
import {type Subject} from '../../session/subject.js';
import {type Blame} from '../../tracking/culprit.js';
import {type CommandLife, type Excerpt, type Wait} from '../../tracking/excerpt.js';
import {BeforeLook} from './before-look.js';
import {chainOf, lifeOfCulprit} from './culprit-of.js';
import {type FindKind, type Found} from './find.js';
import {Finder} from './finder.js';
import {type CommandName, Followed, lifeOf} from './followed.js';
import {longestLockWait} from './longest-wait.js';
import {Visits} from './visits.js';
import {type Live, LiveLook, longestReach} from './live-look.js';
import {startForFound, startForWait} from './placement.js';
import {columnFor, columnSteps, grainFrom, type Shown} from './columns.js';

/** What the timeline looks at of a subject, and how that is moved. */
export class TimelineDesk {
	column = 1000;
	/** Start of what is shown, ns; undefined: the newest. */
	from: number | undefined;
	/** ns. */
	cursor = 0;
	/** The selected lane, from 0. */
	lane = 0;
	/** Keys of the lanes as they were drawn last. */
	laneKeys: readonly string[] = [];
	wait: Wait | undefined;
	/** The command of the culprit with whom a walk along the blame began. */
	private blamed: CommandLife | undefined;
	/** Where the ruler begins, ns. */
	pin: number | undefined;
	readonly visits = new Visits();
	/** Cells of a lane, as they were drawn last. */
	width = 90;
	readonly before: BeforeLook;
	readonly finder: Finder;
	readonly commands = new Followed();
	private readonly live: LiveLook;
	/** Where the present before was looked at, ns. */
	private lastFrom: number | undefined;

	constructor(private readonly subject: Subject) {
		this.live = new LiveLook(subject);
		this.before = new BeforeLook(subject);
		this.finder = new Finder(subject);
	}

	get kind(): FindKind {
		return this.finder.kind;
	}

	/** The command that is followed. */
	get followed(): CommandName | undefined {
		return this.commands.first;
	}

	/** Nothing has been moved: what is shown is the newest. */
	get follows(): boolean {
		return this.from === undefined;
	}

	/** ns of a grain, 0 where every slice is shown. */
	get grain(): number {
		return this.column >= grainFrom ? this.column : 0;
	}

	/** The stretch to draw in so many cells at a wall time (ms), with what there is of it. */
	look(
		width: number,
		now: number,
	): {readonly shown: Shown; readonly excerpt: Excerpt | undefined; readonly progress: number} {
		this.width = width;
		if (this.from !== undefined) {
			const shown = this.shownFrom(this.from);
			return {shown, ...this.ask(shown.from, shown.to)};
		}

		const live = this.live.present(now, width, this.column);
		const {from = this.search(live)} = live;
		if (from === undefined) {
			const shown = this.shownFrom(Math.max(0, this.lastFrom ?? live.now - width * this.column));
			const {excerpt, progress} = this.ask(live.now - live.reach, live.now);
			return {shown, excerpt, progress: Math.min(progress, 0.99)};
		}

		live.from = from;
		this.lastFrom = from;
		const shown = this.shownFrom(from);
		return {shown, ...this.ask(shown.from, shown.to)};
	}

	/** Holds what is shown, so that it can be moved. */
	hold(): number {
		const session = this.subject.run?.session;
		if (session !== undefined && !session.paused) {
			session.togglePause();
		}

		if (this.from === undefined) {
			const {shown} = this.look(this.width, this.live.at);
			this.from = shown.from;
			this.cursor = this.wait?.start ?? shown.from;
		}

		return this.from;
	}

	/** The newest, and what comes. */
	lookAtNewest(): void {
		this.from = undefined;
		this.live.forget();
		this.lastFrom = undefined;
	}

	/**
	Where to look in the present: at its longest wait, else at the last thing that
	happened; undefined: not known yet.
	*/
	private search(live: Live): number | undefined {
		const width = this.width * this.column;
		const end = Math.max(live.now, width);
		if (this.grain > 0) {
			return end - width;
		}

		for (; ; live.reach *= 10) {
			const {excerpt, progress} = this.ask(live.now - live.reach, live.now);
			if (progress < 1) {
				return undefined;
			}

			const wait = excerpt === undefined ? undefined : longestLockWait(excerpt);
			if (wait !== undefined) {
				this.wait = wait;
				return Math.max(0, Math.min(end - width, startForWait(wait, width)));
			}

			const last = excerpt?.operations.at(-1)?.time ?? excerpt?.moments.at(-1)?.time;
			if (last !== undefined || live.reach >= longestReach || live.reach >= live.now) {
				return Math.max(0, Math.min(end - width, (last ?? end) - 0.8 * width));
			}
		}
	}

	scroll(cells: number): void {
		this.show(this.hold() + cells * this.column);
	}

	moveCursor(cells: number): void {
		this.hold();
		this.cursorTo(this.cursor + cells * this.column);
	}

	cursorTo(time: number): void {
		const from = this.hold();
		this.cursor = Math.max(0, Math.min(this.subject.now, time));
		const width = this.width * this.column;
		if (this.cursor < from || this.cursor >= from + width) {
			this.show(this.cursor - width / 2);
		}
	}

	/** Shorter or longer columns around the cursor; false at the end of them. */
	zoom(by: -1 | 1): boolean {
		const next = columnSteps[columnSteps.indexOf(this.column) + by];
		if (next === undefined) {
			return false;
		}

		if (this.from !== undefined) {
			const share = Math.min(1, Math.max(0, (this.cursor - this.from) / (this.width * this.column)));
			this.column = next;
			this.show(this.cursor - share * this.width * next);
		}

		this.column = next;
		return true;
	}

	/** To the next or previous of the kind. Throws `UserError` when there is none. */
	jump(direction: -1 | 1): void {
		const isLost = this.follows && this.wait === undefined;
		this.hold();
		this.goTo(this.finder.from(this.cursor, direction, isLost));
	}

	/** Shows something that was found, and notes it among the places visited. */
	goTo(found: Found): void {
		const {time, end, wait, command, words} = found;
		if (end !== undefined) {
			this.column = columnFor(end - time, this.width);
		} else if (this.grain > 0) {
			this.column = 1000;
		}

		this.hold();
		this.blamed = undefined;
		this.wait = wait ?? (command === undefined ? this.wait : undefined);
		this.commands.follow(command ?? this.followed);
		this.cursor = time;
		this.show(startForFound(found, this.width * this.column));
		this.visit(words);
	}

	/** Selects a wait and goes there. */
	select(wait: Wait, words: string, excerpt: Excerpt): void {
		this.hold();
		this.blamed ??= this.life(excerpt);
		this.wait = wait;
		this.cursor = wait.start;
		this.visit(words);
	}

	/** The chain of the selected wait in an excerpt; empty without one. */
	chain(excerpt: Excerpt | undefined): readonly Blame[] {
		const {wait} = this;
		return excerpt === undefined || wait === undefined ? [] : chainOf(excerpt, wait);
	}

	/** What is shown, whole. Throws `UserError` when it takes too long. */
	whole(): Excerpt {
		const from = this.hold();
		const excerpt = this.subject.wholeExcerpt?.(Math.max(0, from - this.reach), from + this.width * this.column);
		if (excerpt === undefined) {
			throw new UserError('too long ago to be made again at once: zoom in (z), or run it again');
		}

		return excerpt;
	}

	/** The command that is followed, or else the one that the culprit rings for. */
	life(excerpt: Excerpt | undefined): CommandLife | undefined {
		const known = this.followed ?? this.blamed;
		return known === undefined
			? excerpt && lifeOfCulprit(excerpt, this.chain(excerpt))
			: excerpt && lifeOf(excerpt, known);
	}

	/** Back or forward in what was visited; false when there is nothing. */
	revisit(by: -1 | 1): boolean {
		const place = this.visits.go(by);
		if (place === undefined) {
			return false;
		}

		this.hold();
		this.column = place.column;
		this.from = place.from;
		this.cursor = place.cursor;
		this.wait = place.wait;
		return true;
	}

	private visit(words: string): void {
		const {from = 0, column, cursor, wait} = this;
		this.visits.add({
			from,
			column,
			cursor,
			wait,
			words,
		});
	}

	private show(from: number): void {
		const latest = Math.max(0, this.subject.now - this.width * this.column);
		this.from = Math.max(Math.max(0, this.subject.start), Math.min(latest, Math.round(from)));
	}

	private shownFrom(from: number): Shown {
		return {from, to: from + this.width * this.column, column: this.column};
	}

	/** Who holds something has had it since before what is shown. */
	private get reach(): number {
		return this.grain > 0 ? 0 : 200_000;
	}

	private ask(from: number, to: number): {readonly excerpt: Excerpt | undefined; readonly progress: number} {
		return (
			this.subject.excerpt?.(Math.max(0, from - this.reach), to, this.grain) ?? {excerpt: undefined, progress: 1}
		);
	}
}

const desks = new WeakMap<Subject, TimelineDesk>();

/** The timeline's desk of a subject, the same for as long as that is looked at. */
export function timelineOf(subject: Subject): TimelineDesk {
	const known = desks.get(subject);
	if (known !== undefined) {
		return known;
	}

	const desk = new TimelineDesk(subject);
	desks.set(subject, desk);
	return desk;
}

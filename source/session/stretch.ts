import {type InterfaceState} from './interface-state.js';
import {type Span} from './span.js';
import {type Subject} from './subject.js';

/** What the user looks at, and who may change it. */
type Holder = {
	readonly state: InterfaceState;
	update(part: Partial<InterfaceState>): void;
	say(text: string): void;
};

type Place = Pick<InterfaceState, 'column' | 'end'>;

/**
Which stretch of a subject is on the screen, and how it is moved. The place
itself is in the interface state.
*/
export class Stretch {
	private width = 1;
	private readonly subject: Subject;
	private readonly holder: Holder;
	private readonly undos: Place[] = [];
	private readonly redos: Place[] = [];

	constructor(subject: Subject, holder: Holder) {
		this.subject = subject;
		this.holder = holder;
	}

	/** Columns that every chart has room for. */
	get columns(): number {
		return this.width;
	}

	/** The screen has another size; what was shown whole is shown whole again, but for a stream. */
	set columns(columns: number) {
		const wasWhole = this.width === 1 || this.span.isWhole;
		this.width = Math.max(1, columns);
		if (this.subject.canSeek && wasWhole && !this.subject.streams) {
			this.place(this.whole);
		}
	}

	get span(): Span {
		const {column, end} = this.holder.state;
		const {first, end: last} = this.subject.extent(column);
		const to = Math.max(first + 1, Math.min(end ?? last, last));
		const from = Math.max(first, to - this.width);
		return {
			from,
			to,
			column,
			follows: end === undefined,
			isWhole: from <= first && to >= last,
		};
	}

	/** Moves the stretch by so many columns, as far as there is something. */
	scroll(by: number): void {
		const {to, column} = this.span;
		const {first, end: last} = this.subject.extent(column);
		const earliest = Math.min(last, first + this.width);
		const end = Math.max(earliest, Math.min(last, to + by));
		this.move({column, end: end >= last ? undefined : end});
		if (end === to && by !== 0) {
			const isCut = first > Math.floor(this.subject.start / column);
			const atFirst = `this is the first that is ${isCut ? 'kept at this zoom' : 'recorded'}`;
			this.holder.say(by < 0 ? atFirst : 'this is the newest');
		}
	}

	/** To the newest, and what comes. */
	follow(): void {
		this.move({column: this.holder.state.column, end: undefined});
	}

	/** Stays where it is, or follows again. */
	toggleFollow(): void {
		const {follows, to, column} = this.span;
		this.move({column, end: follows ? to : undefined});
	}

	/**
	Shorter (-1) or longer columns around the middle of what is shown; at the newest its end stays.
	*/
	zoom(by: -1 | 1): void {
		const {columnSteps, canSeek} = this.subject;
		const {from, to, column: before, follows, isWhole} = this.span;
		const column = by < 0 ? columnSteps.findLast(step => step < before) : columnSteps.find(step => step > before);
		if (column === undefined) {
			this.holder.say(by < 0 ? 'finer than this nothing is kept' : 'longer columns than this there are none');
			return;
		}

		let end: number | undefined;
		if (canSeek && (!follows || (isWhole && by < 0))) {
			const {first, end: last} = this.subject.extent(column);
			const wanted = Math.ceil((((from + to) / 2) * before) / column + this.width / 2);
			end = wanted >= last ? undefined : Math.max(wanted, Math.min(last, first + this.width));
		}

		this.move({column, end});
	}

	/** The shortest columns under which all of it fits. */
	showWhole(): void {
		this.move(this.whole);
	}

	/** Back to the place before; false when there is none. */
	undo(): boolean {
		return this.go(this.undos, this.redos);
	}

	/** The place that was left by undo; false when there is none. */
	redo(): boolean {
		return this.go(this.redos, this.undos);
	}

	private get whole(): Place {
		return {column: this.subject.wholeColumn(this.width), end: undefined};
	}

	private get present(): Place {
		const {column, end} = this.holder.state;
		return {column, end};
	}

	private go(from: Place[], to: Place[]): boolean {
		const place = from.pop();
		if (place === undefined) {
			return false;
		}

		to.push(this.present);
		this.place(place);
		return true;
	}

	private move(place: Place): void {
		const {column, end} = this.present;
		if (place.column !== column || place.end !== end) {
			this.undos.push({column, end});
			this.redos.length = 0;
			this.place(place);
		}
	}

	private place(place: Place): void {
		this.holder.update(place);
	}
}

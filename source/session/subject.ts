import {type MetricValue} from '../metrics/metric-path.js';
import {type Excerpt} from '../tracking/excerpt.js';
import {type Adviser} from './adviser.js';
import {type Snapshot} from './caption.js';
import {type ExcerptReading} from './excerpt-maker.js';
import {type InterfaceState} from './interface-state.js';
import {type Pace} from './pacer.js';
import {type LessonShelf} from './lesson/shelf.js';
import {type ExportFiles, type PresetShelf} from './preset-shelf.js';
import {type Session} from './session.js';
import {type Span} from './span.js';

export type SubjectKind = 'run' | 'recording';

/**
Figures over a stretch by metric path (docs/contract.md, section 8); null:
not defined there, or not shown.
*/
export type Figures = (path: string) => MetricValue;

/** A command that was answered. Times in ns of the subject. */
export type AnsweredCommand = {
	readonly queue: number;
	readonly type: number;
	readonly published: number;
	readonly responded: number;
};

/** What a run can be made to do: be run, paused and stepped, be set, saved and exported. */
export type RunParts = {
	readonly session: Session;
	readonly shelf: PresetShelf;
	readonly files: ExportFiles;
	/** Who computes advice on it; undefined: nobody here. */
	readonly adviser?: Adviser;
	/** Lessons on it; undefined: there are none here. */
	readonly lessons?: LessonShelf;
};

/**
What the laboratory looks at. It answers over any stretch of its time, and says what can be done to
it: what is undefined here it cannot do, and every view and command lives with that.
*/
export type Subject = {
	readonly kind: SubjectKind;
	/** As the user calls it. */
	readonly name: string;
	/** Its first moment and its newest, ns. */
	readonly start: number;
	readonly now: number;
	/** Lengths of a column that zooming goes through, ns, shortest first. */
	readonly columnSteps: readonly number[];
	/** The length that it begins with, ns. */
	readonly firstColumn: number;

	/** Be run, set, saved. */
	readonly run?: RunParts;
	/** Be sought: what is shown can be moved back. */
	readonly canSeek: boolean;
	/** More of it comes by itself. */
	readonly grows: boolean;
	/** Nothing of it moves, however much time passes, once `advance` has reached where it goes. */
	readonly rests: boolean;
	/** It came by itself, from its beginning to here. */
	readonly streams: boolean;

	/** Room of the charts' lines, in values. */
	columns: number;
	/** The command line that comes to this point again. */
	readonly token: string;
	/** What is left on the user's own screen. */
	readonly parting: string | undefined;

	/** Columns of this length that there are: [first, end). */
	extent(column: number): {readonly first: number; readonly end: number};
	/** The length of a column under which all of it fits into so many, ns. */
	wholeColumn(width: number): number;
	/** Figures over [from, to), ns, cut to what is kept. */
	figures(from: number, to: number): Figures;
	/** A figure column by column over the stretch. */
	line(path: string, span: Span): ReadonlyArray<number | null>;
	/**
	A time (ns) as its own clock says it, fine enough for such columns;
	undefined: what is shown ends now.
	*/
	clockText?(time: number, column: number): string;
	/** Commands answered in [from, to), ns; undefined: it keeps none. */
	commands?(from: number, to: number): readonly AnsweredCommand[];
	/**
	What happened over [from, to), ns, who ran, owned and waited; with a grain (ns) in cells
	of that length. It is made in pieces by `advance`: ask until it is whole. Undefined:
	nothing of the kind is known of it.
	*/
	excerpt?(from: number, to: number, grain: number): ExcerptReading;
	/** Makes at once what `excerpt` was asked for; false when nothing was. */
	makeAsked?(): boolean;
	/** The same at once, without grains; undefined when that takes too long. */
	wholeExcerpt?(from: number, to: number): Excerpt | undefined;
	/** What is shown of it now. */
	take(state: InterfaceState, span: Span): Snapshot;
	/** Lets wall time pass, ms; `held`: nobody can see it. */
	advance(elapsed: number, held: boolean): Pace;
};

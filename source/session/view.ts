import {type AxisMemory} from '../charts/axis-memory.js';
import {type Line} from '../charts/block.js';
import {type Canvas, type Rect} from '../charts/canvas.js';
import {type ParameterValue} from '../parameters/configuration.js';
import {type Caption, type Snapshot} from './caption.js';
import {type Command, type Hint} from './command.js';
import {type InterfaceState} from './interface-state.js';
import {type Span} from './span.js';
import {type Subject, type SubjectKind} from './subject.js';

/** What a view draws: the subject, which stretch of it is shown, and where. */
export type Scene = {
	readonly canvas: Canvas;
	/** The cells between the fixed rows. */
	readonly area: Rect;
	readonly subject: Subject;
	/** What the user looks at and types. */
	readonly state: InterfaceState;
	readonly span: Span;
	readonly snapshot: Snapshot;
	readonly axes: AxisMemory;
	/** Wall time, ms. */
	readonly now: number;
	readonly ascii: boolean;
};

/** What stands below the keys in the help of a view. */
export type Legend = {
	/** Under the keys of the view, where there is room. */
	readonly glyphs?: readonly Line[];
	readonly words: ReadonlyArray<readonly [word: string, meaning: string]>;
};

/** How a view is drawn: by itself, or as a chart a metric. */
type Drawing =
	| {
			/** Draws it; returns the place of the table of queues, where it has one. */
			readonly draw: (scene: Scene) => Rect | undefined;
	  }
	| {
			/** Metric paths, a chart each, of any subject. */
			readonly charts: readonly string[];
	  };

type OfKind<Value> = Readonly<Partial<Record<SubjectKind, Value>>>;

/**
A view of the laboratory. Tabs, help, palette, hints, key scopes and `vqlab explain` are drawn from
the records; a new one is a folder of `views/` with a `view.ts` that exports it.
*/
export type View<Desk> = Drawing & {
	readonly id: string;
	/** Its key, everywhere. */
	readonly key: string;
	readonly title: string;
	/** What it shows of each kind of subject; of a kind that is not here it can show nothing. */
	readonly words: OfKind<string>;
	/** What a kind of subject lacks for it. */
	readonly missing?: OfKind<string>;
	/** The kinds of subject of which it has a list that the filter narrows. */
	readonly filters?: readonly SubjectKind[];
	/** Ids of its panels in the order of the focus, where one of them can have the whole body. */
	readonly panels?: (desk: Desk) => readonly string[];
	/** What is selected in it, for `explain`: a key, a path, a verdict or a word of the screen. */
	readonly explains?: (desk: Desk) => string | undefined;
	/**
	The settings that `advice.apply` applies while it is looked at; undefined: those of the verdict.
	*/
	readonly advises?: (desk: Desk) => Readonly<Record<string, ParameterValue>> | undefined;
	/** What the fixed rows say while it is looked at; else what they say of the subject. */
	readonly caption?: (desk: Desk, caption: Caption) => Caption;
	/**
	The command that `file.copyCommand` copies while it is looked at; undefined: the subject's.
	*/
	readonly copies?: (desk: Desk) => string | undefined;
	/** What Esc closes in it; false: nothing. */
	readonly back?: (desk: Desk) => boolean;
	/**
	Called again and again while the laboratory is open, whether it is looked at or not: to begin
	work elsewhere, and to end it.
	*/
	readonly attend?: (desk: Desk, isLookedAt: boolean) => void;
	/** Settles when it can be drawn as it is to be looked at, where it has to wait for that. */
	readonly ready?: (desk: Desk) => Promise<void>;
	/** Its keys, before those of everywhere; several keys with a blank between. */
	readonly keys?: ReadonlyArray<readonly [keys: string, command: string]>;
	/** Commands that only it has. */
	readonly commands?: ReadonlyArray<Command<Desk>>;
	/** What zooming in (-1) and out moves here; the charts without it. */
	readonly zoom?: (desk: Desk, by: -1 | 1) => void;
	/** Of the key row; without them those that every view has. */
	readonly hints?: (desk: Desk) => readonly Hint[];
	readonly legend?: OfKind<Legend>;
	/** Values that its charts' lines have room for on a terminal of this size. */
	readonly columns?: (columns: number, rows: number, kind: SubjectKind) => number;
};

/** `1 overview`, as tabs and help write it. */
export function viewTitle({key, title}: {readonly key: string; readonly title: string}): string {
	return `${key} ${title}`;
}

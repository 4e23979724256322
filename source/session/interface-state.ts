import {type TraceFormat} from '../export/trace-format.js';
import {type ListOrder} from './parameter-list.js';
import {type ExtraPicture} from './snapshot.js';
import {type TextField} from './text-field.js';

/** Asks what to write of the run's last stretch, and shows how far the writing is. */
export type ExportOverlay = {
	readonly kind: 'export';
	/** Name of the file. */
	readonly text: TextField;
	readonly format: TraceFormat;
	/** ns. */
	readonly length: number;
	readonly error: string | undefined;
	/** 0 to 1 while it is written. */
	readonly progress: number | undefined;
};

/** What lies over the view and takes the keys. */
export type Overlay =
	| {readonly kind: 'editor'; readonly key: string; readonly text: TextField; readonly error: string | undefined}
	| {readonly kind: 'picker'; readonly index: number; readonly filter: TextField; readonly filtering: boolean}
	| {readonly kind: 'palette'; readonly text: TextField; readonly index: number; readonly error: string | undefined}
	| {readonly kind: 'save'; readonly text: TextField; readonly error: string | undefined}
	/** Asks for the file that the screen is written to. */
	| {readonly kind: 'screen'; readonly text: TextField; readonly error: string | undefined}
	| ExportOverlay
	| {readonly kind: 'lessons'; readonly index: number}
	/** `scroll`: lines that are above what is seen. */
	| {readonly kind: 'help'; readonly scroll: number}
	| {readonly kind: 'explain'; readonly word: string; readonly scroll: number}
	/** A text to be read, as what was copied. */
	| {readonly kind: 'message'; readonly title: string; readonly words: string; readonly scroll: number};

/** A lesson that is under way. */
export type LessonPlace = {
	readonly id: string;
	/** From 0; as many as it has steps: its end. */
	readonly step: number;
	/** Answers what was done instead of what the step asks for. */
	readonly said: string | undefined;
};

/** What the last key did or could not do; stands in the key row. */
export type Notice = {
	readonly text: string;
	readonly bad: boolean;
	/** It goes by itself after two seconds. */
	readonly brief?: boolean;
};

/** The colours of the terminal's user, and two themes with a background of their own. */
export const themeNames = ['native', 'night', 'paper'] as const;

export type ThemeName = (typeof themeNames)[number];

/** What the user looks at and types, apart from the subject. Replaced, never changed in place. */
export type InterfaceState = {
	/** Id of the view. */
	readonly view: string;
	/** Key of the selected parameter. */
	readonly selected: string;
	readonly filter: {readonly text: TextField; readonly editing: boolean} | undefined;
	readonly overlay: Overlay | undefined;
	readonly notice: Notice | undefined;
	readonly theme: ThemeName;
	/** Length of a column of the charts, ns of the subject's time. */
	readonly column: number;
	/** Number of the column after the last one shown; undefined: the newest, and what comes. */
	readonly end: number | undefined;
	/** What the palette was last used for, the newest first. */
	readonly recent: readonly string[];
	/** Groups of parameters that are shown whole. */
	readonly unfolded: readonly string[];
	/** Of the parameters. */
	readonly order: ListOrder;
	/** The picture beside the charts that the user chose; undefined: by the verdict. */
	readonly extra: ExtraPicture | undefined;
	/** Id of the panel that has the focus. */
	readonly panel: string;
	/** It has the whole body. */
	readonly isZoomed: boolean;
	readonly lesson: LessonPlace | undefined;
};

export const initialState: InterfaceState = {
	view: 'overview',
	selected: 'driver.lockPolicy',
	filter: undefined,
	overlay: undefined,
	notice: undefined,
	theme: 'native',
	column: 10_000_000,
	end: undefined,
	recent: [],
	unfolded: [],
	order: 'effect',
	extra: undefined,
	panel: 'parameters',
	isZoomed: false,
	lesson: undefined,
};

/** Index moved by `by` within `count` entries, staying at the ends. */
export function moveIndex(index: number, by: number, count: number): number {
	return Math.max(0, Math.min(count - 1, index + by));
}

import {type TraceFormat} from '../export/trace-format.js';
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
export type Overlay
	= | {readonly kind: 'editor'; readonly key: string; readonly text: TextField; readonly error: string | undefined}
		| {readonly kind: 'picker'; readonly index: number; readonly filter: TextField; readonly filtering: boolean}
		| {readonly kind: 'palette'; readonly text: TextField; readonly index: number; readonly error: string | undefined}
		| {readonly kind: 'save'; readonly text: TextField; readonly error: string | undefined}
		| ExportOverlay
		| {readonly kind: 'help'};

export type Notice = {readonly text: string; readonly bad: boolean};

export type ThemeName = 'night' | 'paper' | 'native';

/** What the user looks at and types, apart from the run. Replaced, never changed in place. */
export type InterfaceState = {
	/** Key of the selected parameter. */
	readonly selected: string;
	readonly filter: {readonly text: TextField; readonly editing: boolean} | undefined;
	readonly overlay: Overlay | undefined;
	readonly notice: Notice | undefined;
	readonly theme: ThemeName;
	/** Simulated length of a column of the charts, ns. */
	readonly column: number;
};

export const initialState: InterfaceState = {
	selected: 'driver.lockPolicy',
	filter: undefined,
	overlay: undefined,
	notice: undefined,
	theme: 'native',
	column: 10_000_000,
};

/** Index moved by `by` within `count` entries, staying at the ends. */
export function moveIndex(index: number, by: number, count: number): number {
	return Math.max(0, Math.min(count - 1, index + by));
}

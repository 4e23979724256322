import {type ThemeName} from '../interface-state.js';

/** What the user looks at in a recording. Replaced, never changed in place. */
export type RecordingState = {
	readonly view: 'overview' | 'latency';
	/** Length of a column of the charts, ns. */
	readonly column: number;
	/** Number of the column after the last one shown; undefined: the newest, and what comes. */
	readonly end: number | undefined;
	readonly help: boolean;
	readonly notice: {readonly text: string; readonly bad: boolean} | undefined;
	readonly theme: ThemeName;
};

/** Lengths of a column, ns: 1-2-5 from 100 us to 10 s. */
export const columnSteps: readonly number[] = [
	1e5, 2e5, 5e5, 1e6, 2e6, 5e6, 1e7, 2e7, 5e7, 1e8, 2e8, 5e8, 1e9, 2e9, 5e9, 1e10,
];

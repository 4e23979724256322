import {type Change} from '../../parameters/configuration.js';
import {type DifferenceWord} from './difference-word.js';

/**
A figure before and after a change, in its JSON unit; the word is null
while there is too little to tell.
*/
export type FigureEffect = {
	readonly path: string;
	readonly before: number | null;
	readonly after: number | null;
	readonly word: DifferenceWord | null;
};

/** What a change did. */
export type ChangeEffect = Change & {
	readonly figures: readonly FigureEffect[];
	/** The run is the same with and without it, event by event. */
	readonly isSameRun: boolean;
};

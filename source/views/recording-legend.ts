import {type Legend} from '../session/view.js';

/** What the numbers of a recording are of, in every view. */
export const recordingWords: Legend = {
	words: [
		['numbers', 'are of the stretch on the screen: scroll and zoom choose it.'],
		['latency', 'is from publication to response.'],
	],
};

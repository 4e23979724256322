import {type Progress} from '../../source/terminal/progress-line.js';

/** Keeps what is shown of the progress, a text a call: what, how far, in words. */
export function shownIn(shown: string[], onShow?: () => void): Progress {
	return {
		show(what, share, amount = '') {
			shown.push(`${what} ${share === null ? '' : share.toFixed(2)} ${amount}`);
			onShow?.();
		},
		guard: async (_, work) => work(),
	};
}

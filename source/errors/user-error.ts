import {fitText} from '../charts/fit-text.js';

/**
A mistake in what the user gave: a flag, a preset, a trace. The message is one line that
says what is wrong, where, and what would be right; the command line prints it without a
stack and exits with 2. Control characters, which files and arguments may hold, are taken
out, and what is absurdly long is cut.
*/
export class UserError extends Error {
	override readonly name = 'UserError';

	constructor(message: string) {
		const line = message.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]+/gv, ' ');
		super(fitText(line, 600));
	}
}

import {isatty} from 'node:tty';
import {UserError} from '../errors/user-error.js';
import {standard} from '../files/standard-descriptors.js';
import {shellWord} from '../report/shell-word.js';

/**
What `vqlab view` says where it can show nothing.

@throws {UserError} always: what is missing, and what needs no terminal.
*/
export function refuseWithoutTerminal([trace]: readonly string[]): never {
	if (trace === undefined) {
		throw new UserError(
			'view: give a recording: vqlab view guest.txt, or - for a stream on standard input (vqlab record ' +
				'--help says how to record)',
		);
	}

	if (trace !== '-') {
		throw new UserError(
			`view needs a terminal on stdin and stdout; without one: vqlab calibrate ${shellWord(trace)}`,
		);
	}

	throw new UserError(
		isatty(standard.input)
			? 'view -: standard input is the keyboard: ssh -n guest cat /sys/kernel/tracing/trace_pipe | vqlab view -'
			: 'view needs a terminal on stdout; without one save the stream: cat > guest.txt, then vqlab ' +
					'calibrate guest.txt',
	);
}

import {Buffer} from 'node:buffer';
import {UserError} from '../errors/user-error.js';
import {readError} from './file-error.js';
import {startOf} from './read-start.js';

const newline = 0x0a;

/** How much of a file is read, bytes. */
export type LineLimits = {
	/** The longest line. */
	readonly line: number;
	/** The whole file. */
	readonly file: number;
};

/**
The whole lines of a file or a pipe, without their ends, as they come: one that is no text of lines
costs one line. What stands behind the last line end was torn off when it was written, and is left
out.

@throws {UserError} when it can not be read, or goes beyond a limit.
*/
export function* readLinesOf(source: string, limits: LineLimits): Generator<string> {
	let kept: Uint8Array[] = [];
	let keptBytes = 0;
	let size = 0;
	for (const bytes of bytesOf(source, limits.file + 1)) {
		size += bytes.length;
		if (size > limits.file) {
			throw tooLarge(source, 'it', limits.file);
		}

		let from = 0;
		for (let to = bytes.indexOf(newline); to >= 0; to = bytes.indexOf(newline, from)) {
			yield Buffer.concat([...kept, bytes.subarray(from, to)]).toString();
			kept = [];
			keptBytes = 0;
			from = to + 1;
		}

		kept.push(bytes.subarray(from));
		keptBytes += bytes.length - from;
		if (keptBytes > limits.line) {
			throw tooLarge(source, 'a line of it', limits.line);
		}
	}
}

function* bytesOf(source: string, limit: number): Generator<Uint8Array> {
	const bytes = startOf(source, limit);
	try {
		yield* bytes;
	} catch (error) {
		throw readError(source, error);
	}
}

function tooLarge(source: string, what: string, limit: number): UserError {
	return new UserError(`${source}: ${what} is larger than ${limit / 1_048_576} MiB`);
}

import {UserError} from '../errors/user-error.js';

const unreadable: ReadonlyMap<string, string> = new Map([
	['ENOENT', 'there is no such file'],
	['ENOTDIR', 'there is no such file'],
	['EISDIR', 'it is a folder, not a file'],
	['ENXIO', 'it is a socket or a device that is not there, not a file'],
	['EACCES', 'it may not be read'],
	['EPERM', 'it may not be read'],
	['ELOOP', 'its links go round in a circle'],
	['ENAMETOOLONG', 'its name is too long'],
	['EBADF', 'it is not open for reading'],
]);

const unwritable: ReadonlyMap<string, string> = new Map([
	['ENOENT', 'its folder is not there'],
	['ENOTDIR', 'what should be its folder is none'],
	['EISDIR', 'it is a folder, not a file'],
	['ENXIO', 'it is a socket or a device that is not there, not a file'],
	['EACCES', 'it may not be written'],
	['EPERM', 'it may not be written'],
	['EROFS', 'the file system is read-only'],
	['ELOOP', 'its links go round in a circle'],
	['ENAMETOOLONG', 'its name is too long'],
	['ENOSPC', 'no space is left on the device'],
	['EDQUOT', 'the disk quota is used up'],
	['EFBIG', 'it would be larger than a file may be here'],
	['ETXTBSY', 'it is a program that is running'],
	['EBADF', 'it is not open for writing'],
	['EIO', 'the device or the terminal answers with an error'],
]);

/** The code of an error of the operating system; undefined for any other error. */
export function codeOf(error: unknown): string | undefined {
	return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/**
What the operating system said of a file that was to be read, as one line. An
error without a code goes through.
*/
export function readError(file: string, error: unknown): unknown {
	const code = codeOf(error);
	return code === undefined
		? error
		: new UserError(`${file}: ${unreadable.get(code) ?? `it can not be read (${code})`}`);
}

/** The same of a file that was to be written; `called` is what the user knows it by. */
export function writeError(called: string, error: unknown): unknown {
	const code = codeOf(error);
	if (code === undefined) {
		return error;
	}

	const words = `${called} can not be written: ${unwritable.get(code) ?? code}`;
	return code === 'EPIPE' ? new ReaderGone(words) : new UserError(words);
}

/** Whoever read our output went away: it had all it wanted. */
export class ReaderGone extends UserError {
	/** What the program ends with: nothing went wrong. */
	get exitCode(): number {
		return 0;
	}
}

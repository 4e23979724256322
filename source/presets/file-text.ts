import {UserError} from '../parameters/user-error.js';
import {type PresetFiles} from './preset-files.js';

const complaints: ReadonlyMap<unknown, string> = new Map([
	['ENOENT', 'there is no such file'],
	['ENOTDIR', 'there is no such file'],
	['EISDIR', 'it is a folder, not a file'],
	['EACCES', 'it may not be read'],
	['EPERM', 'it may not be read'],
	['ELOOP', 'its links go round in a circle'],
	['ENAMETOOLONG', 'its name is too long'],
]);

/** Reads a file up to a limit in bytes. Throws `UserError`, for one that is larger too. */
export function readBytes(files: PresetFiles, file: string, limit: number): Uint8Array {
	let bytes: Uint8Array;
	try {
		bytes = files.read(file, limit + 1);
	} catch (error) {
		throw fileError(file, error);
	}

	if (bytes.length > limit) {
		throw new UserError(`${file}: it is larger than ${limit / 1_048_576} MiB`);
	}

	return bytes;
}

/** UTF-8 text of bytes, a byte order mark taken off. Throws `UserError`. */
export function decodeText(file: string, bytes: Uint8Array): string {
	try {
		return new TextDecoder('utf-8', {fatal: true}).decode(bytes);
	} catch {
		throw new UserError(`${file}: it is no text (UTF-8 is expected)`);
	}
}

/** What the file system said, as one line. An error without a code goes through. */
export function fileError(file: string, error: unknown): unknown {
	if (error instanceof Error && 'code' in error) {
		return new UserError(`${file}: ${complaints.get(error.code) ?? `it can not be read (${String(error.code)})`}`);
	}

	return error;
}

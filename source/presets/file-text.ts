import {readError} from '../files/file-error.js';
import {UserError} from '../errors/user-error.js';
import {type PresetFiles} from './preset-files.js';

/** Reads a file up to a limit in bytes. Throws `UserError`, for one that is larger too. */
export function readBytes(files: PresetFiles, file: string, limit: number): Uint8Array {
	let bytes: Uint8Array;
	try {
		bytes = files.read(file, limit + 1);
	} catch (error) {
		throw readError(file, error);
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

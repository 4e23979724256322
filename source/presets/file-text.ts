import {readError} from '../files/file-error.js';
import {UserError} from '../errors/user-error.js';
import {type PresetFiles} from './preset-files.js';

/**
Reads a text, which may be a gzip file, up to a limit in bytes.

@throws {UserError} when it can not be read, is larger, or has bytes that no text has.
*/
export function readBytes(files: PresetFiles, file: string, limit: number): Uint8Array {
	let bytes: Uint8Array;
	try {
		bytes = files.read(file, limit + 1, textOnly(file));
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
		throw noText(file);
	}
}

/** Refuses what begins as no text does: an endless device costs no more than its first bytes. */
export function textOnly(file: string): (first: Uint8Array) => void {
	return first => {
		if (!isPacked(first) && first.includes(0)) {
			throw noText(file);
		}
	};
}

function noText(file: string): UserError {
	return new UserError(`${file}: it is no text (UTF-8 is expected)`);
}

function isPacked(bytes: Uint8Array): boolean {
	return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

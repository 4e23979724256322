import {UserError} from '../errors/user-error.js';
import {codeOf, readError} from './file-error.js';
import {readStart} from './read-start.js';

/** Largest file that the program keeps for itself, bytes. */
const largest = 1_048_576;

/**
The text of a file that the program keeps for itself in a folder of the user's: settings, progress.
Undefined when it is not there.

@throws {UserError} when it can not be read or is larger than any such file.
*/
export function readOwnFile(file: string): string | undefined {
	let bytes: Uint8Array;
	try {
		bytes = readStart(file, largest + 1);
	} catch (error) {
		if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') {
			return undefined;
		}

		throw readError(file, error);
	}

	if (bytes.length > largest) {
		throw new UserError(`${file}: it is larger than ${largest / 1_048_576} MiB`);
	}

	return new TextDecoder().decode(bytes);
}

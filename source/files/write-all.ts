import {Buffer} from 'node:buffer';
import {writeSync} from 'node:fs';
import {codeOf} from './file-error.js';
import {waitForDescriptor} from './wait.js';

/** Largest piece that is handed to the kernel at once, bytes. */
const piece = 1_048_576;

/**
Writes a whole text to a descriptor, from `position` on or where it stands. It waits for a reader
that is slow; a signal ends the program meanwhile. Throws errors with a `code`, as node:fs does.
*/
export function writeAll(descriptor: number, text: string | Uint8Array, position?: number): void {
	const bytes = typeof text === 'string' ? Buffer.from(text) : text;
	for (let written = 0; written < bytes.length;) {
		try {
			written += writeSync(
				descriptor,
				bytes,
				written,
				Math.min(piece, bytes.length - written),
				position === undefined ? null : position + written,
			);
		} catch (error) {
			if (codeOf(error) !== 'EAGAIN') {
				throw error;
			}

			waitForDescriptor();
		}
	}
}

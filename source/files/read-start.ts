import {Buffer} from 'node:buffer';
import {closeSync, fstatSync, openSync, readSync} from 'node:fs';
import {codeOf} from './file-error.js';
import {noteInput} from './inputs.js';
import {placeOf} from './place.js';
import {standard} from './standard-descriptors.js';
import {waitForDescriptor} from './wait.js';

/**
What is read at once goes here and is copied from: a buffer for each of fifty presets
took longer than reading them.
*/
const chunk = new Uint8Array(65_536);

/**
Reads at most `limit` bytes from the start of a file, a pipe, a device or a descriptor: what is
endless costs no more. It waits for what has not come yet; a signal ends the program meanwhile.
`onFirst` sees the first bytes that come, and may throw before more is waited for.
Throws errors with a `code`, as node:fs does.
*/
export function readStart(source: string | number, limit: number, onFirst?: (bytes: Uint8Array) => void): Uint8Array {
	const chunks: Uint8Array[] = [];
	for (const bytes of startOf(source, limit)) {
		if (chunks.length === 0) {
			onFirst?.(bytes);
		}

		chunks.push(bytes);
	}

	return chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
}

/** The same, as the bytes come. */
export function* startOf(source: string | number, limit: number): Generator<Uint8Array> {
	if (typeof source === 'number') {
		yield* readDescriptor(source, limit, 'standard input');
		return;
	}

	const own = open(source);
	const descriptor = own ?? placeOf(source).descriptor ?? standard.input;
	try {
		yield* readDescriptor(descriptor, limit, source);
	} finally {
		if (own !== undefined) {
			closeSync(own);
		}
	}
}

/** Undefined for a descriptor of ours that can not be opened again by its path: a socket. */
function open(file: string): number | undefined {
	try {
		return openSync(file, 'r');
	} catch (error) {
		if (codeOf(error) === 'ENXIO' && placeOf(file).descriptor !== undefined) {
			return undefined;
		}

		throw error;
	}
}

function* readDescriptor(descriptor: number, limit: number, name: string): Generator<Uint8Array> {
	noteInput(name, fstatSync(descriptor, {bigint: true}));
	for (let size = 0; size < limit;) {
		const count = readSome(descriptor, Math.min(chunk.length, limit - size));
		if (count === 0) {
			return;
		}

		yield chunk.slice(0, count);
		size += count;
	}
}

/** Reads into `chunk`; bytes read, 0 at the end. */
function readSome(descriptor: number, most: number): number {
	for (;;) {
		try {
			return readSync(descriptor, chunk, 0, most, null);
		} catch (error) {
			const code = codeOf(error);
			if (code === 'EOF') {
				return 0;
			}

			if (code !== 'EAGAIN') {
				throw error;
			}

			waitForDescriptor();
		}
	}
}

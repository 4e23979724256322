import {Buffer} from 'node:buffer';
import {createReadStream} from 'node:fs';
import {pipeline, Readable} from 'node:stream';
import {createGunzip} from 'node:zlib';
import {UserError} from '../../source/errors/user-error.js';

/** A reset of a ring of 32768 lists as many tokens; this holds four such lists. */
const longestLine = 1 << 20;
const gzipFirstByte = 0x1f;
const newline = 0x0a;

async function* prepend(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
	yield first;
	for (;;) {
		// A stream is read in order.
		// eslint-disable-next-line no-await-in-loop
		const following = await rest.next();
		if (following.done) {
			return;
		}

		yield following.value;
	}
}

/**
The bytes of a file, unpacked when they begin as gzip does, whatever the
file's name; a pipe is a file too.
*/
async function* chunksOf(path: string): AsyncGenerator<Buffer> {
	const source = createReadStream(path);
	try {
		const iterator: AsyncIterator<Buffer> = source[Symbol.asyncIterator]();
		const first = await iterator.next();
		if (first.done) {
			return;
		}

		const bytes = prepend(first.value, iterator);
		if (first.value[0] === gzipFirstByte) {
			const unpacked = createGunzip();
			// An error reaches the loop over `unpacked`, which the pipeline destroys with it.
			pipeline(Readable.from(bytes), unpacked, () => undefined);
			yield* unpacked;
		} else {
			yield* bytes;
		}
	} finally {
		source.destroy();
	}
}

async function* split(path: string): AsyncGenerator<string> {
	let parts: Buffer[] = [];
	let length = 0;
	const extend = (part: Buffer) => {
		length += part.length;
		if (length > longestLine) {
			throw new UserError(`longer than ${longestLine} bytes: not a vector file`);
		}

		parts.push(part);
	};

	for await (const chunk of chunksOf(path)) {
		let start = 0;
		for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
			extend(chunk.subarray(start, end));
			yield Buffer.concat(parts).toString();
			parts = [];
			length = 0;
			start = end + 1;
		}

		if (start < chunk.length) {
			extend(chunk.subarray(start));
		}
	}

	if (length > 0) {
		yield Buffer.concat(parts).toString();
	}
}

/**
The lines of a text file, plain or gzip, read as a stream: memory is bounded by the longest line.
A file that cannot be read, is damaged, or has a line above 1 MiB is a `UserError`.
*/
export async function* readLines(path: string): AsyncGenerator<string> {
	try {
		yield* split(path);
	} catch (error) {
		throw error instanceof UserError || !(error instanceof Error)
			? error
			: new UserError(`cannot be read: ${error.message}`);
	}
}

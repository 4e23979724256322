import {Buffer} from 'node:buffer';
import {closeSync, createReadStream, existsSync, openSync, readSync, statSync} from 'node:fs';
import path from 'node:path';
import {setImmediate as nextTurn} from 'node:timers/promises';
import {pipeline, Readable} from 'node:stream';
import {createGunzip} from 'node:zlib';
import {UserError} from '../../errors/user-error.js';
import {readError} from '../../files/file-error.js';
import {refuseBinary} from './binary-files.js';
import {ascii} from './characters.js';
import {longestLine} from './other-lines.js';

/** A recording as bytes. */
export type TraceSource = {
	/** For messages. */
	readonly name: string;
	/** Bytes on disk; null when not known. */
	readonly size: number | null;
	readonly chunks: AsyncIterable<Uint8Array>;
};

/** Told how far the reading has got, in bytes on disk. */
export type Progress = (done: number, size: number | null) => void;

/** A file to read, plain or gzip. Throws `UserError` when it is not there. */
export function traceFile(file: string): TraceSource {
	const status = statSync(file, {throwIfNoEntry: false});
	if (status === undefined) {
		throw new UserError(`${file}: there is no such file`);
	}

	if (status.isDirectory()) {
		throw new UserError(
			`${file}: it is a folder, not a ` +
				`recording${existsSync(path.join(file, 'metadata')) ? '; of LTTng: babeltrace FOLDER > qemu.log' : ''}`,
		);
	}

	return {
		name: file,
		size: status.isFile() ? status.size : null,
		chunks: status.isFile() ? chunksOf(file) : createReadStream(file, {highWaterMark: chunkSize}),
	};
}

/**
Told of a line: bytes `start` to `end`, which has no newline. They are overwritten afterwards.
*/
export type OnLine = (bytes: Uint8Array, start: number, end: number) => void;

/** Bytes that are read at once. */
const chunkSize = 262_144;

/**
A file's bytes, all in one buffer, which holds each chunk until the next is asked for:
a new one for each would be half of the work. What is packed gets buffers of its own,
as unpacking holds on to them.
*/
async function* chunksOf(file: string): AsyncGenerator<Uint8Array> {
	const descriptor = openSync(file, 'r');
	try {
		let buffer = new Uint8Array(chunkSize);
		let isPacked: boolean | null = null;
		for (
			let length = readSync(descriptor, buffer, 0, chunkSize, null);
			length > 0;
			length = readSync(descriptor, buffer, 0, chunkSize, null)
		) {
			isPacked ??= buffer[0] === 0x1f && buffer[1] === 0x8b;
			yield buffer.subarray(0, length);
			if (isPacked) {
				buffer = new Uint8Array(chunkSize);
			}

			await nextTurn(); // eslint-disable-line no-await-in-loop -- signals are heard and frames are drawn between chunks
		}
	} finally {
		closeSync(descriptor);
	}
}

/**
Takes chunks of bytes apart into lines without a copy of any but those that two chunks share. Of a
line that is longer than an event can be no more than that is kept.
*/
class LineSplitter {
	private readonly rest = new Uint8Array(2 * longestLine);
	private restLength = 0;
	private isFirst = true;
	private hasEscapes = false;
	private readonly onLine: OnLine;

	constructor(onLine: OnLine) {
		this.onLine = onLine;
	}

	/**
	Readers get a plain array: code that meets one kind of array only is much faster. Only a
	`Buffer` looks for a byte with memchr.
	*/
	add(buffer: Uint8Array): void {
		const chunk = new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
		const searched = Buffer.from(buffer.buffer, buffer.byteOffset, buffer.length);
		// Looked for in all of it at once: nearly no recording has any.
		this.hasEscapes ||= searched.includes(ascii.escape);
		let start = 0;
		for (let end = searched.indexOf(ascii.newline); end >= 0; end = searched.indexOf(ascii.newline, start)) {
			if (this.restLength > 0) {
				this.keep(chunk, start, end);
				this.flush();
			} else {
				this.line(chunk, start, end);
			}

			start = end + 1;
		}

		this.keep(chunk, start, chunk.length);
	}

	/** The last line, when no newline ends it. */
	end(): void {
		if (this.restLength > 0) {
			this.flush();
		}
	}

	private keep(chunk: Uint8Array, start: number, end: number): void {
		const room = this.rest.length - this.restLength;
		const length = Math.min(room, end - start);
		this.rest.set(chunk.subarray(start, start + length), this.restLength);
		this.restLength += length;
	}

	private flush(): void {
		const {restLength} = this;
		this.restLength = 0;
		this.line(this.rest, 0, restLength);
	}

	private line(all: Uint8Array, from: number, to: number): void {
		const [bytes, start, end] = this.hasEscapes ? plain(all, from, to) : [all, from, to];
		const hasMark = this.isFirst && bytes[start] === 0xef && bytes[start + 1] === 0xbb && bytes[start + 2] === 0xbf;
		this.isFirst = false;
		this.onLine(bytes, hasMark ? Math.min(end, start + 3) : start, end);
	}
}

/** Colours, of grep or of a terminal (ECMA-48, 5.4). */
// eslint-disable-next-line no-control-regex -- it is what is looked for
const escapes = /\u001B(?:\[[\d;?]*[A-Za-z]?)?/gv;

/** A line without colours; the same bytes where it has none. */
function plain(bytes: Uint8Array, start: number, end: number): readonly [Uint8Array, number, number] {
	const first = bytes.indexOf(ascii.escape, start);
	if (first === -1 || first >= end) {
		return [bytes, start, end];
	}

	const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1');
	const stripped = new Uint8Array(Buffer.from(text.replaceAll(escapes, ''), 'latin1'));
	return [stripped, 0, stripped.length];
}

/**
Reads the lines of a recording; `onBatch` is told after each chunk, whose lines came at one moment,
and ends the reading with true. A gzip stream that is cut ends where it is cut, and `onCut` is told.

@throws {UserError} for formats that are no text, and files that can not be read.
*/
export async function readLines(
	source: TraceSource,
	{
		onLine,
		onBatch,
		onProgress,
		onCut,
	}: {
		readonly onLine: OnLine;
		readonly onBatch: () => boolean;
		readonly onProgress?: Progress;
		readonly onCut?: (words: string) => void;
	},
): Promise<void> {
	const splitter = new LineSplitter(onLine);
	let isFirst = true;
	for await (const chunk of readable(source, onProgress, onCut)) {
		if (isFirst) {
			refuseBinary(source.name, chunk);
			isFirst = false;
		}

		splitter.add(chunk);
		if (onBatch()) {
			return;
		}
	}

	splitter.end();
}

/** The bytes, unpacked when they are gzip. */
async function* readable(
	{name, size, chunks}: TraceSource,
	onProgress?: Progress,
	onCut?: (words: string) => void,
): AsyncGenerator<Uint8Array> {
	let done = 0;
	const counted = async function* (): AsyncGenerator<Uint8Array> {
		for await (const chunk of chunks) {
			done += chunk.length;
			onProgress?.(done, size);
			yield chunk;
		}
	};

	const iterator = counted();
	let got = 0;
	try {
		const first = await iterator.next();
		if (first.done === true) {
			return;
		}

		if (first.value[0] !== 0x1f || first.value[1] !== 0x8b) {
			yield first.value;
			yield* iterator;
			return;
		}

		const packed = async function* (): AsyncGenerator<Uint8Array> {
			yield first.value;
			yield* iterator;
		};

		const unzip = pipeline(Readable.from(packed(), {objectMode: false}), createGunzip(), ignore);
		for await (const chunk of unzip as AsyncIterable<Uint8Array>) {
			got += chunk.length;
			yield chunk;
		}
	} catch (error) {
		if (error instanceof UserError || !(error instanceof Error)) {
			throw error;
		}

		const code = 'code' in error ? String(error.code) : '';
		if (code.startsWith('Z_') && got > 0) {
			onCut?.(`${name}: its gzip stream is cut or damaged after ${got} bytes of text; what comes before is used`);
		} else if (code.startsWith('Z_')) {
			throw new UserError(`${name}: its gzip stream is damaged from the start`);
		} else {
			// An error of Node's own is a bug.
			throw /^E[A-Z]+$/v.test(code) ? readError(name, error) : error;
		}
	}
}

/** The error reaches whoever reads the last stream of the pipeline. */
function ignore(): void {
	// Nothing to do.
}

import {Buffer} from 'node:buffer';
import {createReadStream, statSync} from 'node:fs';
import {StringDecoder} from 'node:string_decoder';
import {pipeline, Readable} from 'node:stream';
import {createGunzip} from 'node:zlib';
import {UserError} from '../../parameters/user-error.js';
import {longestLine} from './trace-reader.js';

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

const binaries: ReadonlyArray<readonly [string, string]> = [
	['\u{17}\u{8}Dtracing', 'it is a trace.dat: trace-cmd report trace.dat > trace.txt'],
	['PERFILE2', 'it is a perf.data: perf script > trace.txt'],
	['\u{28}\u{B5}\u{2F}\u{FD}', 'it is compressed with zstd: unpack it or use gzip'],
	['\u{FF}\u{FE}', 'it is UTF-16: save it as UTF-8'],
	['\u{FE}\u{FF}', 'it is UTF-16: save it as UTF-8'],
	['\u{FD}7zXZ', 'it is compressed with xz: unpack it or use gzip'],
];

/** A file to read, plain or gzip. Throws `UserError` when it is not there. */
export function traceFile(file: string): TraceSource {
	const status = statSync(file, {throwIfNoEntry: false});
	if (status === undefined) {
		throw new UserError(`${file}: there is no such file`);
	}

	if (status.isDirectory()) {
		throw new UserError(`${file}: it is a folder, not a recording`);
	}

	return {name: file, size: status.isFile() ? status.size : null, chunks: createReadStream(file, {highWaterMark: 262_144})};
}

/**
The lines of a recording in batches, so that reading allocates little. A line is kept up to
somewhat more than the longest that can be an event; what follows is dropped. A gzip stream that is cut ends
where it is cut, and `onCut` is told.

@throws {UserError} for formats that are no text, and files that can not be read.
*/
export async function * linesOf(source: TraceSource, onProgress?: Progress, onCut?: (words: string) => void): AsyncGenerator<readonly string[]> {
	// Unlike TextDecoder's, its strings have one byte a character where the text is ASCII.
	const decoder = new StringDecoder('utf8');
	let rest = '';
	let isFirst = true;
	for await (const chunk of readable(source, onProgress, onCut)) {
		if (isFirst) {
			refuseBinary(source.name, chunk);
		}

		const text = decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length));
		const lines = (rest + (isFirst && text.startsWith('\u{FEFF}') ? text.slice(1) : text)).split('\n');
		isFirst = false;
		rest = lines.pop() ?? '';
		if (rest.length > 2 * longestLine) {
			rest = rest.slice(0, longestLine + 1);
		}

		yield lines;
	}

	rest += decoder.end();
	if (rest !== '') {
		yield [rest];
	}
}

/** The bytes, unpacked when they are gzip. */
async function * readable({name, size, chunks}: TraceSource, onProgress?: Progress, onCut?: (words: string) => void): AsyncGenerator<Uint8Array> {
	let done = 0;
	const counted = async function * (): AsyncGenerator<Uint8Array> {
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

		if (first.value[0] !== 0x1F || first.value[1] !== 0x8B) {
			yield first.value;
			yield * iterator;
			return;
		}

		const packed = async function * (): AsyncGenerator<Uint8Array> {
			yield first.value;
			yield * iterator;
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
		} else if (/^E[A-Z]+$/v.test(code)) {
			throw new UserError(`${name}: it can not be read (${code})`);
		} else {
			throw error;
		}
	}
}

function refuseBinary(name: string, chunk: Uint8Array): void {
	const head = String.fromCodePoint(...chunk.subarray(0, 16));
	for (const [magic, advice] of binaries) {
		if (head.startsWith(magic)) {
			throw new UserError(`${name}: ${advice}`);
		}
	}
}

/** The error reaches whoever reads the last stream of the pipeline. */
function ignore(): void {
	// Nothing to do.
}

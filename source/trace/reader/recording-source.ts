import {type BigIntStats, fstatSync, open, statSync} from 'node:fs';
import {Socket} from 'node:net';
import {promisify} from 'node:util';
import {readError} from '../../files/file-error.js';
import {noteInput} from '../../files/inputs.js';
import {placeOf} from '../../files/place.js';
import {UserError} from '../../errors/user-error.js';
import {traceFile, type TraceSource} from './line-source.js';

/**
A file or a stream without a single event in so many bytes is given up: it
may be endless, as a device is.
*/
const patience = 64 * 1_048_576;

/**
The recording that a user names: an input that no output goes over. Throws
`UserError` for what can not be opened.
*/
export function recordingSource(file: string, hasEvents: () => boolean): TraceSource {
	try {
		const {descriptor} = placeOf(file);
		const status =
			descriptor === undefined
				? statSync(file, {bigint: true, throwIfNoEntry: false})
				: fstatSync(descriptor, {bigint: true});
		if (status !== undefined) {
			noteInput(file, status);
		}

		const source =
			status !== undefined && isPipe(status)
				? {name: file, size: null, chunks: pipeChunks(file, descriptor)}
				: traceFile(file);
		return {...source, chunks: patientChunks(source, hasEvents)};
	} catch (error) {
		throw readError(file, error);
	}
}

function isPipe(status: BigIntStats): boolean {
	return status.isFIFO() || status.isSocket();
}

/**
A pipe as a stream that the event loop waits for. A file stream would wait in a thread, which the
program can not leave behind when it has seen enough and the pipe has stalled.
*/
async function* pipeChunks(file: string, descriptor: number | undefined): AsyncGenerator<Uint8Array> {
	// Opening waits for a writer, in a thread; opened with one, the end of the
	// pipe is seen when it has gone.
	const fd = descriptor ?? (await promisify(open)(file, 'r'));
	for await (const chunk of new Socket({
		fd,
		readable: true,
		writable: false,
	}) as AsyncIterable<unknown> as AsyncIterable<Uint8Array>) {
		yield chunk;
	}
}

async function* patientChunks({name, chunks}: TraceSource, hasEvents: () => boolean): AsyncGenerator<Uint8Array> {
	let size = 0;
	for await (const chunk of chunks) {
		size += chunk.length;
		if (size > patience && !hasEvents()) {
			throw new UserError(
				`${name}: there is no event in its first ${patience / 1_048_576} MiB; vqlab record --help says ` +
					'how to record',
			);
		}

		yield chunk;
	}
}

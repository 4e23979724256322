import {statSync} from 'node:fs';
import {readError} from '../../files/file-error.js';
import {noteInput} from '../../files/inputs.js';
import {UserError} from '../../parameters/user-error.js';
import {traceFile, type TraceSource} from './line-source.js';

/** A file or a stream without a single event in so many bytes is given up: it may be endless, as a device is. */
const patience = 64 * 1_048_576;

/** The recording that a user names: an input that no output goes over. Throws `UserError` for what can not be opened. */
export function recordingSource(file: string, hasEvents: () => boolean): TraceSource {
	try {
		const status = statSync(file, {bigint: true, throwIfNoEntry: false});
		if (status !== undefined) {
			noteInput(file, status);
		}

		return withinPatience(traceFile(file), hasEvents);
	} catch (error) {
		throw readError(file, error);
	}
}

/** The same bytes, given up when no event comes. */
export function withinPatience(source: TraceSource, hasEvents: () => boolean): TraceSource {
	return {...source, chunks: counted(source, hasEvents)};
}

async function * counted({name, chunks}: TraceSource, hasEvents: () => boolean): AsyncGenerator<Uint8Array> {
	let size = 0;
	for await (const chunk of chunks) {
		size += chunk.length;
		if (size > patience && !hasEvents()) {
			throw new UserError(`${name}: there is no event in its first ${patience / 1_048_576} MiB; vqlab record --help says how to record`);
		}

		yield chunk;
	}
}

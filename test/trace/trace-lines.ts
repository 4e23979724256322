import {readFileSync} from 'node:fs';
import {gunzipSync} from 'node:zlib';
import {type TraceEvent} from '../../source/trace/reader/trace-event.js';
import {type TraceSource} from '../../source/trace/reader/line-source.js';
import {TraceReader} from '../../source/trace/reader/trace-reader.js';

/** Path of a recording of a real guest, gzip. */
export function fixture(name: string): string {
	return new URL(`../fixtures/traces/${name}.txt.gz`, import.meta.url).pathname;
}

/** Text of a recording of a real guest. */
export function fixtureText(name: string): string {
	return gunzipSync(readFileSync(fixture(name))).toString();
}

/** A recording from memory, in chunks of a size. */
export function sourceOf(bytes: Uint8Array | string, chunk = 65_536): TraceSource {
	const data = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes;
	async function* pieces(): AsyncGenerator<Uint8Array> {
		for (let start = 0; start < data.length; start += chunk) {
			yield data.subarray(start, start + chunk);
		}
	}

	return {name: 'memory.txt', size: data.length, chunks: pieces()};
}

/** Reads one line with a fresh reader. */
export function eventOf(line: string): TraceEvent | null {
	return new TraceReader().readText(line);
}

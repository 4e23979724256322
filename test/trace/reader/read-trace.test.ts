import {gzipSync} from 'node:zlib';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {UserError} from '../../../source/errors/user-error.js';
import {readTrace, type TraceSummary} from '../../../source/trace/reader/read-trace.js';
import {traceFile, type TraceSource} from '../../../source/trace/reader/line-source.js';
import {type TraceEvent} from '../../../source/trace/reader/trace-event.js';
import {fixture, fixtureText, sourceOf} from '../trace-lines.js';

const guest = fixtureText('base_flood1_p2.guest');
const host = fixtureText('base_flood1_p2.host');

async function readAll(source: TraceSource): Promise<{events: TraceEvent[]; summary: TraceSummary}> {
	const events: TraceEvent[] = [];
	const summary = await readTrace(source, {
		onEvent(event) {
			events.push(event);
		},
	});
	return {events, summary};
}

/** The summary, or the one line that the user gets. Anything else that is thrown fails the test. */
async function summaryOrComplaint(source: TraceSource): Promise<TraceSummary | string> {
	try {
		const {summary} = await readAll(source);
		return summary;
	} catch (error) {
		if (error instanceof UserError) {
			return error.message;
		}

		throw error;
	}
}

test('a gzip file, the text, and the text in small pieces give the same events', async () => {
	const fromFile = await readAll(traceFile(fixture('base_flood1_p2.guest')));
	const fromText = await readAll(sourceOf(guest));
	const inPieces = await readAll(sourceOf(guest, 61));
	expect(fromFile.events).toHaveLength(guest.split('\n').length - 1 - 12);
	expect(fromText.events).toEqual(fromFile.events);
	expect(inPieces.events).toEqual(fromFile.events);
});

test('carriage returns change nothing', async () => {
	const plain = await readAll(sourceOf(guest));
	const windows = await readAll(sourceOf(guest.replaceAll('\n', '\r\n')));
	expect(windows.events).toEqual(plain.events);
	expect(windows.summary.unknown).toBe(0);
});

test('progress counts the bytes on disk', async () => {
	const bytes = gzipSync(guest);
	const seen: number[] = [];
	await readTrace(sourceOf(bytes, 1000), {
		onEvent() {
			// Only the progress matters here.
		},
		onProgress(done) {
			seen.push(done);
		},
	});
	expect(seen.at(-1)).toBe(bytes.length);
	expect(seen).toEqual(seen.toSorted((a, b) => a - b));
});

test('a reading stops when it is asked to', async () => {
	let events = 0;
	const summary = await readTrace(sourceOf(guest, 1000), {
		onEvent() {
			events++;
		},
		isStopped: () => events > 20,
	});
	expect(summary.events).toBeLessThan(60);
});

test.each([
	['an empty file', '', 'memory.txt: it is empty; vqlab record --help says how to record'],
	['a trace.dat', '\u{17}\u{8}Dtracing6\0', 'memory.txt: it is a trace.dat: trace-cmd report trace.dat > trace.txt'],
	['a perf.data', 'PERFILE2xx', 'memory.txt: it is a perf.data: perf script > trace.txt'],
	[
		'another text',
		'hello\nworld\n',
		'memory.txt: none of its 2 lines is an event of ftrace, trace-cmd report, perf script or a QEMU log, as ' +
			'in "hello"; vqlab record --help says how to record',
	],
	[
		'control characters',
		'\u{7}\u{1B}red\n',
		'memory.txt: none of its 1 lines is an event of ftrace, trace-cmd report, perf script or a QEMU log, as ' +
			'in "?red"; vqlab record --help says how to record',
	],
])('%s is refused in one line', async (_, text, words) => {
	expect(await summaryOrComplaint(sourceOf(text))).toBe(words);
});

test('missing files and folders are refused', () => {
	expect(() => traceFile('no/such/file')).toThrow(new UserError('no/such/file: there is no such file'));
	expect(() => traceFile('.')).toThrow(new UserError('.: it is a folder, not a recording'));
});

test('a cut gzip stream is used as far as it goes', async () => {
	const packed = gzipSync(guest);
	const {summary} = await readAll(sourceOf(packed.subarray(0, packed.length / 2)));
	expect(summary.events).toBeGreaterThan(100);
	expect(summary.warnings[0]).toMatch(/^memory\.txt: its gzip stream is cut or damaged after \d+ bytes/v);
});

test('a line without end takes no memory and hides no other line', async () => {
	const long = 'x'.repeat(100_000);
	const {events, summary} = await readAll(sourceOf(`${guest}${long}\n${guest}`, 4096));
	expect(summary.unknown).toBe(1);
	expect(events).toHaveLength(2 * (guest.split('\n').length - 13));
});

test('however a recording is broken, it is read or refused in one line, and the counts add up', async () => {
	const broken = fc.record({
		text: fc.constantFrom(guest, host),
		start: fc.nat(60_000),
		length: fc.nat(20_000),
		edit: fc.constantFrom('none', 'shuffle', 'comma', 'crlf', 'nul', 'gzip-cut', 'flip'),
		seed: fc.nat(1000),
		chunk: fc.integer({min: 1, max: 5000}),
	});
	await fc.assert(
		fc.asyncProperty(broken, async ({text, start, length, edit, seed, chunk}) => {
			const piece = text.slice(start, start + length);
			const result = await summaryOrComplaint(sourceOf(edited(piece, edit, seed), chunk));
			if (typeof result === 'string') {
				expect(result).not.toContain('\n');
			} else {
				expect([...result.counts.values()].reduce((sum, count) => sum + count, 0)).toBe(result.lines);
				expect(result.counts.get('(unknown)') ?? 0).toBe(result.unknown);
			}
		}),
		{numRuns: 150},
	);
});

test('arbitrary bytes are read or refused in one line', async () => {
	await fc.assert(
		fc.asyncProperty(fc.uint8Array({maxLength: 3000}), async bytes => {
			const result = await summaryOrComplaint(sourceOf(bytes));
			expect(typeof result === 'string' ? result : '').not.toContain('\n');
		}),
		{numRuns: 150},
	);
});

function edited(text: string, edit: string, seed: number): Uint8Array | string {
	switch (edit) {
		case 'shuffle': {
			return text
				.split('\n')
				.toSorted((a, b) => (a.codePointAt(seed % 60) ?? 0) - (b.codePointAt(seed % 60) ?? 0))
				.join('\n');
		}

		case 'comma': {
			return text.replaceAll('.', ',');
		}

		case 'crlf': {
			return text.replaceAll('\n', '\r\n');
		}

		case 'nul': {
			return text.replaceAll('=', '\0');
		}

		case 'gzip-cut': {
			const packed = gzipSync(text);
			return packed.subarray(0, Math.max(1, packed.length - seed));
		}

		case 'flip': {
			const bytes = gzipSync(text);
			bytes[seed % bytes.length] ^= 0x55;
			return bytes;
		}

		default: {
			return text;
		}
	}
}

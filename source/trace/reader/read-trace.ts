import {fitText} from '../../charts/fit-text.js';
import {UserError} from '../../errors/user-error.js';
import {type Progress, readLines, type TraceSource} from './line-source.js';
import {type TraceEvent} from './trace-event.js';
import {TraceReader} from './trace-reader.js';

export type ReadOptions = {
	readonly onEvent: (event: TraceEvent) => void;
	readonly onProgress?: Progress;
	/** Told of the reader before the first line, for those who look at its counts meanwhile. */
	readonly onReader?: (reader: TraceReader) => void;
	/** Told after each batch of lines, which came at one moment. */
	readonly onBatch?: () => void;
	/** Asked after each batch of lines; true ends the reading. */
	readonly isStopped?: () => boolean;
};

/** How a reading went. */
export type TraceSummary = {
	readonly file: string;
	readonly lines: number;
	/**
	By event name, and by kind in brackets for lines that are no events; they add up to `lines`.
	*/
	readonly counts: ReadonlyMap<string, number>;
	readonly events: number;
	readonly unknown: number;
	/** Of these, events of known names whose payload has another form. */
	readonly misread: number;
	readonly lost: number;
	readonly overwritten: number;
	/** Events without a time. */
	readonly untimed: number;
	/** Events with times that are too coarse to be used. */
	readonly coarse: number;
	/** CPUs of a machine of the recording, as its headers state them; 0 when they do not. */
	readonly cpusOf: (machine: string) => number;
	/** The second that times count from, in the recording's clock. */
	readonly base: number;
	/** What a user should know before trusting the recording; one line each. */
	readonly warnings: readonly string[];
};

/**
Reads a recording from end to end, an event at a time, in bounded memory.

@throws {UserError} when it can not be read or holds no event at all.
*/
export async function readTrace(
	source: TraceSource,
	{onEvent, onProgress, onReader, onBatch, isStopped}: ReadOptions,
): Promise<TraceSummary> {
	const reader = new TraceReader();
	onReader?.(reader);
	const warnings: string[] = [];
	let events = 0;
	await readLines(source, {
		onLine(bytes, start, end) {
			const event = reader.read(bytes, start, end);
			if (event !== null) {
				events++;
				onEvent(event);
			}
		},
		onBatch() {
			onBatch?.();
			return isStopped?.() === true;
		},
		...(onProgress === undefined ? {} : {onProgress}),
		onCut(words) {
			warnings.push(words);
		},
	});
	refuseEmpty(source.name, reader, events);
	return {
		file: source.name,
		lines: reader.lines,
		counts: reader.counts,
		events,
		unknown: reader.others.unknown,
		misread: reader.made.misread,
		lost: reader.lost,
		overwritten: reader.headers.overwritten,
		untimed: reader.made.untimed,
		coarse: coarse(reader),
		cpusOf: machine => reader.headers.cpusOf(machine),
		base: reader.made.base ?? 0,
		warnings: [...warnings, ...complaints(source.name, reader)],
	};
}

/** Times of so many events of a QEMU log are not whole milliseconds by chance. */
const fewestCoarse = 20;

function coarse({made: {timed, fine}}: TraceReader): number {
	return timed >= fewestCoarse && fine === 0 ? timed : 0;
}

/** The way out for events of known names without a known payload. */
export const asText =
	'report them as text: trace-cmd report without -R, perf script with -F +trace, ftrace without the option raw';

function refuseEmpty(name: string, reader: TraceReader, events: number): void {
	const {
		lines,
		made: {misread},
		others: {unknownSamples},
	} = reader;
	if (lines === 0) {
		throw new UserError(`${name}: it is empty; vqlab record --help says how to record`);
	}

	if (reader.made.base === 0 && reader.made.order.areDifferences) {
		throw new UserError(
			`${name}: its times are those since the event before, and rounded: report without --deltatime`,
		);
	}

	if (events > 0) {
		return;
	}

	const known = wayOut(reader);
	if (known !== '') {
		throw new UserError(`${name}: ${known}`);
	}

	if (isBinary(unknownSamples[0] ?? '')) {
		throw new UserError(
			`${name}: it is not text; trace-cmd report, perf script, babeltrace, and traceconv systrace of ` +
				'Perfetto print recordings as text',
		);
	}

	const sample = unknownSamples.length === 0 ? '' : `, as in ${JSON.stringify(printable(unknownSamples[0]))}`;
	throw new UserError(
		misread > 0
			? `${name}: its events have payloads that can not be read${sample}; ${asText}`
			: `${name}: none of its ${lines} lines is an event of ftrace, trace-cmd report, perf script or a QEMU ` +
					`log${sample}; vqlab record --help says how to record`,
	);
}

/** Text has few characters that do not show: a part of a colour, perhaps. */
function isBinary(text: string): boolean {
	return (text.match(/[\p{Cc}\u{FFFD}]/gv)?.length ?? 0) > Math.max(2, text.length / 8);
}

/**
What most of the lines that are no events are, and what to do about it; empty for what is not known.
*/
function wayOut({others: {unreadable}}: TraceReader): string {
	const [[most] = [null]] = [...unreadable].toSorted((a, b) => b[1] - a[1]);
	return most === null ? '' : `${most.what}: ${most.wayOut}`;
}

function complaints(name: string, reader: TraceReader): string[] {
	const words: string[] = [];
	if (reader.others.unknown > 0) {
		const known = wayOut(reader);
		words.push(
			`${name}: ${reader.others.unknown} of ${reader.lines} lines are no events, the first ` +
				`${JSON.stringify(printable(reader.others.unknownSamples[0]))}${known === '' ? '' : ` (${known})`}`,
		);
	}

	if (reader.lost > 0) {
		words.push(
			`${name}: ${reader.lost} events or more were lost while recording; use a larger buffer (trace-cmd ` +
				'-b, buffer_size_kb)',
		);
	}

	if (reader.made.untimed > 0) {
		words.push(
			`${name}: ${reader.made.untimed} events have no time: only their counts are used; run QEMU with -msg ` +
				'timestamp=on',
		);
	}

	if (coarse(reader) > 0) {
		words.push(
			`${name}: its times are whole milliseconds, too coarse for ${coarse(reader)} events: only their ` +
				'counts are used; run QEMU with -msg timestamp=on, or take the log with microseconds (journalctl -o ' +
				'short-precise)',
		);
	}

	if (reader.made.order.disordered > 0) {
		words.push(`${name}: ${reader.made.order.disordered} events are out of order by more than 1 ms`);
	}

	return words;
}

function printable(text: string): string {
	return fitText(text.replaceAll(/\p{C}/gv, '?'), 60);
}

import {fitText} from '../../charts/fit-text.js';
import {UserError} from '../../parameters/user-error.js';
import {linesOf, type Progress, type TraceSource} from './line-source.js';
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
	/** By event name, and by kind in brackets for lines that are no events; they add up to `lines`. */
	readonly counts: ReadonlyMap<string, number>;
	readonly events: number;
	readonly unknown: number;
	readonly lost: number;
	readonly overwritten: number;
	/** CPUs of the recorded machine; 0 when the recording does not say. */
	readonly cpus: number;
	/** The second that times count from, in the recording's clock. */
	readonly base: number;
	/** What a user should know before trusting the recording; one line each. */
	readonly warnings: readonly string[];
};

/**
Reads a recording from end to end, an event at a time, in bounded memory.

@throws {UserError} when it can not be read or holds no event at all.
*/
export async function readTrace(source: TraceSource, {onEvent, onProgress, onReader, onBatch, isStopped}: ReadOptions): Promise<TraceSummary> {
	const reader = new TraceReader();
	onReader?.(reader);
	const warnings: string[] = [];
	let events = 0;
	for await (const lines of linesOf(source, onProgress, words => {
		warnings.push(words);
	})) {
		for (const line of lines) {
			const event = reader.read(line);
			if (event !== null) {
				events++;
				onEvent(event);
			}
		}

		onBatch?.();
		if (isStopped?.() === true) {
			break;
		}
	}

	refuseEmpty(source.name, reader, events);
	return {
		file: source.name,
		lines: reader.lines,
		counts: reader.counts,
		events,
		unknown: reader.unknown,
		lost: reader.lost,
		overwritten: reader.overwritten,
		cpus: reader.cpus,
		base: reader.base ?? 0,
		warnings: [...warnings, ...complaints(source.name, reader)],
	};
}

function refuseEmpty(name: string, {lines, unknownSamples}: TraceReader, events: number): void {
	if (lines === 0) {
		throw new UserError(`${name}: it is empty; vqlab record --help says how to record`);
	}

	if (events === 0) {
		const sample = unknownSamples.length === 0 ? '' : `, as in ${JSON.stringify(printable(unknownSamples[0]))}`;
		throw new UserError(`${name}: none of its ${lines} lines is an event of ftrace, trace-cmd report, perf script or a QEMU log${sample}`);
	}
}

function complaints(name: string, reader: TraceReader): string[] {
	const words: string[] = [];
	if (reader.unknown > 0) {
		words.push(`${name}: ${reader.unknown} of ${reader.lines} lines are no events, the first ${JSON.stringify(printable(reader.unknownSamples[0]))}`);
	}

	if (reader.lost > 0) {
		words.push(`${name}: ${reader.lost} events or more were lost while recording; use a larger buffer (trace-cmd -b, buffer_size_kb)`);
	}

	if (reader.untimed > 0) {
		words.push(`${name}: ${reader.untimed} events have no time; run QEMU with -msg timestamp=on`);
	}

	if (reader.disordered > 0) {
		words.push(`${name}: ${reader.disordered} events are out of order by more than 1 ms`);
	}

	return words;
}

function printable(text: string): string {
	return fitText(text.replaceAll(/\p{C}/gv, '?'), 60);
}

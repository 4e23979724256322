import {fitText} from '../../charts/fit-text.js';
import {skipNameCharacters} from './characters.js';
import {dmaFence, guestPayloads, qlockMark} from './guest-payload.js';
import {kernelLineOf} from './kernel-line.js';
import {kvmPayloads} from './kvm-payload.js';
import {qemuLineOf} from './qemu-line.js';
import {isQemuEvent, qemuPayload} from './qemu-payload.js';
import {type Payload, type TraceEvent} from './trace-event.js';

/** Longer lines are no events. Bounds the work of one line. */
export const longestLine = 4096;

/** Different event names that are counted by themselves; any more go under `(more names)`. */
const mostNames = 500;

/** ns that the last digit of a fraction of a second stands for, by its number of digits. */
const units = Array.from({length: 10}, (_, digits) => 10 ** (9 - digits));

/** What lines that are no events are. */
export type LineKind = 'comment' | 'blank' | 'lost' | 'stack' | 'unknown';

const lostLine = /\[LOST (\d{1,15}) EVENTS\]|\[(?:(\d{1,15}) )?EVENTS DROPPED\]|PERF_RECORD_LOST\D*(\d{0,15})|^LOST (\d{1,15}) events/v;

/**
Reads the lines of a recording, in any of the formats of its kind: ftrace text, trace-cmd
report, perf script, QEMU logs. Every line is counted under what it is, so the counts add
up to the lines. Nothing that a line holds makes it throw.
*/
export class TraceReader {
	lines = 0;
	/** Lines that are neither event nor comment. */
	unknown = 0;
	/** The first unknown lines, cut, for messages. */
	readonly unknownSamples: string[] = [];
	/** Events that the recorder says it lost, -1 for an unknown number counted as 1. */
	lost = 0;
	/** Events that were overwritten before the recording was saved: they are older than its first line. */
	overwritten = 0;
	/** CPUs of the recorded machine, from ftrace's header; 0 when it is not there. */
	cpus = 0;
	/** Events without a time, of a QEMU log without `-msg timestamp=on`. */
	untimed = 0;
	/** Events that are earlier than one before them by more than 1 ms. */
	disordered = 0;
	/** Whole seconds that are taken off all times, so that ns stay exact. */
	base: number | null = null;
	private latest = -Infinity;
	private readonly counters = new Map<string, {count: number}>();

	/** Events by the name that the line has, and lines that are none by their kind in brackets. */
	get counts(): ReadonlyMap<string, number> {
		return new Map([...this.counters].map(([name, {count}]) => [name, count]));
	}

	/** The event of a line, or null when it is none. */
	read(text: string): TraceEvent | null {
		this.lines++;
		const line = text.endsWith('\r') ? text.slice(0, -1) : text;
		if (line.length > longestLine) {
			return this.miss('unknown', line);
		}

		const trimmed = line.trimStart();
		if (trimmed === '') {
			return this.miss('blank', line);
		}

		const first = trimmed.codePointAt(0) ?? 0;
		if (first === 0x23) {
			return this.comment(trimmed);
		}

		return this.qemu(trimmed, first) ?? this.kernel(trimmed) ?? this.noEvent(line, trimmed);
	}

	private qemu(line: string, first: number): TraceEvent | null {
		if (first >= 0x30 && first <= 0x39) {
			const parts = qemuLineOf(line);
			if (parts === null) {
				return null;
			}

			const {thread, seconds, fraction, event, text} = parts;
			const payload = qemuPayload(event, text);
			return payload === undefined
				? null
				: this.hit(event, {
					time: this.timeOf(seconds, fraction), cpu: -1, comm: '', pid: Number(thread), depth: null, payload,
				});
		}

		// A guest's line starts with comm-pid, which is no name.
		const end = skipNameCharacters(line, 0);
		if (end < line.length && line[end] !== ' ') {
			return null;
		}

		const event = line.slice(0, end);
		if (!isQemuEvent(event)) {
			return null;
		}

		const payload = qemuPayload(event, line.slice(end + 1));
		if (payload === undefined) {
			return null;
		}

		this.untimed++;
		return this.hit(event, {
			time: 0, cpu: -1, comm: '', pid: 0, depth: null, payload,
		});
	}

	private kernel(line: string): TraceEvent | null {
		const parts = kernelLineOf(line);
		if (parts === null) {
			return null;
		}

		const {comm, pid, cpu, flags, seconds, fraction, event: fullName, text} = parts;
		const event = fullName.slice(fullName.lastIndexOf(':') + 1);
		const payload = kernelPayload(event, text.trimStart());
		return payload === undefined
			? null
			: this.hit(event, {
				time: this.timeOf(seconds, fraction), cpu: Number(cpu), comm: withoutFile(comm), pid: Number(pid), depth: depthOf(flags), payload,
			});
	}

	private noEvent(line: string, trimmed: string): null {
		const lost = lostLine.exec(trimmed);
		if (lost !== null) {
			this.lost += Number(lost[1] ?? lost[2] ?? lost[3] ?? lost[4] ?? 1) || 1;
			return this.miss('lost', line);
		}

		if (/^(?:cpus=\d+|version = \d+|CPU \d+ is empty|-+)$/v.test(trimmed.trimEnd())) {
			return this.miss('comment', line);
		}

		// Call chains of perf script and of ftrace's stacktrace option.
		return this.miss(/^\s+[\da-f]{6,16} \S|^ => /v.test(line) || trimmed.startsWith('=> ') ? 'stack' : 'unknown', line);
	}

	private comment(line: string): null {
		const [, kept, written, cpus] = /^# entries-in-buffer\/entries-written: (\d{1,15})\/(\d{1,15})(?:\s+#P:(\d{1,4}))?/v.exec(line) ?? [];
		if (kept !== undefined) {
			this.cpus = Math.max(this.cpus, Number(cpus ?? 0));
			this.overwritten += Math.max(0, Number(written) - Number(kept));
		}

		return this.miss('comment', line);
	}

	private hit(name: string, event: TraceEvent): TraceEvent {
		this.count(name);
		if (event.time < this.latest - 1_000_000) {
			this.disordered++;
		}

		this.latest = Math.max(this.latest, event.time);
		return event;
	}

	private miss(kind: LineKind, line: string): null {
		this.count(`(${kind})`);
		if (kind === 'unknown') {
			this.unknown++;
			if (this.unknownSamples.length < 3) {
				this.unknownSamples.push(fitText(line, 80));
			}
		}

		return null;
	}

	private count(name: string): void {
		const counter = this.counters.get(name);
		if (counter === undefined) {
			const isRoom = this.counters.size < mostNames || name.startsWith('(');
			if (isRoom) {
				this.counters.set(name, {count: 1});
			} else {
				this.count('(more names)');
			}
		} else {
			counter.count++;
		}
	}

	private timeOf(seconds: string, fraction: string): number {
		this.base ??= Number(seconds);
		return ((Number(seconds) - this.base) * 1e9) + (Number(fraction) * units[fraction.length]);
	}
}

/** Trace-cmd puts the name of the file in front when it reports several. */
function withoutFile(comm: string): string {
	return comm.includes(': ') ? comm.replace(/^\S{1,200}:\s+/v, '').trim() : comm.trim();
}

/** The fourth of ftrace's flags is the preemption depth; a dot is 0. */
function depthOf(flags: string | null): number | null {
	if (flags === null || flags.length < 4) {
		return null;
	}

	const depth = Number.parseInt(flags[3] === '.' ? '0' : flags[3], 16);
	return Number.isNaN(depth) ? null : depth;
}

function kernelPayload(event: string, text: string): Payload | undefined {
	const reader = guestPayloads.get(event) ?? kvmPayloads.get(event);
	if (reader !== undefined) {
		return reader(text);
	}

	if (event.startsWith('dma_fence_')) {
		return dmaFence(event, text);
	}

	const mark = qlockMark(text);
	if (mark !== undefined) {
		return mark;
	}

	// QEMU's ftrace backend writes its events as marks.
	if (event === 'tracing_mark_write' || event === 'print') {
		const [name] = text.split(' ', 1);
		if (isQemuEvent(name)) {
			return qemuPayload(name, text.slice(name.length + 1));
		}
	}

	return {name: 'other', event};
}

import {dmaFence, guestPayloads, qlockMark} from './guest-payload.js';
import {kvmPayloads} from './kvm-payload.js';
import {isQemuEvent, qemuPayload} from './qemu-payload.js';
import {type Payload, type TraceEvent} from './trace-event.js';

/** Longer lines are no events. Bounds the work of one line. */
export const longestLine = 4096;

/** Different event names that are counted by themselves; any more go under `(more names)`. */
const mostNames = 500;

/** What lines that are no events are. */
export type LineKind = 'comment' | 'blank' | 'lost' | 'stack' | 'unknown';

/** Comm-pid (tgid) [cpu] flags secs.usecs: event: payload: ftrace and trace-cmd report. */
const kernelLine = /^(.+?)-(\d{1,10})\s+(?:\(\s*[\-\d]+\)\s+)?\[(\d{1,5})\]\s+(?:([^\s:]{1,9})\s+)?(\d{1,12})[.,](\d{1,9}):\s+([\w\-]+(?::[\w\-]+)?):\s?(.*)$/sv;

/** Comm tid [cpu] secs.usecs: system:event: payload: perf script; guest samples have VM: and VCPU: in front. */
const perfLine = /^(?:VM:\s*\d+\s+VCPU:\s*\d+\s+)?(.*?)\s+(?:\d{1,10}\/)?(\d{1,10})\s+\[(\d{1,5})\]\s+(?:[^\s:]{1,9}\s+)?(\d{1,12})[.,](\d{1,9}):\s+(?:\d+\s+)?([\w\-]+(?::[\w\-]+)?):\s?(.*)$/sv;

/** Tid@secs.usecs:event payload. */
const qemuLine = /^(\d{1,10})@(\d{1,12})[.,](\d{1,9}):(\w{1,80})(?:\s(.*))?$/sv;

const lostLine = /\[LOST (\d{1,15}) EVENTS\]|\[(?:(\d{1,15}) )?EVENTS DROPPED\]|PERF_RECORD_LOST\D*(\d{0,15})|^LOST (\d{1,15}) events/v;

/**
Reads the lines of a recording, in any of the formats of its kind: ftrace text, trace-cmd
report, perf script, QEMU logs. Every line is counted under what it is, so the counts add
up to the lines. Nothing that a line holds makes it throw.
*/
export class TraceReader {
	/** Events by the name that the line has, and lines that are none by their kind in brackets. */
	readonly counts = new Map<string, number>();
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
			const match = qemuLine.exec(line);
			if (match === null) {
				return null;
			}

			const [, thread, seconds, fraction, event, args = ''] = match;
			const payload = qemuPayload(event, args);
			return payload === undefined
				? null
				: this.hit(event, payload, {
					time: this.timeOf(seconds, fraction), cpu: -1, comm: '', pid: Number(thread), depth: null,
				});
		}

		const space = line.indexOf(' ');
		const event = space === -1 ? line : line.slice(0, space);
		if (!isQemuEvent(event)) {
			return null;
		}

		const payload = qemuPayload(event, space === -1 ? '' : line.slice(space + 1));
		if (payload === undefined) {
			return null;
		}

		this.untimed++;
		return this.hit(event, payload, {
			time: 0, cpu: -1, comm: '', pid: 0, depth: null,
		});
	}

	private kernel(line: string): TraceEvent | null {
		const match = kernelLine.exec(line);
		if (match !== null) {
			const [, comm, pid, cpu, flags, seconds, fraction, event, text] = match;
			return this.kernelEvent(comm, pid, cpu, depthOf(flags), seconds, fraction, event, text);
		}

		const perf = perfLine.exec(line);
		if (perf === null) {
			return null;
		}

		const [, comm, pid, cpu, seconds, fraction, event, text] = perf;
		return this.kernelEvent(comm, pid, cpu, null, seconds, fraction, event, text);
	}

	private kernelEvent(comm: string, pid: string, cpu: string, depth: number | null, seconds: string, fraction: string, fullName: string, text: string): TraceEvent | null {
		const event = fullName.slice(fullName.lastIndexOf(':') + 1);
		const payload = kernelPayload(event, text.trimStart());
		// Trace-cmd puts the name of the file in front when it reports several.
		return payload === undefined
			? null
			: this.hit(event, payload, {
				time: this.timeOf(seconds, fraction), cpu: Number(cpu), comm: comm.replace(/^\S{1,200}:\s+/v, '').trim(), pid: Number(pid), depth,
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

	private hit(event: string, payload: Payload, envelope: Omit<TraceEvent, 'payload'>): TraceEvent {
		this.count(this.counts.has(event) || this.counts.size < mostNames ? event : '(more names)');
		if (envelope.time < this.latest - 1_000_000) {
			this.disordered++;
		}

		this.latest = Math.max(this.latest, envelope.time);
		return {...envelope, payload};
	}

	private miss(kind: LineKind, line: string): null {
		this.count(`(${kind})`);
		if (kind === 'unknown') {
			this.unknown++;
			if (this.unknownSamples.length < 3) {
				this.unknownSamples.push(line.slice(0, 80));
			}
		}

		return null;
	}

	private count(name: string): void {
		this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
	}

	private timeOf(seconds: string, fraction: string): number {
		this.base ??= Number(seconds);
		return ((Number(seconds) - this.base) * 1e9) + Number(fraction.padEnd(9, '0'));
	}
}

/** The fourth of ftrace's flags is the preemption depth; a dot is 0. */
function depthOf(flags: string | undefined): number | null {
	if (flags === undefined || flags.length < 4) {
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

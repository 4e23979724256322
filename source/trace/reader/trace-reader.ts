import {Buffer} from 'node:buffer';
import {fitText} from '../../charts/fit-text.js';
import {carriedBy, type Carried, carrierPrefixes, mostCarriers} from './carrier-prefix.js';
import {ascii, skipSpaces} from './characters.js';
import {
	dmaFence, doorbellPayload, functionPayload, guestPayloads, isProbe, type PayloadReader, qlockMark, textOf,
} from './guest-payload.js';
import {scanKernelLine} from './kernel-scan.js';
import {readKernelShape} from './kernel-shape.js';
import {kvmPayloads} from './kvm-payload.js';
import {LineParts} from './line-parts.js';
import {NameTable} from './name-table.js';
import {qemuLineOf, qemuPrefixes} from './qemu-prefix.js';
import {isQemuEvent, qemuPayload} from './qemu-payload.js';
import {scanQemuLine} from './qemu-scan.js';
import {type Payload, type TraceEvent} from './trace-event.js';
import {type Unreadable, unreadableOf} from './unreadable.js';

/** Bytes; longer lines are no events. Bounds the work of one line. */
export const longestLine = 4096;

/** Bytes of a thread's name (TASK_COMM_LEN less its end). A longer one has something before it. */
const longestComm = 15;

/** Different event names that are counted by themselves; any more go under `(more names)`. */
const mostNames = 500;

/** ns by which an event may come late without a word. */
const usualDisorder = 1_000_000;

/** Times below this (ns) from the start on, and times that go back, are what differences look like. */
const shortTime = 1_000_000;
const fewestForDifferences = 50;

/** What lines that are no events are. */
export type LineKind = 'comment' | 'blank' | 'lost' | 'stack' | 'unknown';

const lostLine = /\[LOST (\d{1,15}) EVENTS\]|\[(?:(\d{1,15}) )?EVENTS DROPPED\]|PERF_RECORD_LOST\D*(\d{0,15})|^LOST (\d{1,15}) events|^dropped \S+ (?:pid=\d+ )?num_events_dropped=(0x[\da-f]{1,12})/v;

const encoder = new TextEncoder();

type Counter = {count: number};

/** An event's name: how often it came, how its payload is read, and whether its text may be a mark. */
type EventName = {readonly counter: Counter; readonly read: PayloadReader | undefined; readonly other: Payload; readonly isFence: boolean; readonly isMark: boolean};

/** The part of a file, in which lines are of one machine. */
type Part = {readonly name: string; cpus: number};

/**
Reads the lines of a recording, in any of the formats of its kind: ftrace text, trace-cmd
report, perf script, QEMU logs, with whatever a daemon, a container or a mail put before them. Every line is counted under what it is, so the counts add
up to the lines. Nothing that a line holds makes it throw.

The usual layouts are read from the bytes in one pass (`scanKernelLine`, `scanQemuLine`); the tables `carrierPrefixes`, `kernelShapes` and `qemuPrefixes` read the others.
*/
export class TraceReader {
	lines = 0;
	/** Lines that are neither event nor comment. */
	unknown = 0;
	/** The first unknown lines, cut, for messages. */
	readonly unknownSamples: string[] = [];
	/** What unknown lines turned out to be, by the table, with how many there are. */
	readonly unreadable = new Map<Unreadable, number>();
	/** Events that the recorder says it lost, -1 for an unknown number counted as 1. */
	lost = 0;
	/** Events that were overwritten before the recording was saved: they are older than its first line. */
	overwritten = 0;
	/** Events without a time, of a QEMU log without `-msg timestamp=on`. */
	untimed = 0;
	/** Events that are earlier than one before them by more than 1 ms. */
	disordered = 0;
	/** Events of known names whose payload has another form. */
	misread = 0;
	/** Whole seconds that are taken off all times, so that ns stay exact. */
	base: number | null = null;
	/** Layouts that lines were read by, for those who ask what a file is. */
	readonly rows = {kernel: -1, qemu: -1, carrier: -1};
	private events = 0;
	private latest = -Infinity;
	private previous = -Infinity;
	private backwards = 0;
	private short = 0;
	private delta = 0;
	private readonly parts = new LineParts();
	private readonly kinds = new Map<LineKind, Counter>();
	private readonly counters = new Map<string, Counter>();
	private readonly more: Counter = {count: 0};
	private readonly threads = new NameTable<undefined>(() => undefined);
	private readonly kernelEvents = new NameTable(name => this.kernelEvent(name), 2 * mostNames);
	private readonly qemuEvents = new NameTable(name => this.qemuEvent(name), 2 * mostNames);
	private isQemuLog = false;
	private part: Part = {name: '', cpus: 0};
	private readonly fileParts: Part[] = [this.part];
	private hostName = '';

	/** Events by the name that the line has, and lines that are none by their kind in brackets. */
	get counts(): ReadonlyMap<string, number> {
		const counts = new Map<string, number>();
		for (const [name, {count}] of this.counters) {
			counts.set(name, count);
		}

		if (this.more.count > 0) {
			counts.set('(more names)', this.more.count);
		}

		for (const [kind, {count}] of this.kinds) {
			counts.set(`(${kind})`, count);
		}

		return counts;
	}

	/** CPUs of the recorded machine, from the headers of ftrace, trace-cmd or perf; 0 when they are not there or contradict each other. */
	cpusOf(machine: string): number {
		const own = this.fileParts.find(({name}) => name === machine && name !== '');
		if (own !== undefined) {
			return own.cpus;
		}

		const [first = 0, ...others] = this.fileParts.map(({cpus}) => cpus).filter(cpus => cpus > 0);
		return machine === '' ? this.fileParts[0].cpus : (others.every(cpus => cpus === first) ? first : 0);
	}

	/** Whether the times are those since the event before: most are short, and as many go back as forth. */
	get areDifferences(): boolean {
		return this.events >= fewestForDifferences && this.base === 0 && this.backwards > 0.2 * this.events && this.short > 0.5 * this.events;
	}

	/** The event of a line, or null when it is none; without the newline. */
	readText(line: string): TraceEvent | null {
		const bytes = encoder.encode(line);
		return this.read(bytes, 0, bytes.length);
	}

	/** The event of the line in bytes `start` to `end`, which has no newline, or null when it is none. */
	read(bytes: Uint8Array, start: number, lineEnd: number): TraceEvent | null {
		this.lines++;
		const end = lineEnd > start && bytes[lineEnd - 1] === ascii.carriage ? lineEnd - 1 : lineEnd;
		if (end - start > longestLine) {
			return this.missUnknown(bytes, start, end);
		}

		const first = skipSpaces(bytes, start, end);
		if (first === end) {
			return this.miss('blank');
		}

		const {parts} = this;
		parts.clear();
		if (bytes[first] === ascii.hash) {
			return this.comment(textOf(bytes, first, end));
		}

		// A QEMU line begins with a digit; `>` and `|` quote.
		if (this.isQemuLog && scanQemuLine(bytes, start, end, parts)) {
			return this.qemuHit(bytes, end) ?? this.missUnknown(bytes, start, end);
		}

		parts.clear();
		if (bytes[first] !== ascii.greater && bytes[first] !== ascii.bar && scanKernelLine(bytes, first, end, parts)) {
			return this.kernelHit(bytes, end) ?? this.missUnknown(bytes, start, end);
		}

		return this.readByTables(bytes, start, end);
	}

	private readByTables(bytes: Uint8Array, start: number, end: number): TraceEvent | null {
		const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1');
		const outcome = this.carried(text, bytes, start, null, 0) ?? this.plain(text, bytes, start, null);
		if (typeof outcome === 'object' && outcome !== null) {
			return outcome;
		}

		return outcome === null || outcome === 'unknown' ? this.missUnknown(bytes, start, end) : this.miss(outcome);
	}

	/** What stands behind the prefix of a carrier; null where there is none, or nothing of use behind it. */
	private carried(text: string, bytes: Uint8Array, start: number, outer: Carried | null, depth: number): TraceEvent | LineKind | null {
		const {rows} = this;
		const tryRow = (row: number): TraceEvent | LineKind | null => {
			const carried = carriedBy(row, text);
			if (carried === null) {
				return null;
			}

			const rest = text.slice(carried.length);
			const offset = start + carried.length;
			const both = outer === null ? carried : merged(outer, carried);
			const outcome = (depth + 1 < mostCarriers ? this.carried(rest, bytes, offset, both, depth + 1) : null) ?? this.plain(rest, bytes, offset, both);
			if (outcome !== null && outcome !== 'unknown') {
				rows.carrier = depth === 0 ? row : rows.carrier;
				return outcome;
			}

			return null;
		};

		const early = depth === 0 && rows.carrier >= 0 ? tryRow(rows.carrier) : null;
		if (early !== null) {
			return early;
		}

		for (const row of carrierPrefixes.keys()) {
			const outcome = tryRow(row);
			if (outcome !== null) {
				return outcome;
			}
		}

		return null;
	}

	/** A line without a carrier's prefix. Null when it is nothing that is known. */
	private plain(text: string, bytes: Uint8Array, start: number, carried: Carried | null): TraceEvent | LineKind | null {
		const {parts, rows} = this;
		const end = start + text.length;
		const first = skipSpaces(bytes, start, end);
		if (first === end) {
			return carried === null ? 'blank' : 'comment';
		}

		if (bytes[first] === ascii.hash) {
			this.header(text.trimStart());
			return 'comment';
		}

		parts.clear();
		parts.machine = carried?.machine ?? '';
		const shape = readKernelShape(text, bytes, start, parts, rows.kernel);
		if (shape >= 0) {
			rows.kernel = shape;
			// Unless another carrier stands before it.
			return carried === null || parts.commEnd - parts.commStart <= longestComm ? this.kernelHit(bytes, end) ?? 'unknown' : null;
		}

		return this.qemuByTable(text, bytes, start, carried) ?? this.noEvent(text.trim(), text);
	}

	private qemuByTable(text: string, bytes: Uint8Array, start: number, carried: Carried | null): TraceEvent | LineKind | null {
		const {parts, rows} = this;
		const line = qemuLineOf(text.trimStart(), rows.qemu);
		if (line === null) {
			return null;
		}

		const isNamed = isQemuEvent(line.event);
		const isTimed = !Number.isNaN(line.seconds);
		// A sentence may begin with a word, a date or even a number; other names than those known need the form of a name.
		if (!isNamed && !(isTimed && line.event.includes('_')) && !(isTimed && line.row === 0) && !/^virt(?:queue|io)_\w+ .*0x[\da-f]/v.test(`${line.event}${text.slice(-200)}`)) {
			return null;
		}

		rows.qemu = line.row;
		const offset = start + text.length - text.trimStart().length;
		parts.clear();
		parts.machine = carried?.machine ?? '';
		parts.pid = line.thread >= 0 ? line.thread : carried?.thread ?? -1;
		parts.seconds = line.seconds;
		parts.nanoseconds = line.nanoseconds;
		parts.textStart = Math.min(start + text.length, offset + line.textStart + 1);
		parts.eventStart = offset + line.eventStart;
		parts.eventEnd = parts.eventStart + line.event.length;
		if (qemuPrefixes[line.row].isDelta === true) {
			this.delta += line.delta;
			parts.seconds = Math.floor(this.delta / 1e9);
			parts.nanoseconds = this.delta - (parts.seconds * 1e9);
		} else if (!isTimed && carried !== null) {
			parts.seconds = carried.seconds;
			parts.nanoseconds = carried.nanoseconds;
		}

		return this.qemuHit(bytes, start + text.length) ?? 'unknown';
	}

	private qemuHit(bytes: Uint8Array, end: number): TraceEvent | null {
		const {parts} = this;
		const {beside: {counter, read, other}} = this.qemuEvents.entry(bytes, parts.eventStart, parts.eventEnd);
		const payload = read === undefined ? other : read(bytes, parts.textStart, end);
		if (payload === undefined) {
			this.misread++;
			return null;
		}

		this.isQemuLog = true;
		if (Number.isNaN(parts.seconds)) {
			this.untimed++;
			return this.hit(counter, 0, '', payload);
		}

		return this.hit(counter, this.timeOf(parts.seconds, parts.nanoseconds), '', payload);
	}

	private kernelHit(bytes: Uint8Array, end: number): TraceEvent | null {
		const {parts} = this;
		if (parts.isFunction) {
			const {text, beside: {counter}} = this.kernelEvents.entry(bytes, parts.eventStart, parts.eventEnd);
			return this.hit(counter, this.timeOf(parts.seconds, parts.nanoseconds), this.comm(bytes), functionPayload(text));
		}

		const {text: event, beside} = this.kernelEvents.entry(bytes, parts.eventStart, parts.eventEnd);
		const start = payloadStart(bytes, parts.textStart, end);
		const payload = beside.read === undefined ? this.otherPayload(event, beside, bytes, start, end) : beside.read(bytes, start, end);
		if (payload === undefined) {
			this.misread++;
			return null;
		}

		return this.hit(beside.counter, this.timeOf(parts.seconds, parts.nanoseconds), this.comm(bytes), payload);
	}

	/** Probes, marks and fences have names of their own, which nobody can list. */
	private otherPayload(event: string, {other, isFence, isMark}: EventName, bytes: Uint8Array, start: number, end: number): Payload | undefined {
		if (isFence) {
			return dmaFence(event, textOf(bytes, start, end));
		}

		if (isProbe(bytes, start, end)) {
			return doorbellPayload(event, bytes, start, end) ?? other;
		}

		// A driver's trace_printk: q of qlock_wait_….
		if (bytes[start] === 0x71 || isMark) {
			const mark = qlockMark(bytes, start, end);
			if (mark !== undefined) {
				return mark;
			}

			if (isMark) {
				return this.markedPayload(textOf(bytes, start, end)) ?? other;
			}
		}

		return other;
	}

	/** QEMU's ftrace backend writes its events as marks; trace-cmd puts the function before them. */
	private markedPayload(text: string): Payload | undefined {
		const [, name = '', rest = ''] = /^(?:(?:tracing_mark_write|0x[\da-f]+|\d+): ?)?(\w+)(?: (.*))?$/sv.exec(text) ?? [];
		if (!isQemuEvent(name)) {
			return undefined;
		}

		const bytes = encoder.encode(rest);
		const read = qemuPayload(name);
		return read === null ? undefined : read(bytes, 0, bytes.length);
	}

	/** A kind of line, when it is one. */
	private noEvent(trimmed: string, line: string): LineKind | null {
		const lost = lostLine.exec(trimmed);
		if (lost !== null) {
			this.lost += Number(lost.slice(1).find(number => number !== undefined && number !== '') ?? 1) || 1;
			return 'lost';
		}

		if (/^(?:cpus=\d+|version = \d+|CPU \d+ is empty|-+|Dumping ftrace buffer:|\(ftrace buffer empty\)|CPU:\d+ \[SUBBUFFER START\].*|##### CPU \d+ buffer started #####)$/v.test(trimmed)) {
			this.header(trimmed);
			return 'comment';
		}

		// Call chains of perf script and of ftrace's stacktrace option; a frame may be at address 0.
		return /^\s+[\da-f]{1,16} \S.*(?:\)|\+0x[\da-f]+)$/v.test(line) || /^\s+[\da-f]{6,16} \S/v.test(line) || trimmed.startsWith('=> ') || /^<(?:user )?stack trace>$/v.test(trimmed) ? 'stack' : null;
	}

	private comment(line: string): null {
		this.header(line);
		if (this.events === 0 && this.unreadable.size === 0) {
			this.recognize(line);
		}

		return this.miss('comment');
	}

	/**
	What headers state: the CPUs (`#P:2` of ftrace, `cpus=2` of trace-cmd, `nrcpus online` of perf), the host, and what was
	overwritten. Another number of CPUs or host is another machine.
	*/
	private header(line: string): void {
		const [, kept, written] = /^# entries-in-buffer\/entries-written: (\d{1,15})\/(\d{1,15})/v.exec(line) ?? /^# latency: .*, #(\d{1,15})\/(\d{1,15}), CPU#/v.exec(line) ?? [];
		if (kept !== undefined) {
			this.overwritten += Math.max(0, Number(written) - Number(kept));
		}

		const [, hostName] = /^# hostname\s*: (\S+)/v.exec(line) ?? [];
		if (hostName !== undefined) {
			if (this.hostName !== '' && this.hostName !== hostName) {
				this.beginPart();
			}

			this.hostName = hostName;
		}

		const cpus = Number((/#P:(\d{1,4})/v.exec(line) ?? /^cpus=(\d{1,4})$/v.exec(line) ?? /^# nrcpus online\s*: (\d{1,4})/v.exec(line) ?? [])[1] ?? 0);
		if (cpus > 0) {
			if (this.part.cpus > 0 && this.part.cpus !== cpus) {
				this.beginPart();
			}

			this.part.cpus = cpus;
		}
	}

	private beginPart(): void {
		if (this.fileParts.length < mostNames) {
			this.part = {name: `part ${this.fileParts.length + 1}`, cpus: 0};
			this.fileParts.push(this.part);
			this.latest = -Infinity;
			this.previous = -Infinity;
		}
	}

	private hit(counter: Counter, time: number, comm: string, payload: Payload): TraceEvent {
		counter.count++;
		this.events++;
		if (time < this.latest) {
			this.backwards += time < this.previous ? 1 : 0;
			this.disordered += time < this.latest - usualDisorder ? 1 : 0;
		} else {
			this.latest = time;
		}

		this.short += time < shortTime ? 1 : 0;
		this.previous = time;
		const {pid, cpu, depth, machine} = this.parts;
		return {
			time, cpu, comm, pid, depth: depth < 0 ? null : depth, machine: machine === '' ? this.part.name : machine, payload,
		};
	}

	private miss(kind: LineKind): null {
		const counter = this.kinds.get(kind);
		if (counter === undefined) {
			this.kinds.set(kind, {count: 1});
		} else {
			counter.count++;
		}

		return null;
	}

	private missUnknown(bytes: Uint8Array, start: number, end: number): null {
		this.unknown++;
		if (this.unknownSamples.length < 3 || this.unknown % 64 === 0 || this.unreadable.size > 0) {
			const text = textOf(bytes, start, Math.min(end, start + longestLine));
			if (this.unknownSamples.length < 3) {
				this.unknownSamples.push(fitText(text, 80));
			}

			this.recognize(text);
		}

		return this.miss('unknown');
	}

	private recognize(text: string): void {
		const found = unreadableOf(text);
		if (found !== null) {
			this.unreadable.set(found, (this.unreadable.get(found) ?? 0) + 1);
		}
	}

	private comm(bytes: Uint8Array): string {
		return this.threads.text(bytes, this.parts.commStart, this.parts.commEnd);
	}

	private kernelEvent(name: string): EventName {
		return {
			counter: this.counter(name),
			read: guestPayloads.get(name) ?? kvmPayloads.get(name),
			other: {name: 'other', event: name},
			isFence: name.startsWith('dma_fence_'),
			isMark: ['tracing_mark_write', 'print', 'bprint', 'bputs'].includes(name),
		};
	}

	private qemuEvent(name: string): EventName {
		return {
			counter: this.counter(name), read: qemuPayload(name) ?? undefined, other: {name: 'other', event: name}, isFence: false, isMark: false,
		};
	}

	private counter(name: string): Counter {
		const known = this.counters.get(name);
		if (known !== undefined) {
			return known;
		}

		if (this.counters.size >= mostNames) {
			return this.more;
		}

		const counter = {count: 0};
		this.counters.set(name, counter);
		return counter;
	}

	private timeOf(seconds: number, nanoseconds: number): number {
		this.base ??= seconds;
		return ((seconds - this.base) * 1e9) + nanoseconds;
	}
}

/** An inner prefix says more of its line than the one around it. */
function merged(outer: Carried, inner: Carried): Carried {
	const isTimed = !Number.isNaN(inner.seconds);
	return {
		row: inner.row,
		length: inner.length,
		machine: inner.machine === '' ? outer.machine : inner.machine,
		thread: inner.thread === -1 ? outer.thread : inner.thread,
		seconds: isTimed ? inner.seconds : outer.seconds,
		nanoseconds: isTimed ? inner.nanoseconds : outer.nanoseconds,
	};
}

const failed = new TextEncoder().encode('[FAILED TO PARSE]');

/** Behind the spaces and what libtraceevent says when it knows the format of an event in part. */
function payloadStart(bytes: Uint8Array, from: number, end: number): number {
	const at = skipSpaces(bytes, from, end);
	if (bytes[at] !== ascii.bracket || !failed.every((byte, i) => bytes[at + i] === byte)) {
		return at;
	}

	return skipSpaces(bytes, at + failed.length, end);
}

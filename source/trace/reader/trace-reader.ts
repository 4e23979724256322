import {Buffer} from 'node:buffer';
import {fitText} from '../../charts/fit-text.js';
import {carriedBy, type Carried, carrierPrefixes, merged, mostCarriers} from './carrier-prefix.js';
import {ascii, skipSpaces} from './characters.js';
import {dmaFence, isProbe, payloadStart, qlockMark} from './guest-payload.js';
import {functionPayload} from './doorbell-payload.js';
import {textOf} from './byte-words.js';
import {scanKernelLine} from './kernel-scan.js';
import {readKernelShape} from './kernel-shape.js';
import {FileHeaders} from './file-headers.js';
import {EventOrder} from './event-order.js';
import {kindOf, type LineKind, lostEvents} from './line-kind.js';
import {LineParts} from './line-parts.js';
import {type Counter, EventNames, type EventName} from './event-names.js';
import {isSame, type Named, NameTable} from './name-table.js';
import {qemuLineOf, qemuPrefixes} from './qemu-prefix.js';
import {isQemuEvent, qemuPayload} from './qemu-payload.js';
import {scanQemuLine} from './qemu-scan.js';
import {type Payload, type TraceEvent} from './trace-event.js';
import {type Unreadable, unreadableOf} from './unreadable.js';

/** Bytes; longer lines are no events. Bounds the work of one line. */
export const longestLine = 4096;

/** Bytes of a thread's name (TASK_COMM_LEN less its end). A longer one has something before it. */
const longestComm = 15;

/** Places for threads whose name is known by their number; a power of 2. */
const nearThreads = 256;

const encoder = new TextEncoder();

/**
Reads the lines of a recording, in any of the formats of its kind: ftrace text, trace-cmd
report, perf script, QEMU logs, with whatever a daemon, a container or a mail put before
them. Every line is counted under what it is, so the counts add up to the lines. Nothing
that a line holds makes it throw.

The usual layouts are read from the bytes in one pass (`scanKernelLine`, `scanQemuLine`); the tables
`carrierPrefixes`, `kernelShapes` and `qemuPrefixes` read the others.
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
	/** Events without a time, of a QEMU log without `-msg timestamp=on`. */
	untimed = 0;
	/**
	Events of a QEMU log with a time, and of these the ones whose time is no whole millisecond.
	*/
	timed = 0;
	fine = 0;
	readonly headers = new FileHeaders();
	readonly order = new EventOrder();
	/** Events of known names whose payload has another form. */
	misread = 0;
	/** Whole seconds that are taken off all times, so that ns stay exact. */
	base: number | null = null;
	/** Layouts that lines were read by, for those who ask what a file is. */
	readonly rows = {kernel: -1, qemu: -1, carrier: -1};
	private events = 0;
	private delta = 0;
	private readonly parts = new LineParts();
	private readonly kinds = new Map<LineKind, Counter>();
	private readonly threads = new NameTable<undefined>(() => undefined);
	/** The name that was read last by the number of its thread: most threads have one. */
	private readonly near: Array<Named<undefined> | undefined> = Array.from({length: nearThreads});
	private readonly names = new EventNames();
	private isQemuLog = false;

	/** Events by the name that the line has, and lines that are none by their kind in brackets. */
	get counts(): ReadonlyMap<string, number> {
		const counts = this.names.counts();
		for (const [kind, {count}] of this.kinds) {
			counts.set(`(${kind})`, count);
		}

		return counts;
	}

	/** The event of a line, or null when it is none; without the newline. */
	readText(line: string): TraceEvent | null {
		const bytes = encoder.encode(line);
		return this.read(bytes, 0, bytes.length);
	}

	/**
	The event of the line in bytes `start` to `end`, which has no newline, or null when it is none.
	*/
	read(bytes: Uint8Array, start: number, lineEnd: number): TraceEvent | null {
		this.lines++;
		let end = lineEnd;
		while (end > start && bytes[end - 1] === ascii.carriage) {
			end--;
		}

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
			// A thread's name may begin so.
			return bytes[first + 1] !== ascii.space && scanKernelLine(bytes, first, end, parts)
				? (this.kernelHit(bytes, end) ?? this.missUnknown(bytes, start, end))
				: this.comment(textOf(bytes, first, end));
		}

		// A QEMU line begins with a digit; `>` and `|` quote.
		if (this.isQemuLog) {
			if (scanQemuLine(bytes, start, end, parts)) {
				return this.qemuHit(bytes, end) ?? this.missUnknown(bytes, start, end);
			}

			parts.clear();
		}

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

	/**
	What stands behind the prefix of a carrier; null where there is
	none, or nothing of use behind it.
	*/
	private carried(
		text: string,
		bytes: Uint8Array,
		start: number,
		outer: Carried | null,
		depth: number,
	): TraceEvent | LineKind | null {
		const {rows} = this;
		const tryRow = (row: number): TraceEvent | LineKind | null => {
			const carried = carriedBy(row, text);
			if (carried === null) {
				return null;
			}

			const rest = text.slice(carried.length);
			const offset = start + carried.length;
			const both = outer === null ? carried : merged(outer, carried);
			const outcome =
				(depth + 1 < mostCarriers ? this.carried(rest, bytes, offset, both, depth + 1) : null) ??
				this.plain(rest, bytes, offset, both);
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
	private plain(
		text: string,
		bytes: Uint8Array,
		start: number,
		carried: Carried | null,
	): TraceEvent | LineKind | null {
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
			return carried === null || parts.commEnd - parts.commStart <= longestComm
				? (this.kernelHit(bytes, end) ?? 'unknown')
				: null;
		}

		return this.qemuByTable(text, bytes, start, carried) ?? this.noEvent(text);
	}

	private qemuByTable(
		text: string,
		bytes: Uint8Array,
		start: number,
		carried: Carried | null,
	): TraceEvent | LineKind | null {
		const {parts, rows} = this;
		const line = qemuLineOf(text.trimStart(), rows.qemu);
		if (line === null) {
			return null;
		}

		const isNamed = isQemuEvent(line.event);
		const isTimed = !Number.isNaN(line.seconds);
		// A sentence may begin with a word, a date or even a number; other names than those
		// known need the form of a name.
		if (
			!isNamed &&
			!(isTimed && line.event.includes('_')) &&
			!(isTimed && line.row === 0) &&
			!/^virt(?:queue|io)_\w+ .*0x[\da-f]/v.test(`${line.event}${text.slice(-200)}`)
		) {
			return null;
		}

		rows.qemu = line.row;
		const offset = start + text.length - text.trimStart().length;
		parts.clear();
		parts.machine = carried?.machine ?? '';
		parts.pid = line.thread >= 0 ? line.thread : (carried?.thread ?? -1);
		parts.seconds = line.seconds;
		parts.nanoseconds = line.nanoseconds;
		parts.textStart = Math.min(start + text.length, offset + line.textStart + 1);
		parts.eventStart = offset + line.eventStart;
		parts.eventEnd = parts.eventStart + line.event.length;
		if (qemuPrefixes[line.row].isDelta === true) {
			this.delta += line.delta;
			parts.seconds = Math.floor(this.delta / 1e9);
			parts.nanoseconds = this.delta - parts.seconds * 1e9;
		} else if (!isTimed && carried !== null) {
			parts.seconds = carried.seconds;
			parts.nanoseconds = carried.nanoseconds;
		}

		return this.qemuHit(bytes, start + text.length) ?? 'unknown';
	}

	private qemuHit(bytes: Uint8Array, end: number): TraceEvent | null {
		const {parts} = this;
		const {
			beside: {counter, recent, other},
		} = this.names.qemu.entry(bytes, parts.eventStart, parts.eventEnd);
		const payload = recent === undefined ? other : recent.payload(bytes, parts.textStart, end);
		if (payload === undefined) {
			this.misread++;
			return null;
		}

		this.isQemuLog = true;
		if (Number.isNaN(parts.seconds)) {
			this.untimed++;
			return this.hit(counter, 0, '', payload);
		}

		this.timed++;
		this.fine += parts.nanoseconds % 1_000_000 === 0 ? 0 : 1;
		return this.hit(counter, this.timeOf(parts.seconds, parts.nanoseconds), '', payload);
	}

	private kernelHit(bytes: Uint8Array, end: number): TraceEvent | null {
		const {parts} = this;
		if (parts.isFunction) {
			const {
				text,
				beside: {counter},
			} = this.names.kernel.entry(bytes, parts.eventStart, parts.eventEnd);
			return this.hit(
				counter,
				this.timeOf(parts.seconds, parts.nanoseconds),
				this.comm(bytes),
				functionPayload(text),
			);
		}

		const {text: event, beside} = this.names.kernel.entry(bytes, parts.eventStart, parts.eventEnd);
		const start = payloadStart(bytes, parts.textStart, end);
		const payload =
			beside.recent === undefined
				? this.otherPayload(event, beside, bytes, start, end)
				: beside.recent.payload(bytes, start, end);
		if (payload === undefined) {
			this.misread++;
			return null;
		}

		return this.hit(beside.counter, this.timeOf(parts.seconds, parts.nanoseconds), this.comm(bytes), payload);
	}

	/** Probes, marks and fences have names of their own, which nobody can list. */
	private otherPayload(
		event: string,
		{probe, other, isFence, isMark}: EventName,
		bytes: Uint8Array,
		start: number,
		end: number,
	): Payload | undefined {
		if (isFence) {
			return dmaFence(event, textOf(bytes, start, end));
		}

		if (isProbe(bytes, start, end)) {
			return probe.payload(bytes, start, end);
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

	/**
	QEMU's ftrace backend writes its events as marks; trace-cmd puts the function before them.
	*/
	private markedPayload(text: string): Payload | undefined {
		const [, name = '', rest = ''] =
			/^(?:(?:tracing_mark_write|0x[\da-f]+|\d+): ?)?(\w+)(?: (.*))?$/sv.exec(text) ?? [];
		if (!isQemuEvent(name)) {
			return undefined;
		}

		const bytes = encoder.encode(rest);
		const read = qemuPayload(name);
		return read === null ? undefined : read(bytes, 0, bytes.length);
	}

	/** A kind of line, when it is one. */
	private noEvent(line: string): LineKind | null {
		const kind = kindOf(line);
		if (kind === 'lost') {
			this.lost += lostEvents(line);
		} else if (kind === 'comment') {
			this.header(line.trim());
		}

		return kind;
	}

	private header(line: string): void {
		if (this.headers.read(line)) {
			this.order.restart();
		}
	}

	private comment(line: string): null {
		this.header(line);
		if (this.events === 0 && this.unreadable.size === 0) {
			this.recognize(line);
		}

		return this.miss('comment');
	}

	private hit(counter: Counter, time: number, comm: string, payload: Payload): TraceEvent {
		counter.count++;
		this.events++;
		this.order.see(time);
		const {pid, cpu, depth, machine} = this.parts;
		return {
			time,
			cpu,
			comm,
			pid,
			depth: depth < 0 ? null : depth,
			machine: machine === '' ? this.headers.machine : machine,
			payload,
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
		const {pid, commStart, commEnd} = this.parts;
		const place = pid & (nearThreads - 1);
		const known = this.near[place];
		if (known !== undefined && isSame(known.bytes, bytes, commStart, commEnd)) {
			return known.text;
		}

		const entry = this.threads.entry(bytes, commStart, commEnd);
		this.near[place] = entry;
		return entry.text;
	}

	private timeOf(seconds: number, nanoseconds: number): number {
		this.base ??= seconds;
		return (seconds - this.base) * 1e9 + nanoseconds;
	}
}

import {Buffer} from 'node:buffer';
import {carriedBy, type Carried, carrierPrefixes, merged, mostCarriers} from './carrier-prefix.js';
import {ascii, skipSpaces} from './characters.js';
import {textOf} from './byte-words.js';
import {scanKernelLine} from './kernel-scan.js';
import {readKernelShape} from './kernel-shape.js';
import {FileHeaders} from './file-headers.js';
import {kindOf, type LineKind, lostEvents} from './line-kind.js';
import {qemuLineOf, qemuPrefixes} from './qemu-prefix.js';
import {isQemuEvent} from './qemu-payload.js';
import {scanQemuLine} from './qemu-scan.js';
import {type TraceEvent} from './trace-event.js';
import {LineEvents} from './line-events.js';
import {longestLine, OtherLines} from './other-lines.js';

/** Bytes of a thread's name (TASK_COMM_LEN less its end). A longer one has something before it. */
const longestComm = 15;

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
	/** Events that the recorder says it lost, -1 for an unknown number counted as 1. */
	lost = 0;
	readonly headers = new FileHeaders();
	/** The lines that are events, and those that are none. */
	readonly made = new LineEvents(this.headers);
	readonly others = new OtherLines();
	/** Layouts that lines were read by, for those who ask what a file is. */
	readonly rows = {kernel: -1, qemu: -1, carrier: -1};
	private delta = 0;

	/** Events by the name that the line has, and lines that are none by their kind in brackets. */
	get counts(): ReadonlyMap<string, number> {
		const counts = this.made.counts();
		for (const [kind, count] of this.others.counts()) {
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
			return this.others.missUnknown(bytes, start, end);
		}

		const first = skipSpaces(bytes, start, end);
		if (first === end) {
			return this.others.miss('blank');
		}

		const {parts} = this.made;
		parts.clear();
		if (bytes[first] === ascii.hash) {
			// A thread's name may begin so.
			return bytes[first + 1] !== ascii.space && scanKernelLine(bytes, first, end, parts)
				? (this.made.kernel(bytes, end) ?? this.others.missUnknown(bytes, start, end))
				: this.comment(textOf(bytes, first, end));
		}

		// A QEMU line begins with a digit; `>` and `|` quote.
		if (this.made.hasQemu) {
			if (scanQemuLine(bytes, start, end, parts)) {
				return this.made.qemu(bytes, end) ?? this.others.missUnknown(bytes, start, end);
			}

			parts.clear();
		}

		if (bytes[first] !== ascii.greater && bytes[first] !== ascii.bar && scanKernelLine(bytes, first, end, parts)) {
			return this.made.kernel(bytes, end) ?? this.others.missUnknown(bytes, start, end);
		}

		return this.readByTables(bytes, start, end);
	}

	private readByTables(bytes: Uint8Array, start: number, end: number): TraceEvent | null {
		const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1');
		const outcome = this.carried(text, bytes, start, null, 0) ?? this.plain(text, bytes, start, null);
		if (typeof outcome === 'object' && outcome !== null) {
			return outcome;
		}

		return outcome === null || outcome === 'unknown'
			? this.others.missUnknown(bytes, start, end)
			: this.others.miss(outcome);
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
		const {
			rows,
			made: {parts},
		} = this;
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
				? (this.made.kernel(bytes, end) ?? 'unknown')
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
		const {
			rows,
			made: {parts},
		} = this;
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

		return this.made.qemu(bytes, start + text.length) ?? 'unknown';
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
			this.made.order.restart();
		}
	}

	private comment(line: string): null {
		this.header(line);
		if (this.made.count === 0 && this.others.unreadable.size === 0) {
			this.others.recognize(line);
		}

		return this.others.miss('comment');
	}
}

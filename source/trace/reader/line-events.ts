import {dmaFence, isProbe, payloadStart, qlockMark} from './guest-payload.js';
import {functionPayload} from './doorbell-payload.js';
import {textOf} from './byte-words.js';
import {EventOrder} from './event-order.js';
import {type Counter, EventNames, type EventName} from './event-names.js';
import {type FileHeaders} from './file-headers.js';
import {LineParts} from './line-parts.js';
import {isSame, type Named, NameTable} from './name-table.js';
import {isQemuEvent, qemuPayload} from './qemu-payload.js';
import {type Payload, type TraceEvent} from './trace-event.js';

/** Places for threads whose name is known by their number; a power of 2. */
const nearThreads = 256;

const encoder = new TextEncoder();

/** Makes events of lines whose parts are known, and counts them by name. */
export class LineEvents {
	/** Of the line at hand: who finds them writes them here. */
	readonly parts = new LineParts();
	readonly order = new EventOrder();
	/** Events so far. */
	count = 0;
	/** Events of known names whose payload has another form. */
	misread = 0;
	/** Events without a time, of a QEMU log without `-msg timestamp=on`. */
	untimed = 0;
	/**
	Events of a QEMU log with a time, and of these the ones whose time is no whole millisecond.
	*/
	timed = 0;
	fine = 0;
	/** Whole seconds that are taken off all times, so that ns stay exact. */
	base: number | null = null;
	private readonly threads = new NameTable<undefined>(() => undefined);
	/** The name that was read last by the number of its thread: most threads have one. */
	private readonly near: Array<Named<undefined> | undefined> = Array.from({length: nearThreads});
	private readonly names = new EventNames();

	constructor(private readonly headers: FileHeaders) {}

	/** A QEMU log has been read from. */
	get hasQemu(): boolean {
		return this.timed + this.untimed > 0;
	}

	/** By the name that the line has. */
	counts(): Map<string, number> {
		return this.names.counts();
	}

	/** Of a QEMU log's line, or null when its payload has another form. */
	qemu(bytes: Uint8Array, end: number): TraceEvent | null {
		const {parts} = this;
		const {
			beside: {counter, recent, other},
		} = this.names.qemu.entry(bytes, parts.eventStart, parts.eventEnd);
		const payload = recent === undefined ? other : recent.payload(bytes, parts.textStart, end);
		if (payload === undefined) {
			this.misread++;
			return null;
		}

		if (Number.isNaN(parts.seconds)) {
			this.untimed++;
			return this.hit(counter, 0, '', payload);
		}

		this.timed++;
		this.fine += parts.nanoseconds % 1_000_000 === 0 ? 0 : 1;
		return this.hit(counter, this.timeOf(parts.seconds, parts.nanoseconds), '', payload);
	}

	/** Of a line of the kernel's, or null when its payload has another form. */
	kernel(bytes: Uint8Array, end: number): TraceEvent | null {
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

	private hit(counter: Counter, time: number, comm: string, payload: Payload): TraceEvent {
		counter.count++;
		this.count++;
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

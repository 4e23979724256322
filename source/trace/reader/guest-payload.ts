import {Buffer} from 'node:buffer';
import {ascii, skipSpaces} from './characters.js';
import {type DoorbellProbe, doorbellProbe, isNotifyFunction} from './doorbell-probe.js';
import {commandReader} from './gpu-command.js';
import {type Named, NameTable} from './name-table.js';
import {integerAt, keyOf, PayloadFields} from './payload-fields.js';
import {type PayloadReader} from './payload-reader.js';
import {type Payload, type WorkPayload} from './trace-event.js';

const names = new NameTable<undefined>(() => undefined);
const fields = new PayloadFields();

const key = {
	numFree: keyOf('num_free'),
	irq: keyOf('irq'),
	name: keyOf('name'),
	ret: keyOf('ret'),
	idx: keyOf('idx'),
	index: keyOf('index'),
	who: keyOf('who'),
	holder: keyOf('holder'),
	previousState: keyOf('prev_state'),
} as const;

/** The text of a payload, for readers that need not be fast. */
export function textOf(bytes: Uint8Array, start: number, end: number): string {
	return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8');
}

/**
The guest's events, each by the format of its kernel's trace headers, as
text and by the option `fields`.
*/
export const guestPayloads: ReadonlyMap<string, PayloadReader> = new Map<string, PayloadReader>([
	['virtio_gpu_cmd_queue', commandReader('virtio_gpu_cmd_queue')],
	['virtio_gpu_cmd_response', commandReader('virtio_gpu_cmd_response')],
	['irq_handler_entry', irqEntry],
	['irq_handler_exit', irqExit],
	['workqueue_queue_work', (bytes, start, end) => work('workqueue_queue_work', bytes, start, end)],
	['workqueue_activate_work', (bytes, start, end) => work('workqueue_activate_work', bytes, start, end)],
	['workqueue_execute_start', (bytes, start, end) => work('workqueue_execute_start', bytes, start, end)],
	['workqueue_execute_end', (bytes, start, end) => work('workqueue_execute_end', bytes, start, end)],
	['contention_begin', contentionBegin],
	['contention_end', contentionEnd],
	['sched_switch', schedSwitch],
	['function', (bytes, start, end) => tracedFunction(textOf(bytes, start, end))],
	['sched_wakeup', (bytes, start, end) => schedWakeup('sched_wakeup', textOf(bytes, start, end))],
	['sched_waking', (bytes, start, end) => schedWakeup('sched_waking', textOf(bytes, start, end))],
]);

/**
What a probe says when it is one on a doorbell's function; `idx` is the
queue when the probe fetches it.
*/
export function doorbellPayload(event: string, bytes: Uint8Array, start: number, end: number): Payload | undefined {
	const close = bytes.indexOf(ascii.close, start);
	const probe = close === -1 || close >= end ? null : probeAt(event, places.entry(bytes, start, close + 1));
	if (probe === null) {
		return undefined;
	}

	if (probe.edge === 'out') {
		return {
			name: 'notify_out',
			caller: probe.caller,
			function: probe.function,
			probe: event,
		};
	}

	fields.open(bytes, start, end);
	const idx = fields.integer(key.idx);
	const queue = Number.isNaN(idx) ? fields.integer(key.index) : idx;
	const numFree = fields.integer(key.numFree);
	return {
		name: 'notify_in',
		queue: Number.isNaN(queue) ? null : queue,
		numFree: Number.isNaN(numFree) ? null : numFree,
		function: probe.function,
		probe: event,
	};
}

/** What probes are, by the place in their payload and their name: each is asked for once. */
type Probes = Map<string, DoorbellProbe | null>;
const places = new NameTable<Probes>(() => new Map(), 4096);
const mostNames = 100;

function probeAt(event: string, {text, beside}: Named<Probes>): DoorbellProbe | null {
	const known = beside.get(event);
	if (known !== undefined) {
		return known;
	}

	const probe = doorbellProbe(event, text);
	if (beside.size < mostNames) {
		beside.set(event, probe);
	}

	return probe;
}

/** A line of the function tracer, `vp_notify <-virtqueue_notify`. */
export function functionPayload(name: string, probe = name): Payload {
	return isNotifyFunction(name)
		? {
				name: 'notify_in',
				queue: null,
				numFree: null,
				function: name,
				probe,
			}
		: {name: 'other', event: 'function'};
}

/**
The same as trace-cmd report and perf script print it:
`function: vp_notify <-- virtqueue_notify`, perhaps with offsets.
*/
function tracedFunction(text: string): Payload {
	const [, name = ''] = /^\s*([\w.]{1,120})(?:\+0x[\da-f]+)?(?: \[\w+\])?(?:\s*<-|\s*$)/v.exec(text) ?? [];
	return functionPayload(name, 'function');
}

const qlockWait = keyOf('qlock_wait_');

/**
`qlock_wait_begin: who=… holder=…`, which a driver writes with trace_printk under any event name;
trace-cmd puts the function before it.
*/
export function qlockMark(bytes: Uint8Array, start: number, end: number): Payload | undefined {
	let at = start;
	while (at < end && !(bytes[at] === qlockWait[0] && isLabel(bytes, at, qlockWait))) {
		at++;
	}

	at += qlockWait.length;
	fields.open(bytes, at, end);
	const who = at < end ? wordAfter(key.who, bytes) : '';
	const holder = who === '' ? '' : wordAfter(key.holder, bytes);
	// B of begin, e of end.
	return holder === '' || (bytes[at] !== 0x62 && bytes[at] !== 0x65)
		? undefined
		: {name: bytes[at] === 0x62 ? 'qlock_wait_begin' : 'qlock_wait_end', who, holder};
}

/** The eight events of include/trace/events/dma_fence.h. */
export function dmaFence(event: string, text: string): Payload | undefined {
	const {driver, timeline, context, seqno} =
		/driver=(?<driver>\S*) timeline=(?<timeline>\S*) context=(?<context>\d{1,15}) seqno=(?<seqno>\d{1,15})(?: |$)/v.exec(
			text,
		)?.groups ?? {};
	return context === undefined
		? undefined
		: {
				name: 'dma_fence',
				what: event.slice('dma_fence_'.length),
				driver,
				timeline,
				context: Number(context),
				seqno: Number(seqno),
			};
}

function wordAfter(which: Uint8Array, bytes: Uint8Array): string {
	const start = fields.seek(which);
	return start < 0 ? '' : names.text(bytes, start, fields.wordEnd(start));
}

function irqEntry(bytes: Uint8Array, start: number, end: number): Payload | undefined {
	fields.open(bytes, start, end);
	const irq = fields.integer(key.irq);
	return Number.isNaN(irq) ? undefined : {name: 'irq_handler_entry', irq, action: wordAfter(key.name, bytes)};
}

function irqExit(bytes: Uint8Array, start: number, end: number): Payload | undefined {
	fields.open(bytes, start, end);
	const irq = fields.integer(key.irq);
	if (Number.isNaN(irq)) {
		return undefined;
	}

	const ret = wordAfter(key.ret, bytes);
	// Raw fields have IRQ_HANDLED's number.
	return {name: 'irq_handler_exit', irq, handled: ret === 'handled' || ret === '1' || ret === '0x1'};
}

const functionWord = keyOf('function');
const structWord = keyOf('struct');

/**
`function=…` when queued, `function …` afterwards; 5.10 names the workqueue only when it queues.
Raw fields begin with `work=`.
*/
function work(name: WorkPayload['name'], bytes: Uint8Array, start: number, end: number): Payload | undefined {
	// "work struct", "workqueue=…", "work=…".
	if (
		end - start < 5 ||
		bytes[start] !== 0x77 ||
		bytes[start + 1] !== 0x6f ||
		bytes[start + 2] !== 0x72 ||
		bytes[start + 3] !== 0x6b
	) {
		return undefined;
	}

	const at = labelEnd(bytes, start, end, functionWord);
	let wordEnd = at;
	while (wordEnd < end && bytes[wordEnd] !== ascii.space) {
		wordEnd++;
	}

	let from = labelEnd(bytes, start, end, structWord);
	if (from < 0 && bytes[start + 4] === ascii.equals) {
		from = start + 5;
	}

	let to = from;
	while (to < end && bytes[to] !== ascii.space && bytes[to] !== ascii.colon) {
		to++;
	}

	return {
		name,
		work: at < 0 ? '' : names.text(bytes, at, Math.min(wordEnd, at + longestFunction)),
		address: from < 0 ? '' : names.text(bytes, from, Math.min(to, from + 20)),
	};
}

/** Characters of a function's name that are kept. */
const longestFunction = 100;

/**
Where the word behind `label=` or `label ` starts, or -1; a label that no word follows is none.
*/
function labelEnd(bytes: Uint8Array, start: number, end: number, label: Uint8Array): number {
	const last = end - label.length - 1;
	for (let at = start; at < last; at++) {
		if (bytes[at] === label[0] && isLabel(bytes, at, label)) {
			const after = bytes[at + label.length];
			const next = at + label.length + 1;
			if ((after === ascii.equals || after === ascii.space) && bytes[next] !== ascii.space) {
				return next;
			}
		}
	}

	return -1;
}

function isLabel(bytes: Uint8Array, at: number, label: Uint8Array): boolean {
	for (let i = 1; i < label.length; i++) {
		if (bytes[at + i] !== label[i]) {
			return false;
		}
	}

	return true;
}

const lockFlags = keyOf(' (flags=');
const lockRet = keyOf(' (ret=');

function contentionBegin(bytes: Uint8Array, start: number, end: number): Payload | undefined {
	const lockEnd = wordEnd(bytes, start, end);
	if (lockEnd === start || !isLabel(bytes, lockEnd, lockFlags)) {
		return undefined;
	}

	const flags = lockEnd + lockFlags.length;
	let flagsEnd = flags;
	while (flagsEnd < end && bytes[flagsEnd] !== ascii.close) {
		flagsEnd++;
	}

	return {
		name: 'contention_begin',
		lock: names.text(bytes, start, lockEnd),
		flags: names.text(bytes, flags, flagsEnd),
	};
}

function contentionEnd(bytes: Uint8Array, start: number, end: number): Payload | undefined {
	const lockEnd = wordEnd(bytes, start, end);
	return lockEnd === start || !isLabel(bytes, lockEnd, lockRet)
		? undefined
		: {name: 'contention_end', lock: names.text(bytes, start, lockEnd)};
}

function wordEnd(bytes: Uint8Array, start: number, end: number): number {
	let at = start;
	while (at < end && bytes[at] !== ascii.space) {
		at++;
	}

	return at;
}

const previousComm = keyOf('prev_comm=');
const nextComm = keyOf('next_comm=');
const pidWord = keyOf(' prev_pid=');
const nextPidWord = keyOf(' next_pid=');

/** Bytes that a thread's name has at most (TASK_COMM_LEN). */
const longestComm = 16;

/**
Trace-cmd writes `comm:pid [prio] state ==> comm:pid [prio]`, the kernel
`prev_comm=… ==> next_comm=…`, and raw fields leave the arrow out.
*/
function schedSwitch(bytes: Uint8Array, start: number, end: number): Payload | undefined {
	const commAt = start + previousComm.length;
	if (end - start < 40 || !isLabel(bytes, start, previousComm) || bytes[start] !== previousComm[0]) {
		return shortSwitch(textOf(bytes, start, end));
	}

	// A name may hold anything, but not much of it: the last of these words that a name
	// leaves room for is the field.
	const pidAt = lastLabel(bytes, commAt, Math.min(end, commAt + longestComm + pidWord.length), pidWord);
	const nextAt = lastLabel(bytes, pidAt, end, nextPidWord);
	fields.open(bytes, Math.max(commAt, pidAt), end);
	const stateAt = fields.seek(key.previousState);
	if (pidAt < 0 || stateAt < 0 || nextAt < 0) {
		return undefined;
	}

	const previousPid = integerAt(bytes, pidAt, end);
	const nextPid = integerAt(bytes, nextAt, end);
	const commEnd = pidAt - pidWord.length;
	let nextFrom = fields.wordEnd(stateAt);
	while (nextFrom < nextAt && !(bytes[nextFrom] === nextComm[0] && isLabel(bytes, nextFrom, nextComm))) {
		nextFrom++;
	}

	if (Number.isNaN(previousPid + nextPid)) {
		return undefined;
	}

	const state = names.text(bytes, stateAt, fields.wordEnd(stateAt));
	return {
		name: 'sched_switch',
		previousComm: names.text(bytes, commAt, commEnd),
		previousPid,
		// TASK_RUNNING is 0.
		previousState: state === '0' || state === '0x0' ? 'R' : state,
		nextComm:
			nextFrom < nextAt
				? names.text(
						bytes,
						nextFrom + nextComm.length,
						Math.max(nextFrom + nextComm.length, nextAt - nextPidWord.length),
					)
				: '',
		nextPid,
	};
}

/** Behind the last place from `start` to `end` where a label stands, or -1. */
function lastLabel(bytes: Uint8Array, start: number, end: number, label: Uint8Array): number {
	for (let at = end - label.length; at >= start; at--) {
		if (bytes[at] === label[0] && isLabel(bytes, at, label)) {
			return at + label.length;
		}
	}

	return -1;
}

function shortSwitch(text: string): Payload | undefined {
	const arrow = text.lastIndexOf(' ==> ');
	if (arrow === -1) {
		return undefined;
	}

	const previous = /^(.{0,32}):(\d{1,10}) \[\d+\] (\S{1,10})\s*$/v.exec(text.slice(0, arrow));
	const next = /^(.{0,32}):(\d{1,10}) \[\d+\]/v.exec(text.slice(arrow + 5));
	return previous === null || next === null
		? undefined
		: {
				name: 'sched_switch',
				previousComm: names.text(Buffer.from(previous[1]), 0, Buffer.byteLength(previous[1])),
				previousPid: Number(previous[2]),
				previousState: previous[3],
				nextComm: next[1],
				nextPid: Number(next[2]),
			};
}

function schedWakeup(name: 'sched_wakeup' | 'sched_waking', text: string): Payload | undefined {
	const [, comm, pid, cpu] =
		/^comm=(.{0,32}) pid=(\d{1,10}) .*target_cpu=(\d{1,5})/v.exec(text) ??
		/^(.{0,32}):(\d{1,10}) \[\d+\].* CPU:(\d{1,5})/v.exec(text) ??
		[];
	return comm === undefined
		? undefined
		: {
				name,
				wokenComm: comm,
				wokenPid: Number(pid),
				targetCpu: Number(cpu),
			};
}

/** Whether a payload is a probe's: it begins with the place in brackets. */
export function isProbe(bytes: Uint8Array, start: number, end: number): boolean {
	return start < end && bytes[start] === ascii.open;
}

const failed = keyOf('[FAILED TO PARSE]');

/** Behind the spaces and what libtraceevent says when it knows the format of an event in part. */
export function payloadStart(bytes: Uint8Array, from: number, end: number): number {
	const at = skipSpaces(bytes, from, end);
	if (bytes[at] !== ascii.bracket || !failed.every((byte, i) => bytes[at + i] === byte)) {
		return at;
	}

	return skipSpaces(bytes, at + failed.length, end);
}

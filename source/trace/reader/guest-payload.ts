import {ascii, skipSpaces} from './characters.js';
import {commandReader} from './gpu-command.js';
import {keyOf} from './payload-fields.js';
import {type PayloadReader} from './payload-reader.js';
import {type Payload, type WorkPayload} from './trace-event.js';
import {textOf, labelEnd, isLabel, wordEnd} from './byte-words.js';
import {names, fields, key} from './guest-fields.js';
import {tracedFunction} from './doorbell-payload.js';
import {schedSwitch, schedWakeup} from './sched-payload.js';

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

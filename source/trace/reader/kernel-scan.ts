import {ascii, decimal, hexDigit, isDigit, isNameByte, skipDigits, skipSpaces} from './characters.js';
import {fractionUnits, type LineParts} from './line-parts.js';

/** Bytes of a thread's name (TASK_COMM_LEN less its end). A longer one has something before it. */
const longestComm = 15;

/**
Bytes from a line's first that its CPU begins in: behind a name, a
number, perhaps another in brackets.
*/
const farthestCpu = 80;

/** Letters of perf's modifiers, as in `sched_switch:ukhp:`. */
const longestModifiers = 6;

/** Flags of ftrace's and perf's lines. */
const longestFlags = 9;

/**
The layouts that nearly all recordings have, in one pass over the bytes: the CPU
in brackets, a time in seconds.

	comm-pid (tgid) [cpu] flags secs.frac: (+delta) event: text     ftrace, trace-cmd report
	comm pid/tid [cpu] flags secs.frac: period system:event: text   perf script

False for any other line: `kernelShapes` has the last word on those. It reads
the same lines in the same way.
*/
export function scanKernelLine(bytes: Uint8Array, start: number, end: number, parts: LineParts): boolean {
	const last = Math.min(end, start + farthestCpu);
	for (let bracket = start + 3; bracket < last; bracket++) {
		// The name of a thread may hold brackets; a number in them between spaces,
		// after a number, is the CPU.
		if (bytes[bracket] === ascii.bracket && bytes[bracket - 1] === ascii.space) {
			const cpuEnd = skipDigits(bytes, bracket + 1, end);
			if (
				bytes[cpuEnd] === ascii.bracketEnd &&
				cpuEnd > bracket + 1 &&
				cpuEnd <= bracket + 6 &&
				bytes[cpuEnd + 1] === ascii.space &&
				readThread(bytes, start, bracket, parts) &&
				readRest(bytes, cpuEnd + 1, end, parts)
			) {
				parts.cpu = decimal(bytes, bracket + 1, cpuEnd);
				return true;
			}
		}
	}

	return false;
}

/** Name and number of the thread, which end before `end`. */
function readThread(bytes: Uint8Array, start: number, end: number, parts: LineParts): boolean {
	let pidEnd = backOverSpaces(bytes, start, end);
	const hasGroup = bytes[pidEnd - 1] === ascii.close;
	if (hasGroup) {
		let open = pidEnd - 2;
		while (open > start && (isDigit(bytes[open]) || bytes[open] === ascii.space || bytes[open] === ascii.dash)) {
			open--;
		}

		if (bytes[open] !== ascii.open) {
			return false;
		}

		pidEnd = backOverSpaces(bytes, start, open);
	}

	let pidStart = pidEnd;
	while (pidStart > start && isDigit(bytes[pidStart - 1])) {
		pidStart--;
	}

	if (pidStart === pidEnd || pidEnd - pidStart > 10 || pidStart < start + 2) {
		return false;
	}

	let commEnd = pidStart - 1;
	const before = bytes[commEnd];
	if (before !== ascii.dash) {
		// Only ftrace's lines have the thread group in brackets.
		if (hasGroup) {
			return false;
		}

		if (before === ascii.slash) {
			while (commEnd > start && isDigit(bytes[commEnd - 1])) {
				commEnd--;
			}

			if (bytes[commEnd] === ascii.slash || bytes[commEnd - 1] !== ascii.space) {
				return false;
			}
		} else if (before !== ascii.space) {
			return false;
		}
	}

	commEnd = backOverSpaces(bytes, start, commEnd);

	if (commEnd <= start || commEnd - start > longestComm) {
		return false;
	}

	parts.commStart = start;
	parts.commEnd = commEnd;
	parts.pid = decimal(bytes, pidStart, pidEnd);
	// Perf's flags say nothing of locks.
	parts.depth = before === ascii.dash ? 0 : -1;
	return true;
}

/** Flags, time, event: from behind the CPU on. */
function readRest(bytes: Uint8Array, from: number, end: number, parts: LineParts): boolean {
	let at = skipSpaces(bytes, from, end);
	let flags = -1;
	if (!isDigit(bytes[at])) {
		flags = at;
		while (at < end && bytes[at] !== ascii.space && bytes[at] !== ascii.colon && bytes[at] !== ascii.open) {
			at++;
		}

		if (bytes[at] !== ascii.space || at - flags > longestFlags) {
			return false;
		}

		if (parts.depth === 0) {
			parts.depth = at - flags < 4 ? -1 : depthOf(bytes[flags + 3]);
		}

		at = skipSpaces(bytes, at, end);
	} else if (parts.depth === 0) {
		parts.depth = -1;
	}

	let seconds = 0;
	let point = at;
	while (point < end && isDigit(bytes[point])) {
		seconds = seconds * 10 + bytes[point] - ascii.zero;
		point++;
	}

	let fraction = 0;
	let stampEnd = point + 1;
	while (stampEnd < end && isDigit(bytes[stampEnd])) {
		fraction = fraction * 10 + bytes[stampEnd] - ascii.zero;
		stampEnd++;
	}

	const digits = stampEnd - point - 1;
	if (
		point === at ||
		point - at > 12 ||
		(bytes[point] !== ascii.point && bytes[point] !== ascii.comma) ||
		digits < 1 ||
		digits > 9 ||
		bytes[stampEnd] !== ascii.colon ||
		bytes[stampEnd + 1] !== ascii.space
	) {
		return false;
	}

	parts.seconds = seconds;
	parts.nanoseconds = fraction * fractionUnits[digits];
	return readEvent(bytes, stampEnd + 1, end, parts);
}

/** The event's name and where its payload starts. */
export function readEvent(bytes: Uint8Array, from: number, end: number, parts: LineParts): boolean {
	let name = skipSpaces(bytes, from, end);
	if (bytes[name] === ascii.open) {
		// Trace-cmd report --ts-diff.
		while (name < end && bytes[name] !== ascii.close) {
			name++;
		}

		name = skipSpaces(bytes, name + 1, end);
	} else if (isDigit(bytes[name])) {
		// Perf's period.
		name = skipSpaces(bytes, skipDigits(bytes, name, end), end);
	}

	let nameEnd = skipEventName(bytes, name, end);
	if (
		bytes[nameEnd] === ascii.colon &&
		bytes[nameEnd + 1] !== ascii.space &&
		nameEnd + 1 < end &&
		isNameByte(bytes[nameEnd + 1])
	) {
		const second = skipEventName(bytes, nameEnd + 1, end);
		if (bytes[second] === ascii.colon) {
			name = nameEnd + 1;
			nameEnd = second;
		}
	}

	parts.eventStart = name;
	parts.eventEnd = nameEnd;
	parts.isFunction = false;
	if (nameEnd === name || nameEnd > end) {
		return false;
	}

	if (bytes[nameEnd] === ascii.colon && nameEnd < end) {
		parts.textStart = afterModifiers(bytes, nameEnd + 1, end);
		return true;
	}

	// `vp_notify <-virtqueue_notify`, or no more than the function.
	parts.isFunction =
		bytes[nameEnd] === ascii.space &&
		bytes[nameEnd + 1] === ascii.less &&
		bytes[nameEnd + 2] === ascii.dash &&
		nameEnd + 2 < end;
	parts.textStart = end;
	return parts.isFunction;
}

/** Perf's modifiers of an event, `sched:sched_switch:k: text`. A payload begins behind a blank. */
function afterModifiers(bytes: Uint8Array, from: number, end: number): number {
	let at = from;
	while (at < end && at - from < longestModifiers && isNameByte(bytes[at])) {
		at++;
	}

	return at > from && bytes[at] === ascii.colon && (at + 1 === end || bytes[at + 1] === ascii.space) ? at + 1 : from;
}

function skipEventName(bytes: Uint8Array, from: number, end: number): number {
	let at = from;
	while (at < end && eventBytes[bytes[at]] === 1) {
		at++;
	}

	return at;
}

/** 1 for the bytes of an event's name. */
const eventBytes = Uint8Array.from({length: 256}, (_, byte) => (isNameByte(byte) || byte === ascii.dash ? 1 : 0));

/** The fourth of ftrace's flags is the preemption depth; a dot is 0. -1 for what is none. */
export function depthOf(flag: number): number {
	return flag === ascii.point ? 0 : hexDigit(flag);
}

function backOverSpaces(bytes: Uint8Array, start: number, end: number): number {
	let at = end;
	while (at > start && bytes[at - 1] === ascii.space) {
		at--;
	}

	return at;
}

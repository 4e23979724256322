import {ascii, decimal, skipDigits, skipName} from './characters.js';
import {fractionUnits, type LineParts} from './line-parts.js';

/** Characters of an event's name. */
const longestName = 80;

/** Days since 1970 of the date that was read last: all lines of a log have the same. */
let knownDate = -1;
let knownDays = 0;

/**
The two forms that nearly all QEMU logs have, in one pass over the bytes:
`tid@secs.frac:event payload` and `YYYY-MM-DDThh:mm:ss.fracZ event payload`. False for any other
line: `qemuPrefixes` has the last word on those. It reads the same lines in the same way.
*/
export function scanQemuLine(bytes: Uint8Array, start: number, end: number, parts: LineParts): boolean {
	const first = skipDigits(bytes, start, end);
	if (bytes[first] === ascii.at) {
		return readThread(bytes, start, first, end, parts);
	}

	return first === start + 4 && bytes[first] === ascii.dash && readDate(bytes, start, end, parts);
}

function readThread(bytes: Uint8Array, start: number, at: number, end: number, parts: LineParts): boolean {
	const point = skipDigits(bytes, at + 1, end);
	const stampEnd = skipDigits(bytes, point + 1, end);
	const digits = stampEnd - point - 1;
	if (
		at === start ||
		at - start > 10 ||
		point === at + 1 ||
		point - at > 13 ||
		(bytes[point] !== ascii.point && bytes[point] !== ascii.comma) ||
		digits < 1 ||
		digits > 9 ||
		bytes[stampEnd] !== ascii.colon
	) {
		return false;
	}

	parts.pid = decimal(bytes, start, at);
	parts.seconds = decimal(bytes, at + 1, point);
	parts.nanoseconds = decimal(bytes, point + 1, stampEnd) * fractionUnits[digits];
	return readName(bytes, stampEnd + 1, end, parts);
}

/** `2026-03-01T00:00:00`, a fraction unless it is 0, `Z`. */
function readDate(bytes: Uint8Array, start: number, end: number, parts: LineParts): boolean {
	if (
		end - start < 22 ||
		bytes[start + 7] !== ascii.dash ||
		bytes[start + 10] !== 0x54 ||
		bytes[start + 13] !== ascii.colon ||
		bytes[start + 16] !== ascii.colon ||
		skipDigits(bytes, start + 5, end) !== start + 7 ||
		skipDigits(bytes, start + 8, end) !== start + 10 ||
		skipDigits(bytes, start + 11, end) !== start + 13 ||
		skipDigits(bytes, start + 14, end) !== start + 16 ||
		skipDigits(bytes, start + 17, end) !== start + 19
	) {
		return false;
	}

	let at = start + 19;
	let nanoseconds = 0;
	if (bytes[at] === ascii.point) {
		const fractionEnd = skipDigits(bytes, at + 1, end);
		const digits = fractionEnd - at - 1;
		if (digits < 1 || digits > 9) {
			return false;
		}

		nanoseconds = decimal(bytes, at + 1, fractionEnd) * fractionUnits[digits];
		at = fractionEnd;
	}

	if (bytes[at] !== 0x5a || bytes[at + 1] !== ascii.space) {
		return false;
	}

	const year = decimal(bytes, start, start + 4);
	const month = decimal(bytes, start + 5, start + 7);
	const day = decimal(bytes, start + 8, start + 10);
	const date = (year * 100 + month) * 100 + day;
	if (date !== knownDate) {
		knownDate = date;
		knownDays = Math.floor(Date.UTC(year, month - 1, day) / 86_400_000);
	}

	parts.seconds =
		knownDays * 86_400 +
		decimal(bytes, start + 11, start + 13) * 3600 +
		decimal(bytes, start + 14, start + 16) * 60 +
		decimal(bytes, start + 17, start + 19);
	parts.nanoseconds = nanoseconds;
	return readName(bytes, at + 2, end, parts) && hasUnderscore(bytes, parts.eventStart, parts.eventEnd);
}

function readName(bytes: Uint8Array, from: number, end: number, parts: LineParts): boolean {
	const nameEnd = skipName(bytes, from, end);
	parts.eventStart = from;
	parts.eventEnd = nameEnd;
	parts.textStart = Math.min(end, nameEnd + 1);
	return nameEnd > from && nameEnd - from <= longestName && (nameEnd === end || bytes[nameEnd] === ascii.space);
}

/**
All names of QEMU's events have one; other words behind a time are a daemon's, or a guest's name.
*/
function hasUnderscore(bytes: Uint8Array, start: number, end: number): boolean {
	for (let at = start; at < end; at++) {
		if (bytes[at] === 0x5f) {
			return true;
		}
	}

	return false;
}

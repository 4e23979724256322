/** Bytes of ASCII that lines are taken apart at. */
export const ascii = {
	tab: 0x09,
	newline: 0x0a,
	carriage: 0x0d,
	escape: 0x1b,
	space: 0x20,
	hash: 0x23,
	open: 0x28,
	close: 0x29,
	comma: 0x2c,
	dash: 0x2d,
	point: 0x2e,
	slash: 0x2f,
	zero: 0x30,
	nine: 0x39,
	colon: 0x3a,
	less: 0x3c,
	equals: 0x3d,
	greater: 0x3e,
	at: 0x40,
	bracket: 0x5b,
	bracketEnd: 0x5d,
	bar: 0x7c,
} as const;

/** Whether a byte is 0 to 9; false for what lies behind the end of an array. */
export function isDigit(byte: number): boolean {
	return byte >= 0x30 && byte <= 0x39;
}

/** What a byte stands for among 0 to 9, a to f and A to F; -1 for any other. */
export function hexDigit(byte: number): number {
	if (byte >= 0x30 && byte <= 0x39) {
		return byte - 0x30;
	}

	// Bit 5 makes a capital letter small.
	const small = byte | 0x20;
	return small >= 0x61 && small <= 0x66 ? small - 0x57 : -1;
}

/** Letters, digits and underscores. */
export function isNameByte(byte: number): boolean {
	return (
		(byte >= 0x61 && byte <= 0x7a) ||
		byte === 0x5f ||
		(byte >= 0x30 && byte <= 0x39) ||
		(byte >= 0x41 && byte <= 0x5a)
	);
}

/** After the digits from `at` on, at most `end`. */
export function skipDigits(bytes: Uint8Array, at: number, end: number): number {
	let next = at;
	while (next < end && isDigit(bytes[next])) {
		next++;
	}

	return next;
}

/** After the spaces and tabs from `at` on, at most `end`. */
export function skipSpaces(bytes: Uint8Array, at: number, end: number): number {
	let next = at;
	while (next < end && (bytes[next] === 0x20 || bytes[next] === 0x09)) {
		next++;
	}

	return next;
}

/** After the letters, digits and underscores from `at` on, at most `end`. */
export function skipName(bytes: Uint8Array, at: number, end: number): number {
	let next = at;
	while (next < end && isNameByte(bytes[next])) {
		next++;
	}

	return next;
}

/** The number that digits make; exact up to 15 of them. */
export function decimal(bytes: Uint8Array, start: number, end: number): number {
	let value = 0;
	for (let at = start; at < end; at++) {
		value = value * 10 + bytes[at] - 0x30;
	}

	return value;
}

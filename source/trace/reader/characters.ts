/** Whether the character at an index is 0 to 9; false behind the end. */
export function isDigit(text: string, at: number): boolean {
	const code = text.charCodeAt(at); // eslint-disable-line unicorn/prefer-code-point -- NaN behind the end is what is wanted, and digits are in one unit
	return code >= 0x30 && code <= 0x39;
}

/** What the digit at an index stands for, -1 where there is none. */
export function digitAt(text: string, at: number): number {
	return isDigit(text, at) ? text.charCodeAt(at) - 0x30 : -1; // eslint-disable-line unicorn/prefer-code-point -- digits are in one unit
}

/** The same for 0 to 9, a to f and A to F. */
export function hexDigitAt(text: string, at: number): number {
	const digit = digitAt(text, at);
	if (digit >= 0) {
		return digit;
	}

	// Bit 5 makes a capital letter small.
	const code = text.charCodeAt(at) | 0x20; // eslint-disable-line unicorn/prefer-code-point -- letters are in one unit
	return code >= 0x61 && code <= 0x66 ? code - 0x57 : -1;
}

/** After the digits from `at` on. */
export function skipDigits(text: string, at: number): number {
	let end = at;
	while (isDigit(text, end)) {
		end++;
	}

	return end;
}

/** After the spaces from `at` on. */
export function skipSpaces(text: string, at: number): number {
	let end = at;
	while (text[end] === ' ') {
		end++;
	}

	return end;
}

/** After the letters, digits and underscores from `at` on. */
export function skipNameCharacters(text: string, at: number): number {
	let end = at;
	for (; end < text.length; end++) {
		const code = text.codePointAt(end) ?? 0;
		const isName = (code >= 0x61 && code <= 0x7A) || code === 0x5F || (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5A);
		if (!isName) {
			break;
		}
	}

	return end;
}

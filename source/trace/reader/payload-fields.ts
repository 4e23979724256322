import {skipDigits} from './characters.js';

/**
Integers of a payload that is made of `key=value` words, 0x allowed. NaN where the key is
missing or its value is no number.
*/
export function integerAfter(text: string, key: string): number {
	const start = startOf(text, key);
	if (start < 0) {
		return Number.NaN;
	}

	const digits = skipDigits(text, start);
	if (isEnd(text, digits)) {
		return digits === start || digits > start + 15 ? Number.NaN : Number(text.slice(start, digits));
	}

	const [word] = /^0x[\da-f]{1,13}(?![^ ,])/iv.exec(text.slice(start, start + 16)) ?? ['NaN'];
	return Number(word);
}

/** A word ends at a space, a comma or the end of the text. */
function isEnd(text: string, at: number): boolean {
	return at >= text.length || text[at] === ' ' || text[at] === ',';
}

/** The word after `key=`, or an empty text. */
export function wordAfter(text: string, key: string): string {
	const start = startOf(text, key);
	if (start < 0) {
		return '';
	}

	const end = text.indexOf(' ', start);
	return end === -1 ? text.slice(start) : text.slice(start, end);
}

/** Where the value of `key=` starts, or -1. The key begins the text or follows a space. */
function startOf(text: string, key: string): number {
	const label = `${key}=`;
	let at = text.indexOf(label);
	while (at > 0 && text[at - 1] !== ' ') {
		at = text.indexOf(label, at + 1);
	}

	return at < 0 ? -1 : at + label.length;
}

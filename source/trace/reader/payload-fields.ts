import {ascii, hexDigit, isDigit, skipSpaces} from './characters.js';

/** Digits that a number may have: those of any size are exact. */
const mostDigits = 15;
const mostHexDigits = 13;

/** The bytes of a key, to look for it. */
export function keyOf(text: string): Uint8Array {
	return new TextEncoder().encode(text);
}

/**
The fields of a payload that is made of `key=value` words. Keys are looked for behind the one that
was found last, and then from the start, so that keys in their usual order cost one pass.
*/
export class PayloadFields {
	private bytes: Uint8Array = new Uint8Array(0);
	private start = 0;
	private end = 0;
	private at = 0;

	open(bytes: Uint8Array, start: number, end: number): void {
		this.bytes = bytes;
		this.start = start;
		this.end = end;
		this.at = start;
	}

	/** Where the value of `key=` starts, or -1. The key begins the payload or follows a space. */
	seek(key: Uint8Array): number {
		let found = this.scan(this.at, key);
		if (found < 0 && this.at > this.start) {
			found = this.scan(this.start, key);
		}

		if (found >= 0) {
			this.at = found;
		}

		return found;
	}

	/**
	The integer after `key=`, 0x allowed; NaN where the key is missing or its value is no number.
	*/
	integer(key: Uint8Array): number {
		const start = this.seek(key);
		if (start < 0) {
			return Number.NaN;
		}

		// Nearly all are short and decimal.
		const {bytes, end} = this;
		let value = 0;
		let at = start;
		const last = start + 9 < end ? start + 9 : end;
		while (at < last && bytes[at] >= 0x30 && bytes[at] <= 0x39) {
			value = value * 10 + bytes[at] - 0x30;
			at++;
		}

		return at > start && (at === end || bytes[at] === ascii.space) ? value : integerAt(bytes, start, end);
	}

	/** End of the word that starts at `start`: at a space or the end. */
	wordEnd(start: number): number {
		let end = start;
		while (end < this.end && this.bytes[end] !== ascii.space) {
			end++;
		}

		return end;
	}

	private scan(from: number, key: Uint8Array): number {
		const {bytes, end} = this;
		const last = end - key.length;
		let at = from;
		if (at > this.start && bytes[at - 1] !== ascii.space) {
			at = nextWord(bytes, at, end);
		}

		while (at < last) {
			let i = 0;
			while (i < key.length && bytes[at + i] === key[i]) {
				i++;
			}

			if (i === key.length && bytes[at + i] === ascii.equals) {
				return at + i + 1;
			}

			at = nextWord(bytes, at, end);
		}

		return -1;
	}
}

/** An integer of a word that ends at a space, a comma or `end`; NaN for any other word. */
export function integerAt(bytes: Uint8Array, start: number, end: number): number {
	const isHex = bytes[start] === ascii.zero && (bytes[start + 1] | 0x20) === 0x78;
	let value = 0;
	let at = isHex ? start + 2 : start;
	const first = at;
	const last = Math.min(end, at + (isHex ? mostHexDigits : mostDigits));
	if (isHex) {
		for (let digit = hexDigit(bytes[at]); digit >= 0 && at < last; digit = hexDigit(bytes[at])) {
			value = value * 16 + digit;
			at++;
		}
	} else {
		while (at < last && isDigit(bytes[at])) {
			value = value * 10 + bytes[at] - 0x30;
			at++;
		}
	}

	return at > first && (at >= end || bytes[at] === ascii.space || bytes[at] === ascii.comma) ? value : Number.NaN;
}

function nextWord(bytes: Uint8Array, at: number, end: number): number {
	let next = at;
	while (next < end && bytes[next] !== ascii.space) {
		next++;
	}

	return skipSpaces(bytes, next, end);
}

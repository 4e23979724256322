import {ascii, hexDigit} from './characters.js';

/** Digits that are read here; longer numbers are for `integerAt`. */
const mostDigits = 15;
const mostHexDigits = 13;

/**
The `key=value` words of a payload that are all there, in the order that is asked
for: each byte is looked at once.
*/
export class PayloadWords {
	/** All that was asked for was found, and nothing but spaces is left. */
	get isRead(): boolean {
		return this.isGood && this.at >= this.end;
	}

	private bytes: Uint8Array = new Uint8Array(0);
	private at = 0;
	private end = 0;
	private isGood = false;

	open(bytes: Uint8Array, start: number, end: number): void {
		this.bytes = bytes;
		this.at = start;
		this.end = end;
		this.isGood = true;
	}

	/**
	The number of the next word, whose key with its equals sign is `key`; of no meaning when
	it is another word or no number.
	*/
	number(key: Uint8Array): number {
		const {bytes, end} = this;
		let at = this.value(key);
		let first = at;
		let value = 0;
		if (bytes[at] === ascii.zero && bytes[at + 1] === 0x78) {
			first += 2;
			at = first;
			for (let digit = hexDigit(bytes[at]); digit >= 0 && at < end; digit = hexDigit(bytes[at])) {
				value = value * 16 + digit;
				at++;
			}

			if (at - first > mostHexDigits) {
				this.isGood = false;
			}
		} else {
			while (at < end && bytes[at] >= 0x30 && bytes[at] <= 0x39) {
				value = value * 10 + bytes[at] - 0x30;
				at++;
			}
		}

		if (at === first || at - first > mostDigits || (at < end && bytes[at] !== ascii.space)) {
			this.isGood = false;
		}

		this.at = at + 1;
		return value;
	}

	/** Passes over the next word. */
	skip(key: Uint8Array): void {
		const {bytes, end} = this;
		let at = this.value(key);
		while (at < end && bytes[at] !== ascii.space) {
			at++;
		}

		this.at = at + 1;
	}

	private value(key: Uint8Array): number {
		const {bytes, at} = this;
		const {length} = key;
		for (let i = 0; i < length; i++) {
			if (bytes[at + i] !== key[i]) {
				this.isGood = false;
				return at;
			}
		}

		return at + length;
	}
}

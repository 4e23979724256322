import {Buffer} from 'node:buffer';
import {ascii} from './characters.js';

/** The text of a payload, for readers that need not be fast. */
export function textOf(bytes: Uint8Array, start: number, end: number): string {
	return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8');
}

/**
Where the word behind `label=` or `label ` starts, or -1; a label that no word follows is none.
*/
export function labelEnd(bytes: Uint8Array, start: number, end: number, label: Uint8Array): number {
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

/** Whether a label stands at `at`, whose first byte has been compared. */
export function isLabel(bytes: Uint8Array, at: number, label: Uint8Array): boolean {
	for (let i = 1; i < label.length; i++) {
		if (bytes[at + i] !== label[i]) {
			return false;
		}
	}

	return true;
}

/** Where the word that starts at `start` ends: at a space or at `end`. */
export function wordEnd(bytes: Uint8Array, start: number, end: number): number {
	let at = start;
	while (at < end && bytes[at] !== ascii.space) {
		at++;
	}

	return at;
}

/** Behind the last place from `start` to `end` where a label stands, or -1. */
export function lastLabel(bytes: Uint8Array, start: number, end: number, label: Uint8Array): number {
	for (let at = end - label.length; at >= start; at--) {
		if (bytes[at] === label[0] && isLabel(bytes, at, label)) {
			return at + label.length;
		}
	}

	return -1;
}

import {digitAt, hexDigitAt} from './characters.js';

/** Digits that a number may have: those of any size are exact. */
const mostDigits = 15;
const mostHexDigits = 13;

/**
Integers of a payload that is made of `key=value` words, 0x allowed. NaN where the key is
missing or its value is no number. It makes no text of the digits: a line has up to six numbers.
*/
export function integerAfter(text: string, key: string): number {
	const start = startOf(text, key);
	if (start < 0) {
		return Number.NaN;
	}

	const isHex = text[start] === '0' && (text[start + 1] === 'x' || text[start + 1] === 'X');
	return isHex ? hexAt(text, start + 2) : decimalAt(text, start);
}

function decimalAt(text: string, start: number): number {
	let value = 0;
	let at = start;
	for (let digit = digitAt(text, at); digit >= 0 && at - start < mostDigits; digit = digitAt(text, at)) {
		value = (value * 10) + digit;
		at++;
	}

	return at > start && isEnd(text, at) ? value : Number.NaN;
}

function hexAt(text: string, start: number): number {
	let value = 0;
	let at = start;
	for (let digit = hexDigitAt(text, at); digit >= 0 && at - start < mostHexDigits; digit = hexDigitAt(text, at)) {
		value = (value * 16) + digit;
		at++;
	}

	return at > start && isEnd(text, at) ? value : Number.NaN;
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
	const {length} = key;
	let at = text.indexOf(key);
	while (at >= 0 && (text[at + length] !== '=' || (at > 0 && text[at - 1] !== ' '))) {
		at = text.indexOf(key, at + 1);
	}

	return at < 0 ? -1 : at + length + 1;
}

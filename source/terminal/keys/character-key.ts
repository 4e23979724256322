import {type Modifiers, withModifiers} from './modifiers.js';

/**
Control characters that have a key of their own, and the letters that a terminal writes them for.
*/
const controls: Readonly<Record<number, string>> = {
	8: 'backspace',
	9: 'tab',
	10: 'enter',
	13: 'enter',
	27: 'esc',
	127: 'backspace',
};

/**
The key of a control character (0 to 31, 127): `enter`, `C-r`. NUL, which Ctrl-space and a
terminal's padding write, is no key.
*/
export function controlKey(code: number): string | undefined {
	if (code === 0) {
		return undefined;
	}

	return controls[code] ?? `C-${String.fromCodePoint(code + 64).toLowerCase()}`;
}

/** The key of a character as it is typed; undefined for what nobody types. */
export function characterKey(code: number): string | undefined {
	if (code === 32) {
		return 'space';
	}

	if (code < 32 || code === 127) {
		return controlKey(code);
	}

	const isText = code <= 0x10_ff_ff && !(code >= 0x80 && code < 0xa0) && !(code >= 0xd8_00 && code <= 0xdf_ff);
	return isText ? String.fromCodePoint(code) : undefined;
}

/**
Kitty's numbers of keys that have no character (its functional key definitions, which
begin at U+E000's private use area), for those that mean something to others: the keypad
does what the keys beside it do.
*/
const functional: ReadonlyMap<number, string> = new Map<number, string>([
	...Array.from({length: 10}, (_, digit): [number, string] => [57_399 + digit, String(digit)]),
	...[
		'.',
		'/',
		'*',
		'-',
		'+',
		'enter',
		'=',
		',',
		'left',
		'right',
		'up',
		'down',
		'pgup',
		'pgdn',
		'home',
		'end',
		'insert',
		'delete',
		'begin',
	].map((name, index): [number, string] => [57_409 + index, name]),
	...Array.from({length: 23}, (_, index): [number, string] => [57_376 + index, `f${13 + index}`]),
]);

const isPrivate = (code: number): boolean => code >= 0xe0_00 && code <= 0xf8_ff;

/** Keys that mean the same with shift: a terminal without the protocol cannot tell. */
const shiftless: ReadonlySet<string> = new Set(['enter', 'esc', 'backspace', 'space']);

/** A key reported by the number of its character, with what else a terminal says of it. */
export type CodedKey = {
	readonly code: number;
	/** The character with shift, and the one at this place of a US keyboard. */
	readonly shifted?: number | undefined;
	readonly base?: number | undefined;
	/** What the key writes. */
	readonly text?: string | undefined;
	readonly modifiers: Modifiers;
};

/**
The names of a key that is reported by number (kitty's `CSI u`, xterm's
modifyOtherKeys), as if it had been typed.
*/
export function codedKeys({code, shifted, base, text, modifiers}: CodedKey): string[] {
	const special = functional.get(code) ?? (code in controls ? controls[code] : undefined);
	const {shift, control, other} = modifiers;
	if (special !== undefined) {
		const isShiftless = shiftless.has(special) || special.length === 1;
		return [withModifiers(special, {...modifiers, shift: shift && !isShiftless})];
	}

	if (code < 32 || isPrivate(code)) {
		return [];
	}

	if (!control && !other) {
		const codes =
			text === undefined || text === ''
				? [shift ? shiftedCode(code, shifted) : code]
				: Array.from(text, character => character.codePointAt(0) ?? 0);
		return codes.map(one => characterKey(one)).filter(name => name !== undefined);
	}

	const onKeyboard = code > 127 && base !== undefined && base > 32 && base < 127 ? base : code;
	if (control && !other && !shift) {
		const letter = onKeyboard >= 65 && onKeyboard <= 90 ? onKeyboard + 32 : onKeyboard;
		// The characters that Ctrl makes of @ to _ and of a to z (ECMA-48, 7-bit).
		const made =
			(letter >= 97 && letter <= 122) || (letter >= 64 && letter <= 95) ? controlKey(letter & 31) : undefined;
		return made === undefined ? [`C-${characterKey(letter) ?? ''}`] : [made];
	}

	const name = characterKey(onKeyboard);
	return name === undefined ? [] : [withModifiers(name, modifiers)];
}

/**
Without the terminal's word for it only the letters have a shifted
character that is the same everywhere.
*/
function shiftedCode(code: number, shifted: number | undefined): number {
	if (shifted !== undefined) {
		return shifted;
	}

	return code >= 97 && code <= 122 ? code - 32 : code;
}

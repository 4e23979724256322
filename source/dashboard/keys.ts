import {type Key} from 'ink';

/** Keys that are no character, by Ink's name for them. */
const named = [
	['upArrow', 'up'],
	['downArrow', 'down'],
	['leftArrow', 'left'],
	['rightArrow', 'right'],
	['return', 'enter'],
	['escape', 'esc'],
	['backspace', 'backspace'],
	['delete', 'backspace'],
] as const;

const controls: Readonly<Record<string, string>> = {
	'\r': 'enter', '\n': 'enter', '\t': 'tab', '\b': 'backspace', '\u007F': 'backspace', ' ': 'space',
};

function characterName(character: string): string {
	const code = character.codePointAt(0) ?? 0;
	return controls[character] ?? (code > 0 && code < 27 ? `C-${String.fromCodePoint(code + 96)}` : character);
}

/** Names of the keys in one report of Ink, which gathers what was typed or pasted at once. */
export function keyNames(input: string, key: Key): string[] {
	if (key.tab) {
		return [key.shift ? 'S-tab' : 'tab'];
	}

	const special = named.find(([property]) => key[property]);
	if (special !== undefined) {
		return [special[1]];
	}

	if (key.ctrl && /^[a-z]$/v.test(input)) {
		return [`C-${input}`];
	}

	// With the Alt key: bound to nothing.
	if (key.meta) {
		return [];
	}

	return Array.from(input, character => characterName(character));
}

/** A line of text being typed; the cursor is at its end. */
export type TextField = string;

/** Longest text that a field takes: nothing that is typed by hand is longer. */
export const longest = 200;

function isTyped(character: string): boolean {
	return /^[\u0020-\u007E]$/v.test(character);
}

/**
The field after a key: printable characters are added, `backspace` takes one away,
`C-u` all. Returns undefined when the key means nothing to a field.
*/
export function editText(field: TextField, key: string): TextField | undefined {
	if (key === 'backspace') {
		return field.slice(0, -1);
	}

	if (key === 'C-u') {
		return '';
	}

	const character = key === 'space' ? ' ' : key;
	return isTyped(character) && field.length < longest ? field + character : undefined;
}

/**
The field after a paste. Line ends and tabs are spaces, but for those around it, which come along
when a line is marked; what a field does not take is left out, and counted in characters.
*/
export function pasteText(field: TextField, text: string): {readonly field: TextField; readonly leftOut: number} {
	const characters = Array.from(text.trim().replaceAll(/[\t\n\r]+/gv, ' '));
	const printable = characters.filter(character => isTyped(character)).slice(0, Math.max(0, longest - field.length));
	return {field: field + printable.join(''), leftOut: characters.length - printable.length};
}

/** The longest common beginning of the candidates that begin with the field. */
export function completeText(field: TextField, candidates: readonly string[]): TextField {
	const matching = candidates.filter(candidate => candidate.startsWith(field));
	if (matching.length === 0) {
		return field;
	}

	let [common] = matching;
	for (const candidate of matching) {
		while (!candidate.startsWith(common)) {
			common = common.slice(0, -1);
		}
	}

	return common;
}

/** A line of text being typed; the cursor is at its end. */
export type TextField = string;

/** Longest text that a field takes: nothing that is typed by hand is longer. */
const longest = 200;

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
	return /^[\u0020-\u007E]$/v.test(character) && field.length < longest ? field + character : undefined;
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

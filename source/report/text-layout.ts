/** Reports are as wide as the narrowest terminal and a quoted mail. */
export const reportWidth = 80;

/** A row of the summary: its label and up to three fields, each in a fixed column. */
export function summaryRow(label: string, first: string, second = '', third = ''): string {
	return `${label.padEnd(13)}${first.padEnd(26)}${second.padEnd(20)}${third}`.trimEnd();
}

/** Breaks a sentence at spaces into lines of at most `width`, each behind `indent` blanks. */
export function wrap(text: string, indent: number, width = reportWidth): string[] {
	return fill(text.split(' '), width - indent).map(line => ' '.repeat(indent) + line);
}

/**
The last line of a report: the command that repeats it, broken between its words as a shell allows.
*/
export function againLines(words: readonly string[]): string {
	const lines = fill(['again   ', ...words], reportWidth - 2);
	return `${lines.join(' \\\n  ')}\n`;
}

/** Words on lines of at most `width`; a longer word has a line of its own. */
function fill(words: readonly string[], width: number): string[] {
	const lines: string[] = [];
	let line: string | undefined;
	for (const word of words) {
		if (line !== undefined && line.length + 1 + word.length > width) {
			lines.push(line);
			line = word;
		} else {
			line = line === undefined ? word : `${line} ${word}`;
		}
	}

	return line === undefined ? lines : [...lines, line];
}

/**
The first 8 of a hash's 16 digits, as git shortens its own: enough to tell two from each other.
*/
export function shortHash(hash: string): string {
	return hash.slice(0, 8);
}

/** A number of seconds without needless digits: `2 s`, `0.2 s`, `0.0123 s`. */
export function seconds(value: number): string {
	return `${Number(value.toPrecision(3))} s`;
}

/**
A time of a run to six digits: what it is apart from its neighbours can be less than a thousandth.
*/
export function moment(value: number): string {
	return `${Number(value.toPrecision(6))} s`;
}

/**
A command over several lines of at most `width`, each but the last with a backslash at its end.
*/
export function foldedCommand(words: readonly string[], width: number): string[] {
	const lines: string[] = [];
	let current = '';
	for (const word of words) {
		if (current !== '' && current.length + word.length + 3 > width) {
			lines.push(`${current} \\`);
			current = `    ${word}`;
		} else {
			current = current === '' ? word : `${current} ${word}`;
		}
	}

	return [...lines, current];
}

/**
Breaks a text at spaces into lines of at most 80 columns, each after the indent; a
longer word keeps a line of its own.
*/
export function wrapped(text: string, indent = '', width = 80): readonly string[] {
	const lines: string[] = [];
	let line = indent;
	for (const word of text.split(' ')) {
		if (line.length > indent.length && line.length + 1 + word.length > width) {
			lines.push(line);
			line = indent;
		}

		line += line.length > indent.length ? ` ${word}` : word;
	}

	return [...lines, line];
}

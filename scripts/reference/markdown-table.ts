/**
Text in a cell of a table: on one line, no bar that ends it, nothing that a viewer takes for an
element.
*/
export function cell(text: string): string {
	return text
		.replaceAll(/\s*\n\s*/gv, ' ')
		.replaceAll('|', String.raw`\|`)
		.replaceAll('<', '&lt;');
}

/** Text as code in a cell. In code an element is text already. */
export function code(text: string): string {
	return `\`${text.replaceAll('|', String.raw`\|`)}\``;
}

/** A table of Markdown; the cells stand in it as they are. */
export function markdownTable(head: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
	const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
	return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(row => line(row))].join('\n');
}

/** What comes first on a page that a script writes. */
export function pageHead(title: string, words: string): string {
	return `# ${title}\n\n${words}\n\nThis page is written by \`npm run reference\`.\n`;
}

/** The anchor that a viewer gives a heading. */
export function anchor(heading: string): string {
	return heading
		.toLowerCase()
		.replaceAll(/[^\p{L}\p{N}_\- ]/gv, '')
		.replaceAll(' ', '-');
}

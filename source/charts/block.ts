import {cell} from './fit-text.js';
import {type Role} from './role.js';

/** Cells [from, to) of a row have this role. A later span wins over an earlier one. */
export type Span = {
	readonly row: number;
	readonly from: number;
	readonly to: number;
	readonly role: Role;
};

/** Cells [from, to) of a row do something when they are pressed; what, its maker knows. */
export type Link = {
	readonly row: number;
	readonly from: number;
	readonly to: number;
	readonly link: string;
};

/**
A rectangle of text of exact size with its colours as a second layer, and what it does when it is
pressed as a third. Each string has
`width` characters; a character is one terminal cell (no wide, combining or control
characters: see `cellText`).
*/
export type Block = {
	readonly width: number;
	readonly height: number;
	readonly lines: readonly string[];
	readonly spans: readonly Span[];
	readonly links?: readonly Link[];
	/** What it does where it has no link. */
	readonly link?: string;
	/** Of a panel. */
	readonly title?: string;
};

/** A piece of a line: plain text, or text with a role, and perhaps a link. */
export type Piece = string | {readonly text: string; readonly role: Role; readonly link?: string};

/** A line of pieces, left to right. */
export type Line = readonly Piece[];

/** A piece with a role. */
export function piece(text: string, role: Role): Piece {
	return {text, role};
}

/** The pieces with a link on them. */
export function linked(line: Line, link: string): Line {
	return line.map(part => (typeof part === 'string' ? {text: part, role: 'text', link} : {...part, link}));
}

/** Number of cells that the pieces take. */
export function lineLength(line: Line): number {
	let length = 0;
	for (const part of line) {
		length += typeof part === 'string' ? part.length : part.text.length;
	}

	return length;
}

/** Makes a block of exact size: lines are cut or padded, missing lines are blank. */
export function makeBlock(width: number, height: number, lines: readonly Line[]): Block {
	const texts: string[] = [];
	const spans: Span[] = [];
	const links: Link[] = [];
	for (let row = 0; row < height; row++) {
		let text = '';
		for (const part of lines[row] ?? []) {
			if (typeof part === 'string') {
				text += part;
				continue;
			}

			const to = Math.min(text.length + part.text.length, width);
			if (to > text.length) {
				spans.push({
					row,
					from: text.length,
					to,
					role: part.role,
				});
				if (part.link !== undefined) {
					links.push({row, from: text.length, to, link: part.link});
				}
			}

			text += part.text;
		}

		texts.push(cell(text, width));
	}

	return {
		width,
		height,
		lines: texts,
		spans,
		...(links.length === 0 ? {} : {links}),
	};
}

/** Latin, Greek, Cyrillic, punctuation, arrows, signs, boxes, blocks, braille: one cell each. */
const oneCell =
	/^[\u0020-\u007E\u00A1-\u00AC\u00AE-\u02FF\u0370-\u0482\u048A-\u052F\u2010-\u2027\u2030-\u205E\u2190-\u22FF\u2500-\u25FF\u2800-\u28FF]$/v;

/**
Text that comes from a user or a file, made safe for a grid of cells: control
characters, wide and combining characters become `?`.
*/
export function cellText(text: string): string {
	let safe = '';
	for (const character of text) {
		safe += oneCell.test(character) ? character : '?';
	}

	return safe;
}

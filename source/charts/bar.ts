import {apportion} from './apportion.js';
import {type Line, piece} from './block.js';
import {type Role} from './role.js';

/** A part of a bar; `share` 0 to 1 of the whole. */
export type BarPart = {
	readonly share: number;
	readonly glyph: string;
	readonly role: Role;
};

/** What the number beside the bar shows as 0.0 % is nothing. */
const nothing = 0.0005;

/**
A bar of `width` cells whose parts are in proportion and fill it; a part that is not
nothing has one cell at least.
*/
export function bar(parts: readonly BarPart[], width: number): Line {
	const cells = apportion(
		parts.map(({share}) => (share < nothing ? 0 : share)),
		width,
		1,
	);
	const line = parts
		.map((part, index) => piece(part.glyph.repeat(cells[index]), part.role))
		.filter(part => typeof part !== 'string' && part.text !== '');
	return line.length === 0 ? [' '.repeat(width)] : line;
}

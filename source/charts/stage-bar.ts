import {apportion} from './apportion.js';
import {type Line, type Piece, piece} from './block.js';
import {cell, fitText} from './fit-text.js';
import {formatMicroseconds, formatShare, shareFigure} from './format-number.js';
import {type Role} from './role.js';

/** A segment of the bar: one stage or a group of stages. */
export type StageSegment = {
	readonly name: string;
	/** Three or four letters, for a narrow segment. */
	readonly short: string;
	readonly microseconds: number;
	readonly share: number;
	readonly role: Role;
};

/** Shares below are written 0.0 and have no segment. */
const nothing = 0.0005;

function label(segment: StageSegment, width: number): string {
	const percent = formatShare(segment.share);
	const candidates = [
		`${segment.name} ${formatMicroseconds(segment.microseconds)} us ${percent} %`,
		`${segment.name} ${percent} %`,
		...shareFigure(segment.share)
			.slice(1)
			.map(form => `${segment.name} ${form}`),
		segment.name,
		segment.short,
	];
	return candidates.find(text => text.length <= width) ?? fitText(segment.short, width);
}

/**
One row that shows where a command's time goes: segments in proportion, each with the
longest label that fits, divided by lines. Segments without time are left out.
*/
export function stageBar(segments: readonly StageSegment[], width: number): Line {
	const shown = segments.filter(segment => segment.share >= nothing);
	if (shown.length === 0) {
		return [' '.repeat(width)];
	}

	const cells = apportion(
		shown.map(segment => segment.share),
		width - 2 - (shown.length - 1),
		3,
	);
	const line: Piece[] = [' '];
	for (const [index, segment] of shown.entries()) {
		if (index > 0) {
			line.push(piece('│', 'frame'));
		}

		const text = label(segment, cells[index]);
		const before = Math.ceil((cells[index] - text.length) / 2);
		line.push(piece(cell(' '.repeat(before) + text, cells[index]), segment.role));
	}

	line.push(' ');
	return line;
}

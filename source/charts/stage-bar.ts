import {apportion} from './apportion.js';
import {type Line, piece} from './block.js';
import {cell} from './fit-text.js';
import {formatMicroseconds, formatShare} from './format-number.js';
import {type Role} from './role.js';

/** A segment of the bar: one stage or a group of stages. */
export type StageSegment = {
	readonly name: string;
	readonly microseconds: number;
	readonly share: number;
	readonly glyph: string;
	readonly role: Role;
};

/** Shares below are written 0.0 and have no segment. */
const nothing = 0.0005;

/** A label with the cells that it may take: from its segment's first cell to where the next label begins. */
type Labelled = {readonly segment: StageSegment; readonly x: number; room: number; more: boolean; microseconds: number};

/** Segments that have a name of their own; one that is too narrow for its name belongs to the one before it, or the one after it. */
function labelled(segments: readonly StageSegment[], cells: readonly number[]): Labelled[] {
	const labels: Labelled[] = [];
	let x = 0;
	/** Cells and time at the left of all names. */
	let before = 0;
	let time = 0;
	for (const [index, segment] of segments.entries()) {
		const width = cells[index];
		const last = labels.at(-1);
		if (width > segment.name.length) {
			labels.push({
				segment,
				x: x - before,
				room: width + before,
				more: before > 0,
				microseconds: segment.microseconds + time,
			});
			before = 0;
			time = 0;
		} else if (last === undefined) {
			before += width;
			time += segment.microseconds;
		} else {
			last.room += width;
			last.more = true;
			last.microseconds += segment.microseconds;
		}

		x += width;
	}

	return labels;
}

/** The most words that fit, a blank after them. */
function labelText({segment, room, more, microseconds}: Labelled, total: number): string {
	const name = `${segment.name}${more ? '+' : ''}`;
	const time = formatMicroseconds(microseconds);
	const candidates = [
		...(more ? [] : [`${name} ${time} us ${formatShare(total === 0 ? null : microseconds / total)} %`]),
		`${name} ${time} us`,
		`${name} ${time}`,
		name,
		segment.name,
	];
	return candidates.find(text => text.length < room) ?? '';
}

/**
Where a command's time goes, in two rows: a filled bar with segments in proportion, and under each the most words
that fit. A segment too narrow for its name is joined to a neighbour, `name+`. Segments without time are left out.
*/
export function stageBar(segments: readonly StageSegment[], width: number): readonly [bar: Line, labels: Line] {
	const shown = segments.filter(segment => segment.share >= nothing);
	const inside = width - 2;
	if (shown.length === 0) {
		return [[' '.repeat(width)], [' '.repeat(width)]];
	}

	const cells = apportion(
		shown.map(segment => segment.share),
		inside,
		1,
	);
	let total = 0;
	for (const {microseconds} of shown) {
		total += microseconds;
	}

	const labels = labelled(shown, cells);
	return [
		[' ', ...shown.map(({glyph, role}, index) => piece(glyph.repeat(cells[index]), role)), ' '],
		[' ', ...labels.map(label => piece(cell(labelText(label, total), label.room), 'text'))],
	];
}

/** The row of shares under the bar: per cent of each label's segments. */
export function shareRow(segments: readonly StageSegment[], width: number): Line {
	const shown = segments.filter(segment => segment.share >= nothing);
	const cells = apportion(
		shown.map(segment => segment.share),
		width - 2,
		1,
	);
	let total = 0;
	for (const {microseconds} of shown) {
		total += microseconds;
	}

	return [
		' ',
		...labelled(shown, cells).map(({room, microseconds}) => {
			const text = `${formatShare(total === 0 ? null : microseconds / total)} %`;
			return piece(cell(text.length < room ? text : '', room), 'dim');
		}),
	];
}

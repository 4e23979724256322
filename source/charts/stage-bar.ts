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

/**
A label with the cells that it may take, of one segment or of several that are too narrow alone.
*/
type Labelled = {readonly name: string; readonly room: number; readonly more: boolean; readonly microseconds: number};

type Group = {readonly members: readonly StageSegment[]; readonly cells: number};

function joined(a: Group, b: Group): Group {
	return {members: [...a.members, ...b.members], cells: a.cells + b.cells};
}

/** The longest of them gives the name. */
function nameOf({members}: Group): string {
	const [longest] = members.toSorted((a, b) => b.microseconds - a.microseconds);
	return longest.name;
}

/** A blank follows each name, but for the last. */
function fits(group: Group, isLast: boolean): boolean {
	const length = nameOf(group).length + (group.members.length > 1 ? 1 : 0);
	return isLast ? length <= group.cells : length < group.cells;
}

/**
Segments that are too narrow for their name joined to those after them until
it fits, else to the one before.
*/
function labelled(segments: readonly StageSegment[], cells: readonly number[]): Labelled[] {
	const groups: Group[] = [];
	let open: Group | undefined;
	for (const [index, segment] of segments.entries()) {
		const own: Group = {members: [segment], cells: cells[index]};
		const group: Group = open === undefined ? own : joined(open, own);
		open = fits(group, index === segments.length - 1) ? undefined : group;
		if (open === undefined) {
			groups.push(group);
		}
	}

	const last = groups.pop();
	if (last !== undefined) {
		groups.push(open === undefined ? last : joined(last, open));
	} else if (open !== undefined) {
		groups.push(open);
	}

	return groups.map(group => {
		let microseconds = 0;
		for (const member of group.members) {
			microseconds += member.microseconds;
		}

		return {name: nameOf(group), room: group.cells, more: group.members.length > 1, microseconds};
	});
}

/** The most words that fit, a blank after them. */
function labelText({name, room, more, microseconds}: Labelled, total: number, isLast: boolean): string {
	const written = `${name}${more ? '+' : ''}`;
	const time = formatMicroseconds(microseconds);
	const candidates = [
		...(more ? [] : [`${written} ${time} us ${formatShare(total === 0 ? null : microseconds / total)} %`]),
		`${written} ${time} us`,
		`${written} ${time}`,
		written,
		name,
	];
	return candidates.find(text => (isLast ? text.length <= room : text.length < room)) ?? '';
}

/**
Where a command's time goes, in two rows: a filled bar with segments in proportion, and under each
the most words that fit. A segment too narrow for its name is joined to a neighbour, `name+`.
Segments without time are left out.
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
		[
			' ',
			...labels.map((label, index) =>
				piece(cell(labelText(label, total, index === labels.length - 1), label.room), 'text'),
			),
		],
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

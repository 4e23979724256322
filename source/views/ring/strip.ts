import {type Line, piece, type Piece} from '../../charts/block.js';
import {type Role} from '../../charts/role.js';
import {type RingIndex, type RingPicture, slotStates, type SlotState} from '../../virtqueue/ring-picture.js';
import {type InFlight} from './ring-scene.js';

/** How a slot is drawn. */
type Mark = readonly [glyph: string, role: Role];

const marks: Readonly<Record<SlotState | 'service' | 'fence', Mark>> = {
	free: ['·', 'dim'],
	visible: ['░', 'wait'],
	popped: ['▒', 'host'],
	service: ['▓', 'host'],
	fence: ['F', 'warn'],
	used: ['█', 'used'],
};
const mixed: Mark = ['▚', 'mark'];

/** The stretch of a ring that stands in a row of cells: a slot each, from `first` on. */
export type Lens = {readonly first: number; readonly cells: number};

/** All of a ring that fits, else as much as fits, from a little in front of what is reaped. */
export function lensOf({size, reaped}: RingPicture, cells: number): Lens {
	return size <= cells ? {first: 0, cells: size} : {first: (reaped.slot - 4 + size) % size, cells};
}

/** A slot's mark: the ring's own state, or more where it is known who works on what is popped. */
function slotMarks(picture: RingPicture, commands: readonly InFlight[]): readonly Mark[] {
	const all = slotStates(picture).map(state => marks[state]);
	if (picture.layout === 'split') {
		for (const {distance, place} of commands) {
			const slot = (picture.reaped.slot + distance) % picture.size;
			// Fences finish in any order: what is used then is behind what is not.
			if ((place === 'service' || place === 'fence') && all[slot] !== marks.free && all[slot] !== marks.visible) {
				all[slot] = marks[place];
			}
		}
	}

	return all;
}

/** Marks as pieces, those of one role together. */
function lineOf(row: readonly Mark[]): Line {
	const line: Piece[] = [];
	for (let at = 0; at < row.length;) {
		let end = at + 1;
		while (end < row.length && row[end][1] === row[at][1]) {
			end++;
		}

		line.push(
			piece(
				row
					.slice(at, end)
					.map(([glyph]) => glyph)
					.join(''),
				row[at][1],
			),
		);
		at = end;
	}

	return line;
}

/** Each slot of a lens. */
export function slotRow(picture: RingPicture, commands: readonly InFlight[], lens: Lens): Line {
	const all = slotMarks(picture, commands);
	return lineOf(Array.from({length: lens.cells}, (_, cell) => all[(lens.first + cell) % picture.size]));
}

/** The whole ring in so many cells; a cell whose slots differ says so. */
export function mapRow(picture: RingPicture, commands: readonly InFlight[], cells: number): Line {
	const all = slotMarks(picture, commands);
	const {size} = picture;
	return lineOf(
		Array.from({length: cells}, (_, cell): Mark => {
			const slots = all.slice(Math.floor((cell * size) / cells), Math.floor(((cell + 1) * size) / cells));
			return slots.every(mark => mark === slots[0]) ? (slots[0] ?? marks.free) : mixed;
		}),
	);
}

/**
Letters at the slots of indices in a lens; two in one cell are `=`, both ends of a full ring `#`.
*/
export function markerRow(
	markers: ReadonlyArray<readonly [letter: string, index: RingIndex | undefined]>,
	{size}: RingPicture,
	{first, cells}: Lens,
	isFull = false,
): string {
	const row = Array.from({length: cells}, () => ' ');
	for (const [letter, index] of markers) {
		const at = index === undefined ? -1 : (index.slot - first + size) % size;
		if (at >= 0 && at < cells) {
			row[at] = row[at] === ' ' ? letter : isFull ? '#' : '=';
		}
	}

	return row.join('');
}

/** Numbers of the slots of a lens, every eight. */
export function rulerRow({size}: RingPicture, {first, cells}: Lens): string {
	let row = '';
	for (let cell = 0; cell < cells; cell++) {
		const slot = (first + cell) % size;
		const text = String(slot);
		if (slot % 8 === 0 && cell >= row.length && cell + text.length <= cells) {
			row = row.padEnd(cell) + text;
		}
	}

	return row.padEnd(cells);
}

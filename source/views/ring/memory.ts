import {type Block, type Line, lineLength, type Piece, piece} from '../../charts/block.js';
import {type Rect} from '../../charts/canvas.js';
import {cell} from '../../charts/fit-text.js';
import {formatGrouped} from '../../charts/format-number.js';
import {panel} from '../../charts/panel.js';
import {panelTerms} from '../../report/glossary.js';
import {PackedRing} from '../../virtqueue/packed-ring.js';
import {type RingPicture, slotStates} from '../../virtqueue/ring-picture.js';
import {SplitRing} from '../../virtqueue/split-ring.js';
import {type Virtqueue} from '../../virtqueue/virtqueue.js';

/** Flags of a descriptor, clauses 2.7.5 and 2.8.1. */
const flagLetters = [
	[1, 'N'],
	[2, 'W'],
	[4, 'I'],
	[1 << 7, 'A'],
	[1 << 15, 'U'],
] as const;
const flagWords = 'N next  W device writes  I indirect';

/** Slots shown in front of the oldest that is not free. */
const inFront = 2;
/** Blanks between two columns of rows. */
const gap = 2;
/** Columns of rows that the rings have; the table has what is left. */
const ringColumns = 2;

/** Rows of words under a head. */
type Table = {readonly head: string; readonly rows: readonly Piece[]};

function flagsText(flags: number): string {
	const letters = flagLetters.filter(([bit]) => (flags & bit) !== 0).map(([, letter]) => letter);
	return letters.length === 0 ? '-' : letters.join('');
}

/** Cells of an index below `size` under a word, with a blank. */
const indexWidth = (size: number, head: string): number => Math.max(head.length, String(size - 1).length) + 1;

const right = (text: string | number, width: number): string => cell(String(text), width, 'right');

/** Slots from a little before the oldest buffer on, at most so many. */
function slotsFrom({size, reaped}: RingPicture, most: number): readonly number[] {
	const count = Math.min(size, most);
	const first = count === size ? 0 : (reaped.slot - inFront + size) % size;
	return Array.from({length: count}, (_, place) => (first + place) % size);
}

/** Avail and used ring: heads, and the bytes that the device wrote. */
function ringsOf(ring: SplitRing, picture: RingPicture, most: number): Table {
	const {size} = picture;
	const [at, avail, used] = ['at', 'avail', 'used'].map(head => indexWidth(size, head));
	const states = slotStates(picture);
	return {
		head: right('at', at) + right('avail', avail) + right('used', used) + right('bytes', 6),
		rows: slotsFrom(picture, most).map(slot => {
			const {availHead, usedId, usedLength} = ring.memoryAt(slot);
			const text = right(slot, at) + right(availHead, avail) + right(usedId, used) + right(usedLength, 6);
			return piece(text, states[slot] === 'free' ? 'dim' : 'value');
		}),
	};
}

/** The chains in the ring, oldest first, then the free list in its order. */
function descriptorsOf(ring: SplitRing, {size, reaped, avail, layout}: RingPicture, most: number): Table {
	const [at, next] = ['at', 'next'].map(head => indexWidth(size, head));
	const rows: Piece[] = [];
	const add = (index: number, state: string, role: 'value' | 'dim'): void => {
		const {flags, next: link, readable, writable} = ring.memoryAt(index);
		const segments = (flags & 4) === 0 ? '1' : `${readable}+${writable}`;
		const own = role === 'dim' ? right(state, 5) + right('-', 6) : right(flagsText(flags), 5) + right(segments, 6);
		rows.push(piece(right(index, at) + own + right(link < size ? link : '-', next), role));
	};

	const queued = layout === 'split' ? (avail.value - reaped.value) & 0xff_ff : 0;
	const heads = Array.from({length: queued}, (_, place) => ring.memoryAt((reaped.slot + place) % size).availHead);
	for (const head of heads) {
		// What is used out of order has been given back under another head.
		for (let index = head; rows.length < most && ring.tokenAt(head) >= 0; index = ring.memoryAt(index).next) {
			add(index, '', 'value');
			if ((ring.memoryAt(index).flags & 1) === 0) {
				break;
			}
		}
	}

	for (const index of ring.freeList(Math.max(0, most - rows.length))) {
		add(index, 'free', 'dim');
	}

	return {head: right('at', at) + right('flag', 5) + right('segm', 6) + right('next', next), rows};
}

/** The one ring of a packed queue. */
function packedOf(ring: PackedRing, picture: RingPicture, most: number): Table {
	const {size} = picture;
	const [at, id] = ['at', 'id'].map(head => indexWidth(size, head));
	const states = slotStates(picture);
	return {
		head: right('at', at) + right('flag', 6) + right('id', id + 1) + right('bytes', 7),
		rows: slotsFrom(picture, most).map(slot => {
			const {flags, id: own, length} = ring.memoryAt(slot);
			const text = right(slot, at) + right(flagsText(flags), 6) + right(own, id + 1) + right(length, 7);
			return piece(text, states[slot] === 'free' ? 'dim' : 'value');
		}),
	};
}

/** Rows of a table in columns side by side, under their heads. */
function columnsOf({head, rows}: Table, count: number, height: number): Line[] {
	const width = head.length + gap;
	return Array.from({length: height}, (_, row): Line =>
		Array.from({length: count}, (__, column) => {
			const own = row === 0 ? piece(head, 'dim') : rows.at(column * (height - 1) + row - 1);
			return own === undefined || (row > 0 && column * (height - 1) + row > rows.length)
				? ' '.repeat(width)
				: piece(
						cell(typeof own === 'string' ? own : own.text, width),
						typeof own === 'string' ? 'text' : own.role,
					);
		}),
	);
}

/** Tables beside each other, with a line over each. */
function sideBySide(parts: ReadonlyArray<{readonly title: string; readonly lines: readonly Line[]}>): Line[] {
	const [first] = parts;
	const titles = parts.map(({title, lines}): Piece => piece(cell(` ${title}`, lineLength(lines[0] ?? [])), 'dim'));
	return [titles, ...first.lines.map((_, row): Line => parts.flatMap(({lines}) => lines[row]))];
}

/**
What stands in the memory of a queue: the avail and the used ring from a little before the oldest
buffer on, and the descriptor table, chains in the ring first, then the free list. Of a packed queue
the one ring.
*/
export function memoryPanel(ring: Virtqueue, picture: RingPicture, {width, height}: Rect): Block {
	const {size} = picture;
	const inside = width - 2;
	const rows = Math.max(2, height - 3);
	const frame = {width, height, title: panelTerms.ringMemory.name, valueRole: 'dim' as const};
	if (ring instanceof SplitRing) {
		const most = (rows - 1) * ringColumns;
		const rings = columnsOf(ringsOf(ring, picture, most), ringColumns, rows);
		const room = inside - lineLength(rings[0]);
		const head = descriptorsOf(ring, picture, 0).head.length + gap;
		const count = Math.max(1, Math.floor(room / head));
		const table = columnsOf(descriptorsOf(ring, picture, (rows - 1) * count), count, rows);
		return panel(
			{...frame, value: `flags: ${flagWords}`},
			sideBySide([
				{title: 'avail and used ring', lines: rings},
				{title: `descriptors: in the ring, then the free list (${formatGrouped(ring.numFree)})`, lines: table},
			]),
		);
	}

	if (ring instanceof PackedRing) {
		const each = packedOf(ring, picture, 0).head.length + gap;
		const count = Math.max(1, Math.min(Math.floor(inside / each), Math.ceil(size / (rows - 1))));
		return panel(
			{...frame, value: `flags: ${flagWords}  A avail  U used`},
			sideBySide([
				{title: 'descriptor ring', lines: columnsOf(packedOf(ring, picture, (rows - 1) * count), count, rows)},
			]),
		);
	}

	return panel({...frame, value: ''}, []);
}

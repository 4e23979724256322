import {type Block, type Line, lineLength, piece} from '../../charts/block.js';
import {cell} from '../../charts/fit-text.js';
import {formatGrouped} from '../../charts/format-number.js';
import {panel} from '../../charts/panel.js';
import {type Rect} from '../../charts/canvas.js';
import {type RingIndex} from '../../virtqueue/ring-picture.js';
import {besideText} from '../chart-frame.js';
import {type RingScene} from './ring-scene.js';
import {lensOf, mapRow, markerRow, rulerRow, slotRow} from './strip.js';
import {guestHasReaped, hostHasSeen, nextAdd, nextUsed, wordLine} from './words.js';

/** Cells of the names of the rows, and of the table of indices. */
const names = 9;
const tableWidth = 42;

/** More slots than a strip has cells are a map and a lens. */
export const isLargeRing = (size: number, width: number): boolean => size > stripCells(width);

/** Cells of a strip in a panel of a width. */
export const stripCells = (width: number): number => {
	const room = width - 2 - names - 1;
	return room - tableWidth >= 64 ? Math.min(128, 64 * Math.floor((room - tableWidth) / 64)) : Math.min(64, room);
};

type Indices = ReadonlyArray<readonly [letter: string, name: string, index: RingIndex | undefined]>;

function indicesOf({picture: {avail, popped, used, reaped, irqAt, kickAt, layout}}: RingScene): Indices {
	const isSplit = layout === 'split';
	return [
		['I', isSplit ? 'used_event' : 'driver event', irqAt],
		['A', isSplit ? 'avail idx' : 'next avail', avail],
		['P', 'popped to', popped],
		['U', isSplit ? 'used idx' : 'used to', used],
		['R', 'reaped to', reaped],
		['K', isSplit ? 'avail_event' : 'device event', kickAt],
	];
}

/** What the cells mean, with how many there are of each. */
function countsLine({picture: {size, numFree, counts, layout}, commands}: RingScene, width: number): Line {
	const serving = commands.filter(({place}) => place === 'service').length;
	const fenced = commands.filter(({place}) => place === 'fence').length;
	const taken = size - numFree;
	const places = counts.visible + counts.popped + counts.used;
	const parts = [
		`· free ${formatGrouped(numFree)}`,
		`░ visible ${counts.visible}`,
		`▒ popped ${Math.max(0, counts.popped - (layout === 'split' ? serving + fenced : 0))}`,
		...(layout === 'split' ? [`▓ in service ${serving}`] : []),
		...(fenced > 0 ? [`F fence ${fenced}`] : []),
		`█ used ${counts.used}`,
	];
	const sum =
		layout === 'split' && places !== taken
			? `A-R ${places} chains of ${taken} slots; ${formatGrouped(numFree)} + ${taken} = ${formatGrouped(size)}`
			: `in flight ${places}; ${formatGrouped(numFree)} + ${taken} = ${formatGrouped(size)}`;
	const left = parts.join('   ');
	return [' ', left, left.length + sum.length + 4 < width ? `   ${sum}` : ''];
}

/** What is in a slot. */
function slotWords({picture, commands}: RingScene, slot: number): string {
	const distance = (slot - picture.reaped.slot + picture.size) % picture.size;
	const command = commands.find(one => one.distance === distance);
	return command === undefined || picture.layout === 'packed'
		? `slot ${slot}`
		: `slot ${slot}: ${command.number} ${command.type}, ${command.place}`;
}

function titleOf(name: string, about: readonly string[]): string {
	const words = about.filter(text => text !== '').join(', ');
	return `${name} queue${words === '' ? '' : `   ${words}`}`;
}

/**
The slots of a queue with both sides' indices, and what each side has seen of the other's;
alone it says who is told next.
*/
export function stripPanel(scene: RingScene, rect: Rect, slot: number | undefined, isAlone: boolean): Block {
	const {picture, commands, name} = scene;
	const {width, height} = rect;
	const {size, layout, eventIdx, numFree, irqs, kicks, irqAt, kickAt, avail, reaped, used, popped} = picture;
	const cells = stripCells(width);
	const lens = lensOf(picture, cells);
	const isLarge = size > cells;
	const hasTable = width - 2 - names - 1 - tableWidth >= Math.min(cells, size);
	const row = (title: string, body: Line): Line => [' ', piece(cell(title, names - 1), 'dim'), ...body];
	const isFull = numFree === 0;
	const selected = slot === undefined ? undefined : {slot, value: slot, lap: 0};
	const event = (index: RingIndex | undefined, mode: string, letter: string): Line =>
		index === undefined
			? [piece(`notifications ${mode}`, 'dim')]
			: [piece(markerRow([[letter, index]], picture, lens), 'mark')];
	const strip: Line[] = [
		...(isLarge ? [row('map', mapRow(picture, commands, cells))] : []),
		row(isLarge ? 'lens' : '', [piece(rulerRow(picture, lens), 'dim')]),
		row('IRQ at', event(irqAt, irqs, 'I')),
		row('guest', [
			piece(
				markerRow(
					[
						['R', reaped],
						['A', avail],
					],
					picture,
					lens,
					isFull,
				),
				'guest',
			),
		]),
		row('slots', slotRow(picture, commands, lens)),
		row('host', [
			piece(
				markerRow(
					[
						['U', used],
						['P', popped],
						['▲', selected],
					],
					picture,
					lens,
					isFull,
				),
				'host',
			),
		]),
		row('kick at', event(kickAt, kicks, 'K')),
	];
	const indices = indicesOf(scene);
	const table: Line[] = [
		[
			piece(
				cell('  index', 17) +
					cell('value', 8, 'right') +
					cell(layout === 'split' ? 'lap' : 'wrap', 7, 'right') +
					cell('slot', 7, 'right'),
				'dim',
			),
		],
		...indices.map(([letter, title, index]): Line => [
			piece(letter, 'mark'),
			` ${cell(title, 14)}`,
			cell(index === undefined ? '-' : String(index.value), 9, 'right'),
			cell(index === undefined ? '-' : String(index.lap), 7, 'right'),
			cell(index === undefined ? '-' : String(index.slot), 7, 'right'),
		]),
	];
	const beside = hasTable
		? Array.from({length: Math.max(strip.length, table.length)}, (_, index): Line => {
				const left = strip[index] ?? [' '];
				return [
					...left,
					' '.repeat(Math.max(1, names + cells + 2 - lineLength(left))),
					...(table[index] ?? []),
				];
			})
		: strip;
	const short: Line = [
		' ',
		piece(
			indices.map(([letter, , index]) => `${letter} ${index === undefined ? '-' : index.value}`).join('  '),
			'value',
		),
		slot === undefined ? '' : `   ${slotWords(scene, slot)}`,
	];
	const isTall = height >= 13;
	const lines: Line[] = [
		...beside,
		...(hasTable ? [] : [short]),
		...(isTall ? [countsLine(scene, width - 2)] : []),
		...(isTall && slot !== undefined && hasTable ? [[' ', piece(slotWords(scene, slot), 'value')] as Line] : []),
		wordLine(hostHasSeen(scene), width - 2),
		wordLine(guestHasReaped(scene), width - 2),
		...(isAlone ? [wordLine(nextAdd(scene), width - 2), wordLine(nextUsed(scene), width - 2)] : []),
	];
	const where = isLarge ? `lens ${lens.first} to ${(lens.first + lens.cells - 1) % size}` : '';
	const inFlight = `free ${formatGrouped(numFree)} + in flight ${formatGrouped(size - numFree)} = ${formatGrouped(size)}`;
	const value = width >= 100 ? inFlight : `free ${formatGrouped(numFree)} of ${formatGrouped(size)}`;
	const about = [`${formatGrouped(size)} slots`, layout, eventIdx ? 'event idx on' : 'flags', where];
	const titles = about.map((_, index) => titleOf(name, about.slice(0, about.length - index)));
	return panel(
		{
			width,
			height,
			title: titles.find(title => title.length + value.length + besideText <= width) ?? titleOf(name, []),
			value,
			style: 'focus',
		},
		lines,
	);
}

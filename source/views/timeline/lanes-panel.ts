import {type Block, type Line, piece} from '../../charts/block.js';
import {cell} from '../../charts/fit-text.js';
import {formatDuration, formatTime} from '../../charts/format-number.js';
import {panel} from '../../charts/panel.js';
import {type Rect} from '../../charts/canvas.js';
import {type Excerpt} from '../../tracking/excerpt.js';
import {type TimelineDesk} from './desk.js';
import {type Before} from './before-look.js';
import {axisUnit, type Shown} from './columns.js';
import {type Cell, commandCells, type Lane, lanesOf, lineOf, marks, texts} from './lanes.js';
import {type TimelineLayout} from './layout.js';

const wideLegend: readonly string[] = [
	'━ run  █ holds qlock  ╳ spins  ▓ in exit  ░ waits BQL  · idle  ! IRQ  → waking  ~ no CPU  _ ring full  z halted',
	'owners: S submitter  W worker  M main loop  I IRQ  0 vCPU 0    main loop: number in service, p pop, │ push',
];
const compactLegend = '━run █holds ╳spins ▓exit ░waits BQL ·idle !IRQ →waking ~no CPU';

/** `1 us`, `500 us`, `20 ms`. */
const columnText = (column: number): string => (column < 1e6 ? `${column / 1000} us` : `${column / 1e6} ms`);

/** Times from the start of what is shown, every ten cells. */
function axisCells({from, column}: Shown, count: number, cursor: number): Cell[] {
	const [, size] = axisUnit(column);
	const step = (10 * column) / size;
	const digits = step < 0.1 ? 2 : step < 1 ? 1 : 0;
	const placed = Array.from({length: Math.ceil(count / 10)}, (_, index): readonly [number, string] => [
		from + index * 10 * column,
		((index * 10 * column) / size).toFixed(digits),
	]);
	return texts(
		placed.filter(([, text], index) => cursor < index * 10 - 1 || cursor > index * 10 + text.length),
		{from, to: Infinity, column},
		count,
	).map(({glyph}): Cell => ({glyph, role: 'dim'}));
}

/** The ruler from its pin to the cursor. */
function gapCells(pin: number, cursor: number, shown: Shown, count: number): Cell[] {
	const cells = Array.from({length: count}, (): Cell => ({glyph: ' ', role: 'mark'}));
	const [first, last] = [Math.min(pin, cursor), Math.max(pin, cursor)].map(time =>
		Math.max(0, Math.min(count - 1, Math.floor((time - shown.from) / shown.column))),
	);
	for (let at = first; at <= last; at++) {
		cells[at].glyph = at === first ? '├' : at === last ? '┤' : '─';
	}

	const words = ` ${formatDuration(Math.abs(cursor - pin))} `;
	const inside = last - first - 1 >= words.length;
	const start = inside ? first + 1 + Math.floor((last - first - 1 - words.length) / 2) : last + 1;
	for (const [index, character] of [...words].entries()) {
		if (start + index < count) {
			cells[start + index].glyph = character;
		}
	}

	return cells;
}

/** num_free of the control queue where it changes, the last value of each cell. */
function freeCells({free}: Excerpt, shown: Shown, count: number): Cell[] {
	const last = new Map<number, readonly [number, string]>();
	for (const {time, queue, free: slots} of free) {
		if (queue === 0 && time < shown.to) {
			const at = Math.max(shown.from, time);
			last.set(Math.floor((at - shown.from) / shown.column), [at, String(slots)]);
		}
	}

	return texts([...last.values()], shown, count);
}

/** What the marks mean, or instead what cannot be shown. */
const legendLine = (missing: string, text: string): Line => [
	' ',
	missing === '' ? piece(text, 'dim') : piece(missing, 'warn'),
];

/** What is missing, in a row of so many cells: what stands in brackets goes first. */
function missingIn(missing: string, width: number): string {
	return missing.length < width ? missing : missing.replaceAll(/ \([^\)]*\)/gv, '');
}

export type LanesScene = {
	readonly desk: TimelineDesk;
	readonly shown: Shown;
	readonly excerpt: Excerpt | undefined;
	readonly progress: number;
	/** What is shown is the newest of what goes on. */
	readonly isLive: boolean;
	/** Times of the changes that were made, and of those that are planned, ns. */
	readonly changes: readonly number[];
	readonly planned: readonly number[];
	/** A time (ns) by the subject's clock. */
	readonly clock: (time: number) => string;
};

/** Kinds of lanes by what they tell of a wait. */
const telling = ['vcpu', 'lock', 'server', 'bql'];

/**
The same lanes before the change; of those that have no room the ones that tell least are left out.
*/
function beforeLanes({excerpt, shown}: Before, lanes: readonly Lane[], room: number): readonly Lane[] {
	const rank = ({key}: Lane): number => {
		const at = telling.indexOf(key.split(' ', 1)[0]);
		return at === -1 ? telling.length : at;
	};

	return lanesOf(excerpt, shown, lanes.length + 2, true)
		.filter(({key}) => lanes.some(lane => lane.key === key))
		.toSorted((a, b) => rank(a) - rank(b))
		.slice(0, Math.max(2, room));
}

/**
The rows above and below the lanes, and the lanes: in what room there is the lanes come first.
*/
function rowsOf({desk, shown, excerpt, changes, planned}: LanesScene, layout: TimelineLayout, count: number): Line[] {
	if (excerpt === undefined) {
		return [];
	}

	const {size, names} = layout;
	const inside = layout.lanes.height - 2;
	const isWide = size === 'wide' || size === 'large';
	const legend = isWide ? 3 : size === 'compact' || excerpt.missing !== '' ? 1 : 0;
	const followed = [desk.life(excerpt), size === 'large' ? desk.commands.secondIn(excerpt) : undefined].filter(
		life => life !== undefined,
	);
	const wanted = inside - 1 - legend;
	const before = desk.before.at({shown, cursor: desk.cursor, wait: desk.wait});
	const extras: ReadonlyArray<readonly [name: string, cells: readonly Cell[]]> = [
		...(size === 'small' || before !== undefined
			? []
			: followed.map(one => [`cmd ${one.number}`, commandCells(one, shown, count)] as const)),
		...(isWide && before === undefined ? ([['num_free', freeCells(excerpt, shown, count)]] as const) : []),
		...(desk.pin === undefined ? [] : ([['gap', gapCells(desk.pin, desk.cursor, shown, count)]] as const)),
	];
	const irqRow = size === 'small' ? 0 : 1;
	const room = Math.max(3, wanted - irqRow - extras.length);
	const lanes = lanesOf(excerpt, shown, room, size === 'large');
	desk.laneKeys = lanes.map(({key}) => key);
	const old = before === undefined ? [] : beforeLanes(before, lanes, wanted - irqRow - extras.length - lanes.length);
	const row = (name: string, cells: readonly Cell[], isSelected = false): Line => [
		' ',
		cell(name, names - 1),
		isSelected ? piece('▸', 'focus') : ' ',
		...lineOf(cells),
	];
	const irqs = excerpt.moments.filter(({kind}) => kind === 'irq').map(({time}) => time);
	const faults = excerpt.moments.filter(({kind}) => kind === 'fault').map(({time}) => time);
	const faultCells = marks(faults, shown, count, '×', 'bad');
	const irqCells = marks(irqs, shown, count, '▼', 'irq').map((own, index) =>
		faultCells[index].glyph === ' ' ? own : faultCells[index],
	);
	const rows = [
		...(irqRow === 1 ? [row(isWide ? 'IRQ taken' : 'IRQ', irqCells)] : []),
		...lanes.flatMap((lane: Lane, index) => [
			row(lane.name, lane.cells, index === desk.lane),
			...old
				.filter(({key}) => key === lane.key)
				.map(({cells}) =>
					row(
						'  before',
						cells.map(({glyph}) => ({glyph, role: 'dim'})),
					),
				),
		]),
		...extras.map(([name, cells]) => row(name, cells)),
	].slice(0, wanted);
	return [
		row('', axisOf(desk, shown, [...changes, ...planned], count)),
		...rows,
		...Array.from({length: Math.max(0, wanted - rows.length)}, (): Line => []),
		...(legend === 3
			? [[], ...wideLegend.map((text, index) => legendLine(index === 1 ? excerpt.missing : '', text))]
			: []),
		...(legend === 1 ? [legendLine(missingIn(excerpt.missing, count + names), compactLegend)] : []),
	];
}

/** The axis with the marks of changes and of the cursor's column. */
function axisOf({cursor, follows}: TimelineDesk, shown: Shown, changes: readonly number[], count: number): Cell[] {
	const at = follows ? -Infinity : Math.floor((cursor - shown.from) / shown.column);
	const cells = axisCells(shown, count, at).map((own, index) =>
		changes.some(time => Math.floor((time - shown.from) / shown.column) === index)
			? ({glyph: '▲', role: 'mark'} as const)
			: own,
	);
	if (at >= 0 && at < count) {
		cells[at] = {glyph: '┆', role: 'mark'};
	}

	return cells;
}

/** The lanes over a stretch, with its time above. */
export function lanesPanel(scene: LanesScene, layout: TimelineLayout): Block {
	const {desk, shown, progress, isLive, planned} = scene;
	const {width, height}: Rect = layout.lanes;
	const count = laneCells(layout);
	const [unit] = axisUnit(shown.column);
	const making = progress < 1 && !(isLive && desk.follows) ? `${Math.floor(progress * 100)} % made   ` : '';
	const at = desk.follows
		? isLive
			? 'live   '
			: ''
		: `cursor ${cursorText(desk.cursor - shown.from, shown.column)}   `;
	const next = planned.length === 0 ? '' : `» ${formatTime(planned[0])}   `;
	const full = `${making}${next}${at}${columnText(shown.column)} a column`;
	const rows = rowsOf(scene, layout, count);
	return panel(
		{
			width,
			height,
			title: [
				`Timeline   ${formatDuration(shown.to - shown.from)} from ${scene.clock(shown.from)}`,
				...(width >= 100 ? [`times in ${unit}`] : []),
			].join('   '),
			value: full.length + 40 < width ? full : `${columnText(shown.column)} a column`,
			valueRole: 'dim',
			style: 'focus',
		},
		rows.length > 0
			? rows
			: [
					[],
					[
						' ',
						piece(
							progress < 1 ? `made again: ${Math.floor(progress * 100)} %` : 'nothing has happened yet',
							'dim',
						),
					],
				],
	);
}

/** Cells of a lane in a layout. */
export const laneCells = ({lanes, names}: TimelineLayout): number => Math.max(1, lanes.width - 2 - names - 2);

/** A time from the start of what is shown, in the axis' unit. */
export function cursorText(time: number, column: number): string {
	const [unit, size] = axisUnit(column);
	return `${(time / size).toFixed(column < 1e6 ? 1 : 2)} ${unit}`;
}

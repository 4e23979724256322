import {type Block, type Line, piece} from '../../charts/block.js';
import {type Rect} from '../../charts/canvas.js';
import {cell, type Figure} from '../../charts/fit-text.js';
import {formatGrouped} from '../../charts/format-number.js';
import {panel} from '../../charts/panel.js';
import {type CompareRow} from '../../experiment/compare/comparison.js';
import {metricUnit} from '../../metrics/metric-unit.js';
import {type Lockstep} from '../../session/lockstep.js';
import {figureText} from '../figure-text.js';
import {wordRole} from '../overview/difference-text.js';
import {changeForms, intervalText, marginText, namesOf, wordOf} from './words.js';

/** A column behind the name of the metric; those without `from` are at every width. */
type Column = {
	readonly head: string;
	readonly width: number;
	/** Of the panel's inside. */
	readonly from?: number;
	readonly isLeft?: boolean;
	readonly text: (row: CompareRow, isSameRun: boolean) => string | Figure;
};

/** Cells of the picture on each side of no change, which are so many per cent. */
const arm = 13;
const armPercent = 10;

/** Where there is no column of units they stand behind the names. */
const unitFrom = 78;

const columns: readonly Column[] = [
	{head: 'unit', width: 5, from: unitFrom, isLeft: true, text: ({path}) => unitOf(path)},
	{head: 'A', width: 7, text: ({path, a}) => bare(figureText(path, a))},
	{head: 'B', width: 7, text: ({path, b}) => bare(figureText(path, b))},
	{head: 'B - A', width: 9, text: row => changeForms(row)},
	{head: '95 %, any look', width: 16, from: 72, isLeft: true, text: row => intervalText(row)},
	{
		head: picture([
			[0, '-10 %'],
			[arm, '0'],
			[2 * arm - 4, '+10 %'],
		]),
		width: 2 * arm + 1,
		from: 112,
		text: row => interval(row),
	},
	{head: 'same in', width: 8, from: 100, text: row => marginText(row)},
	{head: 'B is', width: 9, isLeft: true, text: (row, isSameRun) => (isSameRun ? 'same run' : wordOf(row))},
];

const units = {us: 'us', 'ms/s': 'ms/s', share: '%', '/s': '/s', count: ''} as const;

function unitOf(path: string): string {
	const unit = metricUnit(path);
	return unit === 'us' ? '' : units[unit];
}

function bare(text: string): string {
	return text.replace(' %', '');
}

/** Texts at places of a blank row. */
function picture(texts: ReadonlyArray<readonly [at: number, text: string]>): string {
	const cells = Array.from<string>({length: 2 * arm + 1}).fill(' ');
	for (const [at, text] of texts) {
		cells.splice(at, text.length, ...text);
	}

	return cells.join('');
}

/**
The interval in per cent of A around no change: `├─●─┤`, with `◄` or `►` where it lies beyond the
axis.
*/
function interval({ratio, ratioLow, ratioHigh}: CompareRow): string {
	const cells = Array.from<string>({length: 2 * arm + 1}).fill('·');
	cells[arm] = '|';
	if (ratio === null) {
		return cells.join('');
	}

	const place = (share: number): number => arm + Math.round(((share - 1) * 100 * arm) / armPercent);
	const [low, middle, high] = [place(ratioLow ?? -Infinity), place(ratio), place(ratioHigh ?? Infinity)];
	const last = 2 * arm;
	for (let at = Math.max(0, low); at <= Math.min(last, high); at++) {
		cells[at] = at === low ? '├' : at === high ? '┤' : '─';
	}

	if (high < 0 || middle < 0) {
		cells[0] = '◄';
	}

	if (low > last || middle > last) {
		cells[last] = '►';
	}

	if (middle >= 0 && middle <= last) {
		cells[middle] = '●';
	}

	return cells.join('');
}

/** The table of what differs, with the selected row in sight. */
export function tablePanel(
	{watch, isSameRun}: Lockstep,
	rows: readonly CompareRow[],
	selected: number,
	{width, height}: Rect,
): Block {
	const inside = width - 2;
	const shown = columns.filter(({from = 0}) => inside >= from);
	const name = Math.min(24, inside - 3 - shown.reduce((sum, column) => sum + column.width + 1, 0));
	const fit = (column: Column, text: string | Figure): string =>
		` ${cell(text, column.width, column.isLeft === true ? 'left' : 'right')}`;
	const nameOf = (path: string): string => {
		const forms = namesOf(path, inside < unitFrom ? unitOf(path) : '');
		return forms.find(form => form.length <= name) ?? forms[0];
	};

	const lineOf = (row: CompareRow, index: number): Line => {
		const parts = shown.map(column => fit(column, column.text(row, isSameRun)));
		const word = isSameRun ? 'same' : wordOf(row);
		return [
			index === selected ? '▸' : ' ',
			piece(cell(nameOf(row.path), name), index === selected ? 'value' : 'text'),
			parts.slice(0, -1).join(''),
			piece(parts.at(-1) ?? '', wordRole(word)),
		];
	};

	const hasFoot = height - 3 > rows.length;
	const room = Math.max(1, height - 3 - (hasFoot ? 1 : 0));
	const first = Math.max(0, Math.min(selected - room + 1, rows.length - room));
	const body: Line[] = rows.slice(first, first + room).map((row, index) => lineOf(row, first + index));
	return panel(
		{
			width,
			height,
			title:
				inside >= 100
					? 'Difference B - A   paired slices; each interval holds whenever you look'
					: 'Difference B - A',
			value: `${formatGrouped(watch.slices)} slices`,
			valueRole: 'dim',
			style: 'focus',
		},
		[
			[piece(` ${cell('metric', name)}${shown.map(column => fit(column, column.head)).join('')}`, 'dim')],
			...(rows.length === 0 ? [[piece(' no slice has ended yet', 'dim')] as Line] : body),
			...Array.from({length: Math.max(0, room - Math.max(1, rows.length))}, (): Line => []),
			...(hasFoot ? [[piece(footText(inside), 'dim')] as Line] : []),
		],
	);
}

function footText(width: number): string {
	const words = [
		'same: inside the margin',
		'undecided: neither yet',
		'higher, lower: a figure that is no goal',
		...(width >= 112 ? ['◄ ► beyond the axis'] : []),
	];
	while (words.length > 1 && ` ${words.join('   ')}`.length > width) {
		words.pop();
	}

	return ` ${words.join('   ')}`;
}

import {
	type Block, type Line, lineLength, piece,
} from '../../charts/block.js';
import {cell} from '../../charts/fit-text.js';
import {panel} from '../../charts/panel.js';
import {type HelpColumn} from '../../session/command.js';
import {commands} from '../../session/commands.js';
import {keysOf} from '../../session/key-table.js';
import {type Rect} from '../../charts/canvas.js';
import {vcpuStates} from '../../views/overview/cpus.js';
import {wrapWords} from './place.js';

export const helpSize = {width: 116, height: 24};

const titles: Readonly<Record<Exclude<HelpColumn, 'none'>, string>> = {view: 'in this view', everywhere: 'everywhere', time: 'time'};

function column(name: Exclude<HelpColumn, 'none'>, indent: number): Line[] {
	const rows = commands.filter(command => command.column === name).map(command => ({
		label: command.label,
		keys: [...new Set([...keysOf(command.id, 'overview'), ...keysOf(command.id, 'global'), ...keysOf(command.id, 'always')])].join(' '),
	}));
	const keyWidth = Math.max(...rows.map(row => row.keys.length)) + Math.max(1, indent);
	return [
		[piece(titles[name], 'title')],
		...rows.map((row): Line => [' '.repeat(indent), piece(row.keys.padEnd(keyWidth), 'value'), row.label]),
	];
}

/** The states of a vCPU with their glyphs, so many a row. */
function stateRows(perRow: number): Line[] {
	const rows: Line[] = [];
	for (let at = 0; at < vcpuStates.length; at += perRow) {
		rows.push(['  ', ...vcpuStates.slice(at, at + perRow).flatMap(({glyph, name, role}) => [piece(glyph, role), ` ${name}  `])]);
	}

	return rows;
}

const glyphs: readonly Line[] = [
	[],
	[piece('what the glyphs mean', 'title')],
	...stateRows(4),
	['  ~ settling: fewer than 200'],
	['    commands since the last change'],
	['  * changed from the preset'],
	['  ▲ a parameter changed here'],
];

const meanings: ReadonlyArray<readonly [word: string, meaning: string]> = [
	['window', 'rates: last 200 ms of simulated time, cut at the last change.  percentiles: since the last change.'],
	['spin', 'ms of spinning per simulated second.  contention: % of time in which at least one CPU spins.'],
	['free', 'mean num_free over the window; min since the change.'],
];

function meaningLines(width: number): Line[] {
	const wordWidth = 9;
	return meanings.flatMap(([word, meaning]) => wrapWords(meaning, width - wordWidth).map((line, index): Line => [cell(index === 0 ? ` ${word}` : '', wordWidth), line]));
}

/** Side by side, as wide as they need to be; what is left goes between them. */
function beside(columns: ReadonlyArray<readonly Line[]>, width: number): Line[] {
	const widths = columns.map(lines => Math.max(...lines.map(line => lineLength(line))));
	let left = width;
	for (const own of widths) {
		left -= own;
	}

	const gap = Math.max(1, Math.floor(left / columns.length));
	const height = Math.max(...columns.map(lines => lines.length));
	return Array.from({length: height}, (_, row) => columns.flatMap((lines, index) => {
		const line = lines[row] ?? [];
		return [...line, ' '.repeat(widths[index] - lineLength(line) + gap)];
	}));
}

/** All keys, drawn from the registry and the key table; below, glyphs and the meaning of the numbers. */
export function helpOverlay(view: string, rect: Rect): Block {
	const inside = rect.width - 2;
	const withGlyphs = rect.height >= 24;
	const indent = rect.width < 100 ? 0 : 2;
	const lines = beside([[...column('view', indent), ...(withGlyphs ? glyphs : [])], column('everywhere', indent), column('time', indent)], inside - 1);
	return panel({
		width: rect.width, height: rect.height, title: `Help   ${view}`, value: `${keysOf('overlay.close', 'modal:help').join(' ')} closes`, style: 'overlay', valueRole: 'dim',
	}, [...lines.map((line): Line => [' ', ...line]), [], ...meaningLines(inside)]);
}

import {type Block, type Line, piece} from '../../charts/block.js';
import {type Rect} from '../../charts/canvas.js';
import {cell} from '../../charts/fit-text.js';
import {formatDuration} from '../../charts/format-number.js';
import {panel} from '../../charts/panel.js';
import {putText} from '../../charts/put-text.js';
import {binTop, heatRow, type LifeHeat} from '../../metrics/life-heat.js';
import {panelTerms} from '../../report/glossary.js';

/** Shades by the share of a column's commands that they begin at. */
const shades = [
	{from: 0.5, glyph: '█'},
	{from: 0.25, glyph: '▓'},
	{from: 0.1, glyph: '▒'},
	{from: 0, glyph: '░'},
] as const;

/** The same in ASCII, darker and darker. */
export const heatGlyphs: ReadonlyMap<string, string> = new Map([
	['█', '#'],
	['▓', 'x'],
	['▒', ':'],
	['░', '.'],
]);

/** Cells at the left for the times. */
const labelWidth = 11;

type Strip = {
	readonly heat: LifeHeat;
	/** ns. */
	readonly now: number;
	/** Length of a column, ns; one of the heat's rows at least. */
	readonly column: number;
	/** When changes were made, ns. */
	readonly changes: readonly number[];
};

/**
The lives of the commands over time: a column as long as those of the charts, a row a quarter of an
octave, or several where there are more than rows.
*/
export function heatPanel({heat, now, column: wanted, changes}: Strip, {width, height}: Rect): Block {
	heat.advance(now);
	const column = Math.max(heatRow, wanted);
	const rowsOfColumn = Math.round(column / heatRow);
	const cells = width - 2 - labelWidth - 1;
	const end = Math.floor(now / column);
	const columns = Array.from({length: cells}, (_, index) => {
		const at = end - cells + index;
		return at < 0 ? undefined : heat.counted(at * rowsOfColumn, (at + 1) * rowsOfColumn);
	});
	const used = columns.flatMap(counts => {
		const first = counts?.findIndex(count => count > 0) ?? -1;
		return first < 0 ? [] : [first, counts?.findLastIndex(count => count > 0) ?? first];
	});
	const frame = {
		width,
		height,
		title: panelTerms.heat.name,
		value: `${formatDuration(column)} a column   share: ░ some  ▒ 10 %  ▓ 25 %  █ 50 %`,
		valueRole: 'dim' as const,
	};
	if (used.length === 0) {
		return panel(frame, [[piece(' No column has ended yet.', 'dim')]]);
	}

	const rows = Math.max(1, height - 3);
	const [least, most] = [Math.min(...used), Math.max(...used)];
	const binsOfRow = Math.ceil((most - least + 1) / rows);
	const shown = Math.ceil((most - least + 1) / binsOfRow);
	const shares = columns.map(counts => counts && sharesOf(counts, least, binsOfRow, shown));
	const lines = Array.from({length: shown}, (_, index): Line => {
		const row = shown - 1 - index;
		const top = binTop(least + (row + 1) * binsOfRow - 1) + 1;
		return [
			piece(cell(`to ${formatDuration(top)}`, labelWidth, 'right'), 'dim'),
			' ',
			piece(shares.map(share => shadeOf(share?.[row] ?? 0)).join(''), 'a'),
		];
	});
	return panel(frame, [...lines, [piece(' '.repeat(labelWidth + 1) + timeRow(cells, end, column, changes), 'dim')]]);
}

/** Shares of a column's commands by row, the shortest lives first. */
function sharesOf(counts: Float64Array, least: number, binsOfRow: number, rows: number): readonly number[] {
	const sums = Array.from({length: rows}, () => 0);
	let all = 0;
	for (const [bin, count] of counts.entries()) {
		const row = Math.floor((bin - least) / binsOfRow);
		all += count;
		if (row >= 0 && row < rows) {
			sums[row] += count;
		}
	}

	return all === 0 ? sums : sums.map(sum => sum / all);
}

function shadeOf(share: number): string {
	return share === 0 ? ' ' : (shades.find(({from}) => share >= from)?.glyph ?? ' ');
}

/** The newest at the right, changes where they were made, and a round time back at the left. */
function timeRow(cells: number, end: number, column: number, changes: readonly number[]): string {
	const row = Array.from<string>({length: cells}).fill(' ');
	for (const at of changes) {
		const place = Math.floor(at / column) - end + cells;
		if (place >= 0 && place < cells) {
			putText(row, place, '▲');
		}
	}

	putText(row, cells - 3, 'now');
	for (const share of [0.25, 0.5, 0.75]) {
		const back = Math.round(cells * share);
		putText(row, cells - 1 - back, `-${formatDuration(back * column)}`);
	}

	return row.join('');
}

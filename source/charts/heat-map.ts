import {toAscii} from './glyphs.js';
import {fitText} from './fit-text.js';
import {formatCount} from './format-number.js';

/** A cell of a map: a number, none yet, or a word that stands for why there is none. */
export type HeatCell = {readonly value: number | null; readonly word?: string; readonly mark?: string};

/** Values over two axes; `cells` by row, then by column. */
export type HeatMap = {
	readonly rows: {readonly name: string; readonly labels: readonly string[]};
	readonly columns: {readonly name: string; readonly labels: readonly string[]};
	readonly cells: ReadonlyArray<readonly HeatCell[]>;
};

const shades = ['░', '▒', '▓', '█'] as const;
const asciiShades = new Map([
	['░', '.'],
	['▒', ':'],
	['▓', 'x'],
	['█', '#'],
]);

/**
The share of the largest value within which a map has no shades: the margin
of compare for means and rates.
*/
const flat = 0.01;

const cellWidth = 8;
const widestLabel = 24;

/**
A map as lines of at most `width` characters: each cell has its number and a shade for its place
between the least and the largest one. The axis that fits better lies across; what does not fit in
the width goes into a band of its own below.
*/
export function heatMapLines(map: HeatMap, width: number, ascii: boolean): string[] {
	const upright = turned(map);
	const values = upright.cells
		.flat()
		.map(({value}) => value)
		.filter(value => value !== null);
	const [low, high] = [Math.min(...values), Math.max(...values)];
	const hasShades = !isFlat(low, high);
	const left = Math.min(
		widestLabel,
		Math.max(upright.rows.name.length, ...upright.rows.labels.map(label => label.length)),
	);
	const across = Math.max(cellWidth, ...upright.columns.labels.map(label => label.length + 2));
	const fitting = Math.max(1, Math.floor((width - left) / across));
	const lines: string[] = [];
	for (let from = 0; from < upright.columns.labels.length; from += fitting) {
		const labels = upright.columns.labels.slice(from, from + fitting);
		if (from > 0) {
			lines.push('');
		}

		lines.push(
			`${' '.repeat(left)}  ${upright.columns.name}`,
			`${fitText(upright.rows.name, left).padEnd(left)}${labels.map(label => label.padStart(across)).join('')}`,
			...upright.rows.labels.map((label, row) =>
				[
					fitText(label, left).padEnd(left),
					...upright.cells[row]
						.slice(from, from + fitting)
						.map(cell => cellText(cell, low, hasShades ? high : Infinity).padStart(across)),
				].join(''),
			),
		);
	}

	if (values.length > 1) {
		lines.push(hasShades ? scale(low, high) : flatWords(low, high));
	}

	return lines.map(line => {
		const text = line.trimEnd();
		return ascii ? toAscii(text, asciiShades) : text;
	});
}

/** The place of a value between the least and the largest one, 0 to 1; 0 where all are the same. */
export function shareBetween(value: number, low: number, high: number): number {
	return high > low ? (value - low) / (high - low) : 0;
}

function cellText({value, word = '-', mark = ''}: HeatCell, low: number, high: number): string {
	return value === null ? word : `${shadeOf(value, low, high)} ${formatCount(value)}${mark}`;
}

function shadeOf(value: number, low: number, high: number): string {
	return shades[Math.min(shades.length - 1, Math.floor(shareBetween(value, low, high) * shades.length))];
}

/** Shades of what differs by less than anybody would see are noise that looks like news. */
export function isFlat(low: number, high: number): boolean {
	return high - low <= flat * Math.max(Math.abs(low), Math.abs(high));
}

/** What a map without shades says of its values. */
export function flatWords(low: number, high: number): string {
	if (!(high >= low)) {
		return 'no value';
	}

	const share = (100 * (high - low)) / Math.max(Math.abs(low), Math.abs(high));
	return high === low ? 'all the same' : `all within ${share.toFixed(2)} % of the largest`;
}

function scale(low: number, high: number): string {
	const steps = shades.map((shade, index) => {
		const from = low + ((high - low) * index) / shades.length;
		return `${shade} from ${formatCount(from)}`;
	});
	return `${steps.join('  ')}  to ${formatCount(high)}`;
}

/** The map with the axis across whose labels are the shorter ones together. */
function turned(map: HeatMap): HeatMap {
	const room = (labels: readonly string[]): number =>
		labels.length * Math.max(cellWidth, ...labels.map(label => label.length + 2));
	const [down, across] = [room(map.rows.labels), room(map.columns.labels)];
	const longest = (labels: readonly string[]): number => Math.max(...labels.map(label => label.length));
	const isBetter = longest(map.columns.labels) > cellWidth - 2 && longest(map.rows.labels) <= cellWidth - 2;
	if (!isBetter && (across <= down || longest(map.columns.labels) <= cellWidth - 2)) {
		return map;
	}

	return {
		rows: map.columns,
		columns: map.rows,
		cells: map.columns.labels.map((_, column) => map.cells.map(row => row[column])),
	};
}

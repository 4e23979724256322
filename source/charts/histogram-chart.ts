import {bucketTop} from '../engine/histogram.js';
import {type Block, type Line, makeBlock, type Piece, piece} from './block.js';
import {cell} from './fit-text.js';
import {formatDuration, formatPercent} from './format-number.js';
import {columnShares, histogramAxis, type HistogramScale, type Spread} from './histogram-axis.js';
import {putText} from './put-text.js';

/** Heights of a cell in eighths. */
const eighths = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** Cells at the left for the share. */
const labelWidth = 8;

export type HistogramOptions = {
	readonly width: number;
	readonly height: number;
	/** Marked under the axis, by name, ns. */
	readonly quantiles: ReadonlyArray<readonly [string, number | null]>;
	readonly scale?: HistogramScale;
	/** Drawn as an outline behind it. */
	readonly before?: Spread | undefined;
	/** A last row says what is what, the width of a bin, and what lies beyond the axis. */
	readonly legend?: boolean;
	/** What takes longer comes late, ns: a line through the rows, where it is on the axis. */
	readonly due?: number;
	/** Bins of several columns where there are too few values for one each. */
	readonly coarse?: boolean;
};

/**
The outline in a cell so many eighths of which lie below it: where it passes through, else blank.
*/
function outline(eighthsBelow: number): string {
	return eighthsBelow <= 0 || eighthsBelow > 8 ? ' ' : eighthsBelow > 4 ? '┄' : '·';
}

/** Pieces of a row: filled cells, and the outline where nothing is filled. */
function rowPieces(cells: readonly string[], behind: readonly string[]): Piece[] {
	const pieces: Piece[] = [];
	let text = '';
	let isOld = false;
	const close = (): void => {
		if (text !== '') {
			pieces.push(piece(text, isOld ? 'dim' : 'a'));
		}

		text = '';
	};

	for (const [index, filled] of cells.entries()) {
		const old = filled === ' ' && (behind[index] ?? ' ') !== ' ';
		if (old !== isOld) {
			close();
			isOld = old;
		}

		text += old ? behind[index] : filled;
	}

	close();
	return pieces;
}

/**
Columns of a bin, so that there are no more bins than so many values tell apart: twice their root.
*/
function columnsOfBin(room: number, count: number): number {
	return Math.max(1, Math.min(room, Math.ceil(room / (2 * Math.sqrt(Math.max(1, count))))));
}

const plainDuration = (value: number): string => formatDuration(value).replace(/\.0+(?= )/v, '');

/** Share of all that took longer, by the largest value of their bucket. */
function laterThan(spread: Spread, due: number): number {
	let later = 0;
	for (let bucket = 0; bucket < spread.bucketEnd; bucket++) {
		later += Math.min(spread.max, bucketTop(bucket)) > due ? spread.countOf(bucket) : 0;
	}

	return spread.count === 0 ? 0 : later / spread.count;
}

/**
A histogram of times: share of all per column, round times, and where the quantiles
lie; the one before as an outline.
*/
export function histogramChart(
	histogram: Spread,
	{width, height, quantiles, scale = 'log', before, legend = false, due, coarse = false}: HistogramOptions,
): Block {
	const room = Math.max(1, width - labelWidth - 1);
	const perBin = coarse ? columnsOfBin(room, Math.min(histogram.count, before?.count ?? Infinity)) : 1;
	const bins = Math.floor(room / perBin) * perBin;
	const rows = Math.max(1, height - (legend ? 3 : 2));
	const axis = histogramAxis(scale, before === undefined ? [histogram] : [histogram, before]);
	const spreadOut = (spread: Spread): ReturnType<typeof columnShares> => {
		const {shares, beyond} = columnShares(spread, axis, bins / perBin);
		return {shares: shares.flatMap(share => Array.from({length: perBin}, () => share)), beyond};
	};

	const {shares, beyond} = spreadOut(histogram);
	const old = before === undefined ? undefined : spreadOut(before);
	const top = Math.max(...shares, ...(old?.shares ?? []), 1e-9);
	const lines: Line[] = [];
	const column = (value: number): number => Math.floor(axis.at(value) * bins);
	const line = due === undefined || axis.at(due) >= 1 || axis.at(due) < 0 ? undefined : column(due);
	for (let row = 0; row < rows; row++) {
		const base = rows - 1 - row;
		const height8 = (share: number): number => Math.round(((share / top) * rows - base) * 8);
		const cells = shares.map(share => {
			const least = base === 0 && share > 0 ? 1 : 0;
			return eighths[Math.max(least, Math.min(8, height8(share)))];
		});
		if (line !== undefined && cells[line] === ' ') {
			cells[line] = '┆';
		}

		const label = row % 2 === 0 && histogram.count > 0 ? formatPercent((top * (rows - row)) / rows) : '';
		lines.push([
			piece(`${cell(label, labelWidth - 1, 'right')} `, 'dim'),
			...rowPieces(
				cells,
				(old?.shares ?? []).map(share => outline(height8(share))),
			),
		]);
	}

	const times = Array.from<string>({length: bins}).fill(' ');
	for (const value of axis.labels) {
		putText(times, Math.min(column(value), bins - 1), plainDuration(value));
	}

	const pointers = Array.from<string>({length: bins}).fill(' ');
	for (const [name, value] of [...(line === undefined ? [] : [['due', due] as const]), ...quantiles]) {
		if (value !== null && value !== undefined && value > 0) {
			putText(pointers, Math.max(0, Math.min(bins - 1, column(value))), `▲${name}`);
		}
	}

	lines.push(
		[piece(' '.repeat(labelWidth) + times.join(''), 'dim')],
		[piece(' '.repeat(labelWidth) + pointers.join(''), 'value')],
	);
	if (legend) {
		const said = [
			...(old === undefined ? [] : ['█ now  ┄ · before']),
			...(scale === 'log' ? ['log scale'] : [`${formatDuration((axis.high / bins) * perBin)} a bin`]),
			...(due === undefined
				? []
				: [`┆ due ${formatDuration(due)}, later ${formatPercent(laterThan(histogram, due))}`]),
			...(beyond > 0 ? [`beyond: ${formatPercent(beyond)}`] : []),
		];
		lines.push([piece(` ${said.join('   ')}`, 'dim')]);
	}

	return makeBlock(width, height, lines);
}

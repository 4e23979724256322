import {fitText} from '../charts/fit-text.js';
import {formatCount} from '../charts/format-number.js';
import {type SweepView, type ViewPoint} from './sweep-view.js';
import {reportWidth, wrap} from './text-layout.js';

const widestKey = 26;
const titleWidth = 12;
const gap = '  ';

/** A column: its title on several lines, and a text a row. */
type Column = {readonly title: readonly string[]; readonly texts: readonly string[]; readonly isLeft: boolean};

/** Rows of a table that is not the only thing that is shown. */
const fewRows = 20;

/**
The points as rows: their settings, then as many metrics as there is room for, the first `needed`
ones in any case. At most `most` rows; one sentence instead of few rows of many.
*/
export function sweepTable(view: SweepView, most: number, needed = 1): string[] {
	const {points, keys, metrics, header} = view;
	if (points.length > most && most < fewRows) {
		return [`--format csv has the ${points.length} points one by one.`];
	}

	const shown = points.slice(0, most);
	const table: Column[] = [
		{title: ['point'], texts: shown.map(point => String(point.index)), isLeft: false},
		...keys.map(key => ({
			title: titleOf(key),
			texts: shown.map(({set}) => fitText(String(set[key] ?? '-'), widestKey)),
			isLeft: true,
		})),
	];
	let fitting = 0;
	for (const path of metrics) {
		const column: Column = {
			title: titleOf(path),
			texts: shown.map(point => cellOf(point, path, header.runs)),
			isLeft: false,
		};
		if (fitting >= needed && lineOf([...table, column], () => '').length > reportWidth) {
			break;
		}

		table.push(column);
		fitting++;
	}

	const left = metrics.slice(fitting);
	return [
		...headOf(table),
		...shown.map((_, row) => lineOf(table, ({texts}) => texts[row]).trimEnd()),
		...reasons(shown).flatMap(reason => wrap(reason, 0)),
		...(points.length > most ? [`${points.length - most} more points: --format csv has all.`] : []),
		...(left.length === 0
			? []
			: wrap(`No room for ${left.join(', ')}: --metric PATH shows one, --format csv has all.`, 0)),
	];
}

/**
A path on lines that are hardly longer than the figures below: `throughput.` over `completed`.
*/
function titleOf(path: string): readonly string[] {
	const lines: string[] = [];
	for (const part of path.split(/(?<=\.)/v)) {
		const last = lines.at(-1);
		if (last !== undefined && last.length + part.length <= titleWidth) {
			lines[lines.length - 1] = last + part;
		} else {
			lines.push(part);
		}
	}

	return lines;
}

/** The titles, their last lines side by side. */
function headOf(table: readonly Column[]): string[] {
	const height = Math.max(...table.map(({title}) => title.length));
	return Array.from({length: height}, (_, line) =>
		lineOf(table, ({title}) => title[line - height + title.length] ?? '').trimEnd(),
	);
}

function lineOf(table: readonly Column[], textOf: (column: Column) => string): string {
	return table
		.map(column => {
			const width = Math.max(...[...column.title, ...column.texts].map(text => text.length));
			return column.isLeft ? textOf(column).padEnd(width) : textOf(column).padStart(width);
		})
		.join(gap);
}

/** Mean and half interval: `31.9k ±0.2k`; a word where there is none. */
export function cellOf({estimates, refused, stalls, results}: ViewPoint, path: string, runs: number): string {
	if (refused !== null) {
		return 'refused';
	}

	const found = estimates.get(path) ?? null;
	if (found === null) {
		return results.length === 0 ? '?' : '-';
	}

	const half = found.runs < 2 || runs < 2 ? '' : ` ±${formatCount((found.high - found.low) / 2)}`;
	return `${formatCount(found.mean)}${half}${stalls > 0 ? '!' : ''}`;
}

/** Each reason of a refusal once. */
function reasons(points: readonly ViewPoint[]): string[] {
	const byReason = new Map<string, number[]>();
	for (const {index, refused} of points) {
		if (refused !== null) {
			byReason.set(refused, [...(byReason.get(refused) ?? []), index]);
		}
	}

	return [...byReason].map(
		([reason, own]) => `refused (${own.slice(0, 8).join(', ')}${own.length > 8 ? ', …' : ''}): ${reason}`,
	);
}

import {fitText} from '../charts/fit-text.js';
import {formatCount} from '../charts/format-number.js';
import {type SweepView, type ViewPoint} from './sweep-view.js';
import {reportWidth} from './text-layout.js';

const widestKey = 26;
const gap = '  ';

/** The points as rows: their settings, then as many metrics as there is room for. At most `most` rows; none for no room. */
export function sweepTable(view: SweepView, most: number): string[] {
	const {points, keys, metrics, header} = view;
	if (points.length > most && most < 20) {
		return [`--format csv has the ${points.length} points one by one.`];
	}

	const shown = points.slice(0, most);
	const columns = keys.map(key => ({
		title: key,
		texts: shown.map(({set}) => fitText(String(set[key] ?? '-'), widestKey)),
		isLeft: true,
	}));
	const index = {title: 'point', texts: shown.map(point => String(point.index)), isLeft: false};
	const table = [index, ...columns];
	let width = table.map(column => widthOf(column)).reduce((sum, own) => sum + own + gap.length, 0);
	let fitting = 0;
	for (const path of metrics) {
		const column = {
			title: path,
			texts: shown.map(point => cellOf(point, path, header.runs)),
			isLeft: false,
		};
		width += widthOf(column) + gap.length;
		if (fitting > 0 && width - gap.length > reportWidth) {
			break;
		}

		table.push(column);
		fitting++;
	}

	const lines = [table.map(column => ({...column, texts: [column.title, ...column.texts]}))].flatMap(all =>
		Array.from({length: shown.length + 1}, (_, row) =>
			all
				.map(column => {
					const text = column.texts[row];
					return column.isLeft ? text.padEnd(widthOf(column)) : text.padStart(widthOf(column));
				})
				.join(gap)
				.trimEnd(),
		),
	);
	const left = metrics.slice(fitting);
	return [
		...lines,
		...reasons(shown),
		...(points.length > most ? [`${points.length - most} more points: --format csv has all.`] : []),
		...(left.length === 0
			? []
			: [`No room for ${left.join(', ')}: --metric PATH shows one, --format csv has all.`]),
	];
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

function widthOf({title, texts}: {readonly title: string; readonly texts: readonly string[]}): number {
	return Math.max(title.length, ...texts.map(text => text.length));
}

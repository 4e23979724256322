import {formatCount} from '../charts/format-number.js';
import {metricUnit} from '../metrics/metric-unit.js';
import {type CompareRow} from '../experiment/compare/comparison.js';
import {isShareOfA} from './own-unit.js';
import {headline} from './replications.js';

/** The rows of a comparison in the order in which a reader wants them. */
export type SortedRows = {
	/**
	Outside their margins, then those whose interval does not hold 0: the
	headline metrics and what moved most.
	*/
	readonly shown: readonly CompareRow[];
	/** One sentence on what else moved; empty when all of it is shown. */
	readonly more: string;
	/** The headline metrics of the rest. */
	readonly anchors: readonly CompareRow[];
	/** One sentence on all that is not shown. */
	readonly rest: string;
};

/** Splits and sorts the rows that have a value on some side. */
export function sortedRows(rows: readonly CompareRow[]): SortedRows {
	const known = rows.filter(({n}) => n > 0);
	const oneSided = rows.filter(({n, a, b}) => n === 0 && (a !== null || b !== null));
	const moved = byImportance(known.filter(({verdict}) => verdict !== 'same' && verdict !== 'undecided'));
	const unsure = byImportance(known.filter(({verdict, significant}) => verdict === 'undecided' && significant));
	const [movedShown, unsureShown] = [firstOf(moved, mostMoved), firstOf(unsure, mostUnsure)];
	const folded = [...moved.slice(movedShown.length), ...unsure.slice(unsureShown.length)];
	const rest = known.filter(row => !moved.includes(row) && !unsure.includes(row));
	const same = rest.filter(({verdict}) => verdict === 'same');
	const exact = same.filter(({difference}) => difference === 0).length;
	return {
		shown: [...movedShown, ...unsureShown],
		more: folded.length === 0 ? '' : `${folded.length} more moved (${countWords(folded)}): --format csv has all.`,
		anchors: rest.filter(row => rankOf(row) < headline.length),
		rest: [
			`${same.length} of ${known.length} metrics are the same within their margins, ${exact} of them exactly;`,
			`${rest.length - same.length} are undecided and may be.`,
			...oneSidedWords(oneSided),
		].join(' '),
	};
}

/** Rows beside the headline metrics; more than that nobody reads. */
const mostMoved = 12;
const mostUnsure = 4;

function firstOf(rows: readonly CompareRow[], most: number): readonly CompareRow[] {
	const headlines = rows.filter(row => rankOf(row) < headline.length).length;
	return rows.slice(0, headlines + most);
}

function countWords(rows: readonly CompareRow[]): string {
	const words = ['better', 'worse', 'different', 'undecided'] as const;
	return words
		.map(word => ({word, count: rows.filter(({verdict}) => verdict === word).length}))
		.filter(({count}) => count > 0)
		.map(({word, count}) => `${count} ${word}`)
		.join(', ');
}

/** Which metrics are of one side alone, by the branch that they are of. */
function oneSidedWords(rows: readonly CompareRow[]): readonly string[] {
	const branches = [...new Set(rows.map(({path}) => `${path.split('.').slice(0, 2).join('.')}.*`))];
	return branches.length === 0 ? [] : [`Not compared, as one side alone has it: ${branches.join(', ')}.`];
}

function rankOf({path}: CompareRow): number {
	const place = (headline as readonly string[]).indexOf(path);
	return place === -1 ? headline.length : place;
}

/** The headline metrics in their order, then what moved most in its margin. */
function byImportance(rows: readonly CompareRow[]): readonly CompareRow[] {
	const size = ({difference, margin}: CompareRow): number =>
		difference === null || margin === null || margin === 0 ? 0 : Math.abs(difference) / margin;
	return rows.toSorted((left, right) => rankOf(left) - rankOf(right) || size(right) - size(left));
}

/** The path with its unit where it needs one. */
export function rowLabel({path}: CompareRow): string {
	const unit = metricUnit(path);
	return unit === 'count' || unit === 'share' ? path : `${path} ${unit}`;
}

/** From here on a change is said as how many times as much it is. */
const manifold = 100;

/**
b - a in per cent of a; in the unit where a or b is 0; how many times as much from 100 times on.
*/
export function changeWords(row: CompareRow): string {
	if (!isShareOfA(row)) {
		return signed(row.difference, formatCount);
	}

	const {ratio} = row;
	return ratio >= manifold ? `x${formatCount(ratio)}` : `${signed((ratio - 1) * 100, formatPercent)} %`;
}

/** Half the interval of the change, in its unit. */
export function halfWords(row: CompareRow): string {
	const {ratioLow, ratioHigh, low, high} = row;
	if (!isShareOfA(row)) {
		return low === null || high === null ? '-' : formatCount((high - low) / 2);
	}

	if (ratioLow === null || ratioHigh === null) {
		return '-';
	}

	const half = (ratioHigh - ratioLow) / 2;
	return row.ratio >= manifold || half >= manifold ? `x${formatCount(half)}` : `${formatPercent(half * 100)} %`;
}

function formatPercent(value: number): string {
	const size = Math.abs(value);
	return size === 0 ? '0' : size < 9.95 ? value.toFixed(size < 0.095 ? 3 : 2) : value.toFixed(size < 99.5 ? 1 : 0);
}

function signed(value: number | null, format: (value: number) => string): string {
	return value === null ? '-' : value > 0 ? `+${format(value)}` : format(value);
}

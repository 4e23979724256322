/** Units of figures in perf's tables, ns. */
const units: Readonly<Record<string, number>> = {
	h: 3_600_000_000_000,
	m: 60_000_000_000,
	s: 1_000_000_000,
	ms: 1_000_000,
	us: 1000,
	ns: 1,
};

/** Characters of a line that are looked at. */
const longestLine = 2000;

/** A row: figures by their column's name, times in ns; and what stands in the columns of words. */
export type SideRow = {readonly numbers: ReadonlyMap<string, number>; readonly words: readonly string[]};

/** A table of perf, read by its header. */
export type SideTable = {
	/** Names of all columns in order, lower case, without units. */
	readonly labels: readonly string[];
	readonly rows: readonly SideRow[];
	/** Lines below the header that are neither rows nor known to be something else. */
	readonly unread: number;
};

type Column = {readonly name: string; readonly unit: number; readonly isNumber: boolean};

/**
Lines of perf that are no rows: comments, totals, and the chain below a row (an address and a
symbol, or deeper than the row).
*/
const besides = /^\s*(?:#|===|Total\s|Analyze\s|bad\s?(?:rate)?:|histogram\s|(?:0x)?[\da-f]{6,16}\s+\S)/iv;

/**
Reads the table whose header `isHeader` knows by its columns. `numeric` names the columns of
figures; the others hold words, either all behind the figures or one before them. Columns
are told apart by two blanks, or by the separator of a list (`perf lock contention -x`).
Null when there is no such header.
*/
export function sideTable(
	text: string,
	isHeader: (labels: readonly string[]) => boolean,
	numeric: readonly string[],
): SideTable | null {
	let columns: readonly Column[] | null = null;
	let separator: string | null = null;
	const rows: SideRow[] = [];
	let unread = 0;
	for (const full of text.split('\n')) {
		const line = full.slice(0, longestLine).trimEnd();
		const header = headerOf(line, numeric, isHeader);
		if (header !== null) {
			({columns, separator} = header);
			continue;
		}

		if (columns === null || line.trim() === '') {
			continue;
		}

		const row = separator === null ? rowOf(line, columns) : listRow(line, columns, separator);
		if (row !== null) {
			rows.push(row);
		} else if (!besides.test(line)) {
			unread++;
		}
	}

	return columns === null ? null : {labels: columns.map(({name}) => name), rows, unread};
}

function headerOf(
	line: string,
	numeric: readonly string[],
	isHeader: (labels: readonly string[]) => boolean,
): {readonly columns: readonly Column[]; readonly separator: string | null} | null {
	const list = /^\s*# output:\s*(.*)$/v.exec(line)?.[1];
	// The separator is whatever stands between the first two names.
	const separator = list === undefined ? null : (/^\w+(\W+?)\s*\w/v.exec(list)?.[1].trim() ?? null);
	const parts =
		list === undefined
			? line.trim().split(/\s{2,}/v)
			: separator === null || separator === ''
				? []
				: list.split(separator);
	const columns = parts.map((part): Column => {
		const [, name, unit] = /^(.*?)(?:\s*\((\w+)\))?$/v.exec(part.trim().toLowerCase()) ?? [];
		return {name: name ?? '', unit: units[unit ?? 'ns'] ?? 1, isNumber: numeric.includes(name ?? '')};
	});
	return columns.length > 1 && isHeader(columns.map(({name}) => name))
		? {columns, separator: separator === '' ? null : separator}
		: null;
}

const figure = String.raw`(\d+(?:\.\d+)?) ?(%|h|m|s|ms|us|ns)?`;

function rowOf(line: string, columns: readonly Column[]): SideRow | null {
	const figures = columns.filter(({isNumber}) => isNumber);
	const begins = columns[0].isNumber;
	const pattern = begins
		? new RegExp(String.raw`^\s*${figures.map(() => figure).join(String.raw`\s+`)}\s+(\S.*)$`, 'v')
		: // A name may hold blanks: it ends where the figures begin. Behind them stands the deviation.
			new RegExp(
				String.raw`^\s*(\S.*?)\s+${figures.map(() => figure).join(String.raw`\s+`)}(?:\s+\([^\(\)]*\))?$`,
				'v',
			);
	const found = pattern.exec(line);
	if (found === null) {
		return null;
	}

	const values = begins ? found.slice(1, -1) : found.slice(2);
	const numbers = new Map<string, number>();
	for (const [index, {name, unit}] of figures.entries()) {
		const own = values[2 * index + 1] as string | undefined;
		numbers.set(name, Number(values[2 * index]) * (own === undefined ? unit : (units[own] ?? 1)));
	}

	const rest = begins ? (found.at(-1) ?? '') : found[1];
	const count = columns.length - figures.length;
	return {numbers, words: begins ? wordsOf(rest, count) : [rest]};
}

/** The last column takes what is left: names hold blanks. */
function wordsOf(text: string, count: number): readonly string[] {
	const words: string[] = [];
	let rest = text.trim();
	for (let i = 1; i < count; i++) {
		const [, word, more] = /^(\S+)\s*(.*)$/v.exec(rest) ?? [];
		words.push(word ?? '');
		rest = more ?? '';
	}

	return [...words, rest.trim()];
}

function listRow(line: string, columns: readonly Column[], separator: string): SideRow | null {
	if (line.trimStart().startsWith('#')) {
		return null;
	}

	const parts = line.split(separator).map(part => part.trim());
	const numbers = new Map<string, number>();
	const words: string[] = [];
	for (const [index, {name, unit, isNumber}] of columns.entries()) {
		const part = parts[index] ?? '';
		if (!isNumber) {
			words.push(part);
		} else if (/^\d+(?:\.\d+)?$/v.test(part)) {
			numbers.set(name, Number(part) * unit);
		} else {
			return null;
		}
	}

	return {numbers, words};
}

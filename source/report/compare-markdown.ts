import {cell} from '../charts/fit-text.js';
import {formatCount} from '../charts/format-number.js';
import {type CompareRow} from '../experiment/compare/comparison.js';
import {type Comparison} from '../experiment/compare/report.js';
import {changeWords, halfWords, rowLabel, sortedRows} from './compare-table.js';
import {ablationLines, proofLines} from './compare-extras.js';
import {pairsOf, sideWords} from './compare-text.js';
import {foldedCommand, seconds, wrap} from './text-layout.js';

/** Columns of a commit message or a mailing list. */
const width = 78;

/** A comparison for a commit message: 78 columns, read as it stands and as Markdown. */
export function compareMarkdown(comparison: Comparison, again: readonly string[]): string {
	const {a, b, runs, rows, gates, notes, vqlab, ablations = [], proofs = [], length, method, recorded} = comparison;
	const {shown, more, anchors, rest} = sortedRows(rows);
	const fields = [...shown, ...anchors].map(row => cells(row));
	const header = ['metric', 'a', 'b', 'change', 'verdict', 'n'];
	const columns = header.map((name, column) => Math.max(name.length, ...fields.map(row => row[column].length)));
	// Figures stay whole; what a narrow page takes away is the beginning of the long paths.
	const others = columns.slice(1).reduce((sum, size) => sum + size + 3, 4);
	columns[0] = Math.max(12, Math.min(columns[0], width - others));
	const line = (row: readonly string[]): string =>
		`| ${row.map((text, column) => (column === 0 ? cell(text, columns[0], 'left', 'end') : column === 4 ? text.padEnd(columns[column]) : text.padStart(columns[column]))).join(' | ')} |`;
	return `${[
		...wrapped(`vqlab ${vqlab}: a is ${sideWords(a)}; b is ${sideWords(b)}.`),
		...wrapped(
			`${recorded === undefined ? `${pairsOf(runs)} of ${seconds(length.duration / 1e9)}` : `Two recordings, ${seconds(recorded[0])} and ${seconds(recorded[1])}`}, ${method}.`,
		),
		...[['a', a] as const, ['b', b] as const].flatMap(([name, side]) =>
			side.stall === null ? [] : wrapped(`**${name} stalls** in ${side.stalls} of ${runs} runs: ${side.stall}`),
		),
		...notes.flatMap(note => wrapped(note)),
		'',
		line(header),
		`|${columns.map((size, column) => (column === 0 || column === 4 ? '-'.repeat(size + 2) : `${'-'.repeat(size + 1)}:`)).join('|')}|`,
		...fields.map(row => line(row)),
		'',
		...(more === '' ? [] : wrapped(more)),
		...wrapped(rest),
		...gates.map(({gate, outcome}) => `- gate \`${gate.text}\`: **${outcome}**`),
		...(proofs.length + ablations.length === 0
			? []
			: [
					'',
					'```',
					...proofs.flatMap(proof => proofLines(proof)),
					...ablations.flatMap(ablation => ablationLines(ablation)),
					'```',
				]),
		'',
		'```',
		...foldedCommand(again, width),
		'```',
	].join('\n')}\n`;
}

function cells(row: CompareRow): readonly string[] {
	return [
		rowLabel(row).replaceAll('|', String.raw`\|`),
		formatCount(row.a),
		formatCount(row.b),
		changeWithHalf(row),
		row.verdict,
		String(row.n),
	];
}

/** `-8.9 ± 1.5 %`: the unit once. */
function changeWithHalf(row: CompareRow): string {
	return `${changeWords(row).replace(/ %$/v, '')} ± ${halfWords(row)}`;
}

function wrapped(text: string): string[] {
	return wrap(text, 0, width);
}

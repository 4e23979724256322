import {cell} from '../charts/fit-text.js';
import {formatCount} from '../charts/format-number.js';
import {type CompareRow} from '../experiment/compare/comparison.js';
import {type ComparedSide, type Comparison} from '../experiment/compare/report.js';
import {changeWords, halfWords, rowLabel, sortedRows} from './compare-table.js';
import {ablationLines, proofLines} from './compare-extras.js';
import {againLines, seconds, wrap} from './text-layout.js';

const widths = {
	path: 24,
	value: 7,
	change: 8,
	half: 7,
	word: 9,
} as const;

/** Cells of the bar on each side of no change; a cell is one margin. */
const arm = 4;

/**
A comparison for people: what moved beyond its margin first, then what is
undecided; what is the same is folded.
*/
export function compareText(comparison: Comparison, again: readonly string[], ascii: boolean): string {
	const {
		a,
		b,
		runs,
		rows,
		gates,
		notes,
		vqlab,
		ablations = [],
		proofs = [],
		length,
		lengthWords,
		method,
		recorded,
	} = comparison;
	const {shown, more, anchors, rest} = sortedRows(rows);
	return `${[
		...wrap(
			recorded === undefined
				? `vqlab ${vqlab}  ${pairsOf(runs)} of ${seconds(length.duration / 1e9)} after ` +
						`${seconds(length.warmup / 1e9)} (${lengthWords}); ${method}`
				: `vqlab ${vqlab}  two recordings, ${seconds(recorded[0])} and ${seconds(recorded[1])}; ${method}`,
			0,
		),
		...wrap(`a  ${sideWords(a)}`, 3),
		...wrap(`b  ${sideWords(b)}`, 3),
		...stallLines('a', a, runs),
		...stallLines('b', b, runs),
		...notes.flatMap(note => wrap(note, 0)),
		'',
		head(),
		...shown.map(row => line(row, ascii)),
		...(more === '' ? [] : wrap(more, 0)),
		...(shown.length > 0 && anchors.length > 0 ? [''] : []),
		...anchors.map(row => line(row, ascii)),
		'',
		...wrap(rest, 0),
		...gates.flatMap(({gate, outcome}) => wrap(`gate '${gate.text}': ${outcome}`, 0)),
		...proofs.flatMap(proof => proofLines(proof)),
		...ablations.flatMap(ablation => ablationLines(ablation)),
	].join('\n')}\n\n${againLines(again)}`;
}

export function pairsOf(runs: number): string {
	return `${runs} ${runs === 1 ? 'pair' : 'pairs'}`;
}

/** The preset and what is set on top. */
export function sideWords({preset, set}: ComparedSide): string {
	return set.length === 0 ? preset : `${preset}, ${set.join(' ')}`;
}

function stallLines(name: string, {stalls, stall}: ComparedSide, runs: number): string[] {
	return stall === null ? [] : wrap(`${name} stalls in ${stalls} of ${runs} runs: ${stall}`, 0);
}

function head(): string {
	return [
		'metric'.padEnd(widths.path),
		...['a', 'b'].map(name => name.padStart(widths.value)),
		'change'.padStart(widths.change),
		'+-'.padStart(widths.half),
		' '.repeat(2 * arm + 1),
		'verdict'.padEnd(widths.word),
		'n',
	].join(' ');
}

function line(row: CompareRow, ascii: boolean): string {
	return [
		cell(rowLabel(row), widths.path, 'left', 'end'),
		formatCount(row.a).padStart(widths.value),
		formatCount(row.b).padStart(widths.value),
		changeWords(row).padStart(widths.change),
		halfWords(row).padStart(widths.half),
		bar(row, ascii),
		row.verdict.padEnd(widths.word),
		String(row.n),
	].join(' ');
}

/** The interval in margins around no change: `    ┊ ━━ ` is above it. */
function bar({low, high, margin}: CompareRow, ascii: boolean): string {
	if (low === null || high === null || margin === null) {
		return ' '.repeat(2 * arm + 1);
	}

	const cellOf = (value: number): number => {
		const margins = value === 0 ? 0 : value / margin;
		return Math.max(-arm, Math.min(arm, Math.trunc(margins + Math.sign(margins) * 0.5)));
	};

	const [from, to] = [cellOf(low), cellOf(high)];
	const [inside, middle] = ascii ? ['=', '|'] : ['━', '┊'];
	return Array.from({length: 2 * arm + 1}, (_, index) => {
		const place = index - arm;
		if (place >= from && place <= to) {
			return inside;
		}

		return place === 0 ? middle : ' ';
	}).join('');
}

import {type Block, cellText, type Line, lineLength, type Piece, piece} from '../../charts/block.js';
import {cell, fitText} from '../../charts/fit-text.js';
import {panel} from '../../charts/panel.js';
import {panelTerms} from '../../report/glossary.js';
import {keysOf} from '../../session/key-table.js';
import {type ParameterRow} from '../../session/parameter-list.js';
import {type OverviewSnapshot} from '../../session/snapshot.js';

/** A wide list also says where each value comes from. */
const provenanceFrom = 38;
const provenances: Readonly<Record<string, string>> = {
	measured: 'meas',
	published: 'publ',
	'source code': 'code',
	assumed: 'asmd',
	fitted: 'fitd',
};

function row(entry: ParameterRow, width: number, filtered: boolean, selected: boolean): Line {
	const name = filtered ? entry.key : entry.label;
	const provenance = width >= provenanceFrom ? ` ${cell(provenances[entry.provenance] ?? '', 4)}` : '';
	const room = width - 2 - provenance.length;
	const value = cellText(entry.value);
	const shownValue = fitText(value, Math.max(8, room - 4), value.includes('(') ? 'end' : 'both');
	const shownName = fitText(name, Math.max(1, room - shownValue.length - (selected ? 2 : 1)), 'both');
	const written = selected ? `◄${shownValue}►` : shownValue;
	// The right arrow stands where other values end; it may touch the name at the left.
	const gap = Math.max(selected ? 0 : 1, room - shownName.length - written.length);
	const line: Piece[] = [
		selected ? piece('▸', 'focus') : ' ',
		shownName,
		' '.repeat(gap),
		piece(written, entry.changed ? 'warn' : 'value'),
		entry.changed ? piece('*', 'warn') : ' ',
		piece(provenance, 'dim'),
	];
	return selected ? [piece('', 'select'), ...line] : line;
}

/** Which entries a window of `rows` shows so that the selected one is in it. */
function scroll(count: number, rows: number, selected: number): number {
	return Math.max(0, Math.min(selected - Math.floor(rows / 2), count - rows));
}

const effectWords = {
	'next-use': '',
	reset: 'acts after a device reset',
	restart: 'starts a new run from t = 0',
} as const;

function lastLine(snapshot: OverviewSnapshot, hidden: number, selected: ParameterRow | undefined): Line {
	if (snapshot.filtering) {
		return [piece(' Enter keep  Esc leave filter', 'dim')];
	}

	const effect = selected === undefined ? '' : effectWords[selected.effect];
	if (effect !== '') {
		return [piece(` ${effect}`, 'warn')];
	}

	return [piece(hidden > 0 ? ` ${hidden} more: ↓ or ${keysOf('find.filter')[0] ?? ''}` : '', 'dim')];
}

/** The list of parameters, edited in place; two columns where there is room. */
export function parametersPanel(snapshot: OverviewSnapshot, width: number, height: number): Block {
	const {parameters, filter} = snapshot;
	const inside = width - 2;
	const columns = inside >= 76 ? 2 : 1;
	const columnWidth = Math.floor((inside - (columns - 1)) / columns);
	const rows = Math.max(1, height - 3);
	const index = Math.max(
		0,
		parameters.findIndex(entry => entry.key === snapshot.selected),
	);
	const from = scroll(parameters.length, rows * columns, index);
	const lines: Line[] = [];
	for (let i = 0; i < rows; i++) {
		const line: Piece[] = [];
		for (let column = 0; column < columns; column++) {
			const at = from + column * rows + i;
			const entry = parameters.at(at);
			const cells =
				entry === undefined || at >= parameters.length
					? []
					: row(entry, columnWidth, filter !== undefined, at === index);
			line.push(...(column > 0 ? [' '] : []), ...cells, ' '.repeat(Math.max(0, columnWidth - lineLength(cells))));
		}

		lines.push(line);
	}

	if (parameters.length === 0) {
		lines[0] = [piece(' nothing matches', 'dim')];
	}

	lines.push(lastLine(snapshot, parameters.length - rows * columns, parameters.at(index)));
	return panel(
		{
			width,
			height,
			title: panelTerms.parameters.name,
			value:
				filter === undefined
					? `${keysOf('find.filter')[0] ?? ''} filter`
					: `/${filter}${snapshot.filtering ? '_' : ''}`,
			valueRole: 'dim',
			style: 'focus',
		},
		lines,
	);
}

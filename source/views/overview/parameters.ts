import {type Block, cellText, type Line, lineLength, linked, type Piece, piece} from '../../charts/block.js';
import {cell, fitText} from '../../charts/fit-text.js';
import {type FrameStyle, panel} from '../../charts/panel.js';
import {panelTerms} from '../../report/glossary.js';
import {keysOf} from '../../session/key-table.js';
import {nudgeLink, parameterLink} from '../../session/link.js';
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

/** Of a value beside a long name so many cells are shown. */
const leastValue = 10;

function row(entry: ParameterRow, width: number, filtered: boolean, selected: boolean): Line {
	const name = filtered ? entry.key : entry.label;
	const provenance = width >= provenanceFrom ? ` ${cell(provenances[entry.provenance] ?? '', 4)}` : '';
	const room = width - 2 - provenance.length;
	const value = cellText(entry.value);
	const beside = selected ? 2 : 1;
	// The name says which row it is, and goes before the value; keys differ at their ends.
	const valueRoom = Math.max(leastValue, room - name.length - beside);
	// What a distribution is drawn from says more than its kind.
	const short = filtered && value.length > valueRoom ? value.replace(/^\w+\((.*)\)$/v, '$1') : value;
	const shownValue = fitText(short, valueRoom, short.includes('(') ? 'end' : 'both');
	const shownName = fitText(name, Math.max(1, room - shownValue.length - beside), filtered ? 'end' : 'both');
	const role = entry.changed ? 'warn' : 'value';
	const written = shownValue.length + (selected ? 2 : 0);
	// The right arrow stands where other values end; it may touch the name at the left.
	const gap = Math.max(selected ? 0 : 1, room - shownName.length - written);
	const line: Piece[] = [
		selected ? piece('▸', 'focus') : ' ',
		shownName,
		' '.repeat(gap),
		...(selected ? linked([piece('◄', role)], nudgeLink(entry.key, -1)) : []),
		piece(shownValue, role),
		...(selected ? linked([piece('►', role)], nudgeLink(entry.key, 1)) : []),
		entry.changed ? piece('*', 'warn') : ' ',
		piece(provenance, 'dim'),
	];
	return rowLine(entry, line, selected);
}

/** A row that is selected by a press. */
function rowLine({key}: ParameterRow, line: Line, selected: boolean): Line {
	const whole = line.map(part =>
		typeof part === 'object' && part.link !== undefined ? part : linked([part], parameterLink(key))[0],
	);
	return selected ? [piece('', 'select'), ...whole] : whole;
}

/** Groups stand two in a row. */
const groupsBeside = 2;

/** The rows of the list: a parameter each, or two groups that are folded. */
function listRows(parameters: readonly ParameterRow[]): ReadonlyArray<readonly ParameterRow[]> {
	const rows: ParameterRow[][] = [];
	for (const entry of parameters) {
		const last = rows.at(-1);
		const isFolded = (other: ParameterRow) => other.group?.open === false;
		if (
			last !== undefined &&
			last.length < groupsBeside &&
			isFolded(entry) &&
			last.every(other => isFolded(other))
		) {
			last.push(entry);
		} else {
			rows.push([entry]);
		}
	}

	return rows;
}

function groupCell(entry: ParameterRow, width: number, selected: boolean): Line {
	const {label, value, group} = entry;
	const text = `${group?.open === true ? '-' : '+'} ${label}`;
	const line: Piece[] = [
		selected ? piece('▸', 'focus') : ' ',
		text,
		piece(value.padStart(Math.max(1, Math.min(12, width - 2) - text.length)), 'dim'),
	];
	return rowLine(entry, line, selected);
}

/** A row of the list in so many cells. */
function drawnRow(entries: readonly ParameterRow[], width: number, filtered: boolean, selected: string): Line {
	const [first] = entries;
	if (first.group === undefined) {
		return row(first, width, filtered, first.key === selected);
	}

	const each = Math.floor(width / groupsBeside);
	return entries.flatMap(entry => {
		const line = groupCell(entry, each, entry.key === selected);
		return [...line, ' '.repeat(Math.max(0, each - lineLength(line)))];
	});
}

/** Which rows a window of `rows` shows so that the selected one is in it. */
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

function rule(text: string, width: number): Line {
	return [piece(` ${'─'.repeat(Math.max(1, width - text.length - 4))} ${text} ─`, 'dim')];
}

/** The list of parameters, edited in place: the most relevant first, the rest by group. */
export function parametersPanel(snapshot: OverviewSnapshot, width: number, height: number, style?: FrameStyle): Block {
	const {parameters, filter, order} = snapshot;
	const inside = width - 2;
	const selected = parameters.some(({key}) => key === snapshot.selected)
		? snapshot.selected
		: (parameters.at(0)?.key ?? '');
	const all = listRows(parameters);
	const firstGroup = all.findIndex(([{group}]) => group !== undefined);
	const isWhole = all.length + (firstGroup === -1 ? 0 : 1) <= height - 2;
	const rows = Math.max(1, height - (isWhole && !snapshot.filtering ? 2 : 3));
	const index = all.findIndex(entries => entries.some(({key}) => key === selected));
	const withRule = firstGroup !== -1 && rows > 3;
	const lines = all.flatMap((entries, at): Line[] => [
		...(withRule && at === firstGroup ? [rule('rest by group', inside)] : []),
		drawnRow(entries, inside, filter !== undefined, selected),
	]);
	const at = index + (withRule && index >= firstGroup ? 1 : 0);
	const from = scroll(lines.length, rows, at);
	const shown = parameters.length === 0 ? [[piece(' nothing matches', 'dim')]] : lines.slice(from, from + rows);
	const chosen = parameters.find(({key}) => key === selected);
	let hidden = 0;
	for (const entries of all.slice(rows)) {
		for (const {group} of entries) {
			hidden += group === undefined || group.open ? 1 : group.count;
		}
	}

	const effect = chosen === undefined ? '' : effectWords[chosen.effect];
	const last = isWhole && !snapshot.filtering && effect === '' ? [] : [lastLine(snapshot, hidden, chosen)];
	const blank = Array.from({length: Math.max(0, height - 2 - shown.length - last.length)}, (): Line => []);
	return panel(
		{
			width,
			height,
			title: `${panelTerms.parameters.name}${order === 'effect' ? '' : ` by ${order}`}`,
			value:
				filter === undefined
					? `${keysOf('find.filter')[0] ?? ''} filter`
					: `/${filter}${snapshot.filtering ? '_' : ''}`,
			valueRole: 'dim',
			...(style === undefined ? {} : {style}),
		},
		[...shown.slice(0, height - 2 - last.length), ...blank, ...last],
	);
}

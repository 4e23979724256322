import {type Line, lineLength, piece} from '../../charts/block.js';
import {cell} from '../../charts/fit-text.js';
import {type HelpColumn} from '../../session/command.js';
import {type Controller} from '../../session/controller.js';
import {keysOf} from '../../session/key-table.js';
import {type Legend, viewTitle} from '../../session/view.js';
import {type Rect} from '../../charts/canvas.js';
import {wrapWords} from './place.js';
import {scrolled, type Scrolled} from './scrolled.js';

export const helpSize = {width: 116, height: 24};

/** From this width on three columns of keys stand beside each other. */
const besideFrom = 98;

const titles: Readonly<Record<Exclude<HelpColumn, 'none'>, string>> = {
	view: 'in this view',
	everywhere: 'everywhere',
	time: 'time',
};

function column(name: Exclude<HelpColumn, 'none'>, desk: Controller, indent: number): Line[] {
	const {bindings} = desk.registry;
	const scopes = [...desk.viewScopes, 'always'];
	const rows = desk.offered
		.filter(command => command.column === name)
		.map(command => ({
			label: command.label,
			keys: [...new Set(scopes.flatMap(scope => keysOf(command.id, scope, bindings)))].join(' '),
		}))
		.filter(({keys}) => keys !== '');
	if (rows.length === 0) {
		return [];
	}

	const keyWidth = Math.max(...rows.map(row => row.keys.length)) + Math.max(1, indent);
	return [
		[piece(titles[name], 'title')],
		...rows.map((row): Line => [' '.repeat(indent), piece(row.keys.padEnd(keyWidth), 'value'), row.label]),
	];
}

function meaningLines({words}: Legend, width: number): Line[] {
	const wordWidth = 9;
	return words.flatMap(([word, meaning]) =>
		wrapWords(meaning, width - wordWidth).map((line, index): Line => [
			cell(index === 0 ? ` ${word}` : '', wordWidth),
			line,
		]),
	);
}

/** Side by side, as wide as they need to be; what is left goes between them. */
function beside(columns: ReadonlyArray<readonly Line[]>, width: number): Line[] {
	const widths = columns.map(lines => Math.max(0, ...lines.map(line => lineLength(line))));
	let left = width;
	for (const own of widths) {
		left -= own;
	}

	const gap = Math.max(1, Math.floor(left / columns.length));
	const height = Math.max(...columns.map(lines => lines.length));
	return Array.from({length: height}, (_, row) =>
		columns.flatMap((lines, index) => {
			const line = lines[row] ?? [];
			return [...line, ' '.repeat(widths[index] - lineLength(line) + gap)];
		}),
	);
}

/** Under each other, a blank row between. */
function below(parts: ReadonlyArray<readonly Line[]>): Line[] {
	return parts.filter(lines => lines.length > 0).flatMap((lines, index) => (index === 0 ? lines : [[], ...lines]));
}

/**
All keys of a view, drawn from the registry; below, glyphs and the meaning of
the numbers. It can be scrolled.
*/
export function helpOverlay(desk: Controller, scroll: number, rect: Rect): Scrolled {
	const {view, subject} = desk;
	const inside = rect.width - 2;
	const indent = rect.width < 100 ? 0 : 2;
	const legend = view.legend?.[subject.kind] ?? {words: []};
	const own = column('view', desk, indent);
	const [everywhere, time] = [column('everywhere', desk, indent), column('time', desk, indent)];
	const keys = inside < besideFrom ? below([own, everywhere, time]) : beside([own, everywhere, time], inside - 1);
	return scrolled(
		[
			...below([keys, legend.glyphs ?? []]).map((line): Line => [' ', ...line]),
			[],
			...meaningLines(legend, inside),
		],
		scroll,
		rect,
		{title: `Help   ${viewTitle(view)}`, value: `${keysOf('overlay.close', 'modal:help').join(' ')} closes`},
	);
}

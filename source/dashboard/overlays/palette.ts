import {type Block, cellText, type Line, linked, piece} from '../../charts/block.js';
import {cell, fitText} from '../../charts/fit-text.js';
import {panel} from '../../charts/panel.js';
import {itemLink} from '../../session/link.js';
import {type PaletteEntry} from '../../session/palette.js';
import {type Rect} from '../../charts/canvas.js';
import {field} from './editor.js';

export const paletteSize = {width: 84, height: 18};

export type PaletteState = {
	readonly text: string;
	readonly index: number;
	readonly error: string | undefined;
	readonly matches: readonly PaletteEntry[];
	/** What it knows. */
	readonly count: number;
	/** The subject has parameters. */
	readonly canSet: boolean;
};

/** What was typed, the entries that match it with their keys. */
export function paletteOverlay(state: PaletteState, rect: Rect): Block {
	const {matches, index, canSet} = state;
	const rows = Math.max(2, rect.height - 7);
	const from = Math.max(0, Math.min(index - Math.floor(rows / 2), matches.length - rows));
	const room = Math.max(10, rect.width - 26);
	const lines: Line[] = [
		[' ', ...field(state.text, Math.min(60, rect.width - 6))],
		[piece(state.error === undefined ? '' : fitText(` ✗ ${cellText(state.error)}`, rect.width - 2), 'bad')],
		...matches.slice(from, from + rows).map((command, offset): Line => {
			const selected = from + offset === index;
			const label = fitText(cellText(command.label), room, 'end');
			const about = command.kind === 'command' ? '' : `  ${cellText(command.about)}`;
			const text = cell(label + fitText(about, Math.max(0, room - label.length)), room);
			return linked(
				[
					selected ? piece(' ▸ ', 'focus') : '   ',
					selected ? piece(text, 'focus') : text,
					piece(` ${command.kind.padEnd(10)} ${command.keys}`, 'dim'),
				],
				itemLink(from + offset),
			);
		}),
		[],
		[
			piece(
				` ${matches.length} of ` +
					`${state.count}.${canSet ? '  A name and a value set a parameter: queue 256' : ''}`,
				'dim',
			),
		],
	];
	return panel(
		{
			width: rect.width,
			height: rect.height,
			title: 'Command',
			value: ':',
			style: 'overlay',
			valueRole: 'dim',
		},
		lines,
	);
}

import {type Block, cellText, type Line, linked, piece} from '../../charts/block.js';
import {cell} from '../../charts/fit-text.js';
import {panel} from '../../charts/panel.js';
import {itemLink} from '../../session/link.js';
import {type PresetSummary} from '../../session/preset-shelf.js';
import {type Rect} from '../../charts/canvas.js';
import {wrapWords} from './place.js';

export const pickerSize = {width: 114, height: 24};

export type PickerState = {
	readonly presets: readonly PresetSummary[];
	readonly count: number;
	readonly index: number;
	readonly filter: string;
	readonly filtering: boolean;
	readonly loaded: string;
};

/** A text behind its label in so many rows; where it goes on it says so. */
function labelled(label: string, text: string, inside: number, most: number): Line[] {
	const room = Math.max(10, inside - 10);
	const all = wrapWords(cellText(text), room);
	const shown = all.slice(0, most);
	const last = shown.at(-1);
	if (all.length > most && last !== undefined) {
		const fitting = last.length + 2 <= room ? last : last.split(' ').slice(0, -1).join(' ');
		shown[shown.length - 1] = `${fitting} …`;
	}

	return shown.map((line, index) => [piece(` ${cell(index === 0 ? label : '', 8)}`, 'dim'), line]);
}

/** Presets by title, name and theme; question, story and what to try of the selected one below. */
export function pickerOverlay(state: PickerState, rect: Rect): Block {
	const inside = rect.width - 2;
	const {presets, index, loaded} = state;
	const rows = Math.max(3, rect.height - 13);
	const from = Math.max(0, Math.min(index - Math.floor(rows / 2), presets.length - rows));
	// Titles are for people; the name is for scripts.
	const nameWidth = Math.min(28, Math.floor(inside / 3));
	const themeWidth = inside >= 100 ? 16 : 0;
	const titleWidth = inside - nameWidth - themeWidth - 4;
	const lines: Line[] = [
		[piece(`   ${cell('title', titleWidth)}${cell('name', nameWidth)}${cell('theme', themeWidth)}`, 'dim')],
	];
	for (const [offset, preset] of presets.slice(from, from + rows).entries()) {
		const selected = from + offset === index;
		const title = `${cell(cellText(preset.title), titleWidth - 1)} `;
		const name = `${cell(cellText(preset.name), nameWidth - 1, 'left', 'both')} `;
		const theme = cell(preset.name === loaded ? 'loaded' : cellText(preset.theme), themeWidth);
		const text = title + name + theme;
		lines.push(
			linked(
				[selected ? piece(' ▸ ', 'focus') : '   ', selected ? piece(text, 'focus') : text],
				itemLink(from + offset),
			),
		);
	}

	if (presets.length > rows) {
		lines.push([piece(`   ${presets.length - rows} more: ↑ ↓`, 'dim')]);
	}

	const chosen = presets.at(index);
	if (chosen === undefined || presets.length === 0) {
		lines.push([piece('   nothing matches', 'dim')]);
	} else {
		lines.push(
			[],
			...(chosen.question === undefined ? [] : labelled('asks', chosen.question, inside, 1)),
			...labelled('story', chosen.story, inside, 3),
			...labelled('try', chosen.try.join('   '), inside, 1),
			...labelled('source', chosen.source, inside, 1),
		);
	}

	lines.push([], [piece(' Loading replaces the run. Undo brings it back, with its history.', 'dim')]);
	return panel(
		{
			width: rect.width,
			height: rect.height,
			title: 'Presets',
			value: `/${state.filtering ? `${state.filter}_` : ` filter   ${presets.length} of ${state.count}`}`,
			valueRole: 'dim',
			style: 'overlay',
		},
		lines,
	);
}

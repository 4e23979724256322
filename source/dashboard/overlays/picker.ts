import {type Block, cellText, type Line, piece} from '../../charts/block.js';
import {cell, fitText} from '../../charts/fit-text.js';
import {panel} from '../../charts/panel.js';
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

function labelled(label: string, text: string, inside: number, most: number): Line[] {
	return wrapWords(cellText(text), Math.max(10, inside - 10))
		.slice(0, most)
		.map((line, index) => [piece(` ${cell(index === 0 ? label : '', 8)}`, 'dim'), line]);
}

/** Presets by name, theme and source; story and what to try of the selected one below. */
export function pickerOverlay(state: PickerState, rect: Rect): Block {
	const inside = rect.width - 2;
	const {presets, index, loaded} = state;
	const rows = Math.max(3, rect.height - 13);
	const from = Math.max(0, Math.min(index - Math.floor(rows / 2), presets.length - rows));
	const nameWidth = 30;
	const themeWidth = 16;
	const lines: Line[] = [[piece(`   ${'name'.padEnd(nameWidth)}${'theme'.padEnd(themeWidth)}source`, 'dim')]];
	for (const [offset, preset] of presets.slice(from, from + rows).entries()) {
		const selected = from + offset === index;
		const name = `${cell(cellText(preset.name), nameWidth - 1, 'left', 'both')} `;
		const theme = `${cell(cellText(preset.theme), themeWidth - 1)} `;
		const text = name + theme + (preset.name === loaded ? 'loaded, ' : '') + cellText(preset.source);
		lines.push([
			selected ? piece(' ▸ ', 'focus') : '   ',
			selected ? piece(fitText(text, inside - 4), 'focus') : fitText(text, inside - 4),
		]);
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
			...labelled('story', chosen.story, inside, 4),
			...labelled('try', chosen.try.join('   '), inside, 2),
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

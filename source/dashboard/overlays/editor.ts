import {type Block, cellText, type Line, piece} from '../../charts/block.js';
import {cell, fitText} from '../../charts/fit-text.js';
import {panel} from '../../charts/panel.js';
import {parameter} from '../../simulation/parameters/table.js';
import {formatValue, rangeText} from '../../parameters/value.js';
import {type Rect} from '../../charts/canvas.js';
import {wrapWords} from './place.js';

export const editorSize = {width: 68, height: 13};

const fieldWidth = 22;

const effects = {
	'next-use': 'acts at its next use',
	reset: 'acts after a device reset',
	restart: 'starts a new run from t = 0',
} as const;

/** A field with its cursor; the end of a long text is what shows. */
export function field(text: string, width: number): Line {
	return ['▏', piece(cell(`${text}_`, width, 'left', 'end'), 'value'), '▕'];
}

/** Typing a value: field, error, present value, meaning, range, where the default comes from. */
export function editorOverlay(key: string, text: string, error: string | undefined, now: string, rect: Rect): Block {
	const entry = parameter(key);
	const inside = rect.width - 4;
	const given = entry.default;
	const written = typeof given === 'string' ? given : formatValue(entry, given);
	const words = wrapWords(entry.words, inside);
	const lines: Line[] = [
		[' new value  ', ...field(text, fieldWidth), `   now  ${cellText(now)}`],
		[piece(error === undefined ? '' : fitText(` ✗ ${cellText(error)}`, rect.width - 2), 'bad')],
		[],
		...words.slice(0, Math.max(1, rect.height - 8)).map((line): Line => [` ${line}`]),
		[],
		[piece(` unit  ${entry.unit}      range  ${rangeText(entry)}`, 'dim')],
		[piece(` default  ${written}   ${entry.provenance.kind}: ${cellText(entry.provenance.source)}`, 'dim')],
		[piece(` ${effects[entry.effect]}`, entry.effect === 'restart' ? 'warn' : 'dim')],
	];
	return panel(
		{
			width: rect.width,
			height: rect.height,
			title: key,
			value: 'editing',
			style: 'overlay',
			valueRole: 'dim',
		},
		lines,
	);
}

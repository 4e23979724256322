import {type Block, cellText, piece} from '../../charts/block.js';
import {fitText} from '../../charts/fit-text.js';
import {panel} from '../../charts/panel.js';
import {type Rect} from '../../charts/canvas.js';
import {field} from './editor.js';

export const saveSize = {width: 76, height: 9};

/** Asks for the file that the present parameters are written to. */
export function saveOverlay(text: string, error: string | undefined, rect: Rect): Block {
	return panel(
		{
			width: rect.width,
			height: rect.height,
			title: 'Save as a preset',
			value: 'JSON',
			style: 'overlay',
			valueRole: 'dim',
		},
		[
			[' file  ', ...field(text, Math.max(10, rect.width - 14))],
			[piece(error === undefined ? '' : fitText(` ✗ ${cellText(error)}`, rect.width - 2), 'bad')],
			[],
			[piece(' The parameters as they are now, with the clients of the preset.', 'dim')],
			[piece(' A name in .session.json: the run itself, to be gone on with.', 'dim')],
			[piece(' Run it again with: vqlab ./FILE', 'dim')],
		],
	);
}

/** Asks for the file that the screen is written to. */
export function screenOverlay(text: string, error: string | undefined, rect: Rect): Block {
	return panel(
		{
			width: rect.width,
			height: rect.height,
			title: 'Save the screen',
			value: '.txt .ansi .svg',
			style: 'overlay',
			valueRole: 'dim',
		},
		[
			[' file  ', ...field(text, Math.max(10, rect.width - 14))],
			[piece(error === undefined ? '' : fitText(` ✗ ${cellText(error)}`, rect.width - 2), 'bad')],
			[],
			[piece(' The end of the name says how: text, text with colours, or a picture.', 'dim')],
		],
	);
}

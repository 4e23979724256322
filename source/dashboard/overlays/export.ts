import {type Block, cellText, type Line, piece} from '../../charts/block.js';
import {fitText} from '../../charts/fit-text.js';
import {formatDuration, formatShare, formatTime} from '../../charts/format-number.js';
import {panel} from '../../charts/panel.js';
import {type ExportOverlay} from '../../session/interface-state.js';
import {type Rect} from '../../charts/canvas.js';
import {field} from './editor.js';

export const exportSize = {width: 84, height: 10};

/** Asks what of the run's last stretch to write, and where to; then how far the writing is. */
export function exportOverlay({text, format, length, error, progress}: ExportOverlay, time: number, rect: Rect): Block {
	const from = Math.max(0, time - length);
	const state: Line =
		progress === undefined
			? [piece(error === undefined ? '' : fitText(` ✗ ${cellText(error)}`, rect.width - 2), 'bad')]
			: [piece(` writing: ${formatShare(progress)} %`, 'ok')];
	return panel(
		{
			width: rect.width,
			height: rect.height,
			title: 'Save the last stretch of the run',
			value: formatDuration(length),
			style: 'overlay',
		},
		[
			[' file    ', ...field(text, Math.max(10, rect.width - 16))],
			state,
			[],
			[` last    ${formatDuration(time - from)}   ${formatTime(from, true)} to ${formatTime(time, true)}`],
			[` format  ${format.id.padEnd(10)} ${format.words}`],
			[],
			[piece(' The run is made again up to here, from a moment before: the same events.', 'dim')],
			[piece(' A file that is there already is never overwritten.', 'dim')],
		],
	);
}

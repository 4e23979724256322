import {type Block, type Line} from '../../charts/block.js';
import {panel} from '../../charts/panel.js';
import {type Rect} from '../../charts/canvas.js';

export type Scrolled = {
	readonly block: Block;
	/** Lines that have no room: by so many it can be scrolled. */
	readonly hidden: number;
};

/** A box with as many of its lines as have room, from the `scroll`th on. */
export function scrolled(
	lines: readonly Line[],
	scroll: number,
	{width, height}: Rect,
	{title, value}: {readonly title: string; readonly value: string},
): Scrolled {
	const rows = height - 2;
	const hidden = Math.max(0, lines.length - rows);
	const from = Math.min(scroll, hidden);
	const place = hidden === 0 ? '' : `↑↓ ${from + 1} to ${Math.min(lines.length, from + rows)} of ${lines.length}   `;
	return {
		hidden,
		block: panel(
			{
				width,
				height,
				title,
				value: `${place}${value}`,
				style: 'overlay',
				valueRole: 'dim',
			},
			lines.slice(from, from + rows),
		),
	};
}

import {type Rect} from '../../charts/canvas.js';
import {sizeOf, type ScreenSize} from '../breakpoints.js';

/** Places of the timeline's panels; what is undefined has no room. */
export type TimelineLayout = {
	readonly size: ScreenSize;
	readonly lanes: Rect;
	readonly blame: Rect;
	readonly command: Rect | undefined;
	readonly jump: Rect | undefined;
	readonly visited: Rect | undefined;
	readonly longest: Rect | undefined;
	/** Cells of the names of the lanes. */
	readonly names: number;
};

const blameRows: Readonly<Record<ScreenSize, number>> = {
	large: 14,
	wide: 9,
	compact: 7,
	small: 4,
};

export function timelineLayout({x, y, width, height}: Rect): TimelineLayout {
	const size = sizeOf(width, height + 5);
	const isWide = size === 'wide' || size === 'large';
	const blameHeight = blameRows[size];
	const lists = size === 'large' ? 16 : isWide ? 5 : 0;
	const top = height - blameHeight - lists;
	const left = isWide ? Math.floor(width * 0.63) : width;
	const rect = (fromX: number, fromY: number, columns: number, rows: number): Rect => ({
		x: x + fromX,
		y: y + fromY,
		width: columns,
		height: rows,
	});
	const third = Math.floor(width / 3);
	const half = Math.floor(width / 2);
	const listY = top + blameHeight;
	return {
		size,
		names: size === 'small' ? 14 : isWide ? 18 : 16,
		lanes: rect(0, 0, width, top),
		blame: rect(0, top, left, blameHeight),
		command: isWide ? rect(left, top, width - left, blameHeight) : undefined,
		jump: isWide ? rect(0, listY, size === 'large' ? third : half, lists) : undefined,
		visited: isWide
			? size === 'large'
				? rect(third, listY, third, lists)
				: rect(half, listY, width - half, lists)
			: undefined,
		longest: size === 'large' ? rect(2 * third, listY, width - 2 * third, lists) : undefined,
	};
}

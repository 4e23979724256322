import {type Rect} from '../../charts/canvas.js';
import {sizeOf, type ScreenSize} from '../breakpoints.js';

/** Places of the ring view's panels; what is undefined has no room. */
export type RingLayout = {
	readonly size: ScreenSize;
	readonly strip: Rect;
	readonly flight: Rect | undefined;
	readonly operations: Rect | undefined;
	readonly told: Rect | undefined;
	/** The words of the queue, and its free slots in the last moments. */
	readonly memory: Rect | undefined;
	readonly free: Rect | undefined;
};

/** Commands in flight that keep their rows beside the memory. */
const flightRows = 13;

export function ringLayout({x, y, width, height}: Rect, isLarge: boolean): RingLayout {
	const size = sizeOf(width, height + 5);
	const isWide = size === 'wide' || size === 'large';
	const strip = (isWide ? 13 : 11) + (isLarge ? 1 : 0);
	const toldRows = isWide ? (size === 'large' ? 8 : 7) : 0;
	const rest = height - strip - toldRows;
	const left = isWide ? Math.floor(width * 0.6) : width;
	const rect = (fromX: number, fromY: number, columns: number, rows: number): Rect => ({
		x: x + fromX,
		y: y + fromY,
		width: columns,
		height: rows,
	});
	const isLargest = size === 'large' && rest >= 2 * flightRows;
	return {
		size,
		strip: rect(0, 0, width, rest >= 3 ? strip : height),
		flight: rest >= 3 ? rect(0, strip, left, isLargest ? flightRows : rest) : undefined,
		operations: isWide ? rect(left, strip, width - left, rest) : undefined,
		told: isWide ? rect(0, strip + rest, isLargest ? left : width, toldRows) : undefined,
		memory: isLargest ? rect(0, strip + flightRows, left, rest - flightRows) : undefined,
		free: isLargest ? rect(left, strip + rest, width - left, toldRows) : undefined,
	};
}

import {type Rect} from '../charts/canvas.js';

/** The smallest terminal that a view fits on; a frame has one row less. */
export const smallestWidth = 60;
export const smallestHeight = 18;

/** Rows above the view: who and when, tabs. */
export const headRows = 2;

/** From this height of a frame on there is a row for what would not help. */
const noHelpFrom = 29;

/** Rows below the view of a frame so high: verdict, advice, what would not help, keys. */
export function footRowsOf(height: number): number {
	return height >= noHelpFrom ? 4 : 3;
}

/** Of the bar with the parts of a command's time, and of the table of queues at its full width. */
export const stageRows = 4;
export const queueWidth = 63;

/** From this width on there is room for two panels of text side by side. */
export const wideFrom = 108;

export type ScreenSize = 'large' | 'wide' | 'compact' | 'small';

/** How much a frame of so many cells has room for. */
export function sizeOf(width: number, height: number): ScreenSize {
	if (width >= 170 && height >= 49) {
		return 'large';
	}

	if (width >= wideFrom && height >= 31) {
		return 'wide';
	}

	return width >= 80 && height >= 21 ? 'compact' : 'small';
}

/** The cells of a view: a frame without its fixed rows, of which `foot` are below it. */
export function viewArea(width: number, height: number, foot = footRowsOf(height)): Rect {
	return {
		x: 0,
		y: headRows,
		width,
		height: height - headRows - foot,
	};
}

/** Where a chart stands and whether it has a row for the time. */
export type Place<Chart> = {
	readonly chart: Chart;
	readonly rect: Rect;
	readonly timeRow: boolean;
};

/**
Places of charts in so many columns; the first ones get what does not come out even. A chart of
`timeRowFrom` rows has one to spare for the time.
*/
export function grid<Chart>(
	charts: readonly Chart[],
	area: Rect,
	columns: number,
	timeRowFrom: number,
): Array<Place<Chart>> {
	const rows = Math.ceil(charts.length / columns);
	return charts.map((chart, index) => {
		const [x, width] = share(area.x, area.width, columns, index % columns);
		const [y, height] = share(area.y, area.height, rows, Math.floor(index / columns));
		return {
			chart,
			rect: {
				x,
				y,
				width,
				height,
			},
			timeRow: height >= timeRowFrom,
		};
	});
}

/** The start and the length of a part of so many cells. */
function share(start: number, cells: number, parts: number, part: number): readonly [start: number, length: number] {
	const each = Math.floor(cells / parts);
	const longer = cells % parts;
	return [start + part * each + Math.min(part, longer), each + (part < longer ? 1 : 0)];
}

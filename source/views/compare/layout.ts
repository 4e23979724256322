import {type Rect} from '../../charts/canvas.js';
import {grid, type Place} from '../breakpoints.js';

/** Places of the panels; there may be no room for charts. */
export type CompareLayout = {
	readonly sides: Rect;
	readonly charts: ReadonlyArray<Place<number>>;
	readonly table: Rect;
};

/** Who is compared, a row a side, in a frame. */
const sideRows = 4;
/** Of the table its frame, its head and its foot. */
const tableFrame = 4;
const fewestRows = 11;
const chartFrom = 6;
const highest = 16;
/**
From these sizes on there are two rows of charts, and a chart has a row to spare for the time.
*/
const largeFrom = 170;
const timeRowFrom = 7;

/** The table has what its rows take, the charts what is left, two side by side. */
export function compareLayout({x, y, width, height}: Rect, rows: number): CompareLayout {
	const below = height - sideRows;
	const wanted = tableFrame + Math.max(rows, fewestRows);
	const room = below - wanted;
	const lines = width >= largeFrom && room >= 2 * chartFrom ? 2 : 1;
	const charts = room < chartFrom ? 0 : Math.min(room, lines * highest);
	return {
		sides: {x, y, width, height: sideRows},
		charts:
			charts === 0
				? []
				: grid(
						Array.from({length: 2 * lines}, (_, index) => index),
						{x, y: y + sideRows, width, height: charts},
						2,
						timeRowFrom,
					),
		table: {x, y: y + sideRows + charts, width, height: below - charts},
	};
}

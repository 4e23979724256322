import {linesOf} from '../metrics/metric-chart.js';
import {charts} from '../metrics/metric-table.js';
import {type WindowSeries} from '../metrics/window-series.js';
import {type ClientSpec} from '../parameters/configuration.js';
import {type Readings, type ChartReadings, type FrameReading} from './snapshot.js';

/** Frames are counted over so long, ns: at the rate of a display a column would hold one or two. */
const frameSpan = 200_000_000;

type Columns = {
	/** Windows in a column. */
	readonly perColumn: number;
	/** Columns [start, last). */
	readonly start: number;
	readonly last: number;
};

/** The columns that a chart has room for, the newest complete one last. */
export function columnsOf(windows: WindowSeries, column: number, room: number): Columns {
	const perColumn = Math.max(1, Math.round(column / windows.window));
	const last = Math.floor(windows.end / perColumn);
	return {perColumn, last, start: Math.max(Math.ceil(windows.first / perColumn), last - room - 1)};
}

function lineOf(windows: WindowSeries, {perColumn, start, last}: Columns, path: string): Array<number | null> {
	return Array.from({length: Math.max(0, last - start)}, (_, index) =>
		windows.value(path, (start + index) * perColumn, (start + index + 1) * perColumn),
	);
}

/** The lines of all charts, and the marks of changes at these times (ns). */
export function chartReadings(
	windows: WindowSeries,
	columns: Columns,
	changes: ReadonlyArray<{readonly at: number}>,
): ChartReadings {
	const {perColumn, start, last} = columns;
	const column = perColumn * windows.window;
	return {
		column,
		charts: Object.fromEntries(
			charts.map(chart => [chart.path, {lines: linesOf(chart).map(path => lineOf(windows, columns, path))}]),
		),
		lows: Object.fromEntries(
			charts.flatMap(({path, least}) => (least === undefined ? [] : [[path, lineOf(windows, columns, least)]])),
		),
		// A change in the column that is not complete yet shows at the newest one.
		marks: changes
			.map(({at}) => ({age: Math.max(0, last - 1 - Math.floor(at / column)), at}))
			.filter(({age}) => age <= last - start + 1),
	};
}

/**
Frames of a paced client over the columns; `figures`: of the live window and since the last change.
*/
export function frameReading(
	windows: WindowSeries,
	{perColumn, start, last}: Columns,
	{name, hz = 0}: ClientSpec,
	figures: Readings['figures'],
): FrameReading {
	const span = Math.max(perColumn, Math.round(frameSpan / windows.window));
	const over = (path: string): Array<number | null> =>
		Array.from({length: Math.max(0, last - start)}, (_, index) => {
			const end = (start + index + 1) * perColumn;
			const from = Math.max(windows.first, end - span);
			return from < end ? windows.value(path, from, end) : null;
		});
	const at = (path: string) => figures[`frames.${name}.${path}`] ?? null;
	return {
		client: name,
		asked: hz,
		shown: at('perSecond'),
		missed: at('missed'),
		p99: at('time.p99'),
		rate: over(`frames.${name}.perSecond`),
		misses: over(`frames.${name}.missed`),
	};
}

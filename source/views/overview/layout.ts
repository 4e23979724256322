import {type Rect} from '../../charts/canvas.js';
import {type Chart} from '../../metrics/metric-chart.js';
import {charts} from '../../metrics/metric-table.js';
import {type ExtraPicture} from '../../session/snapshot.js';
import {grid, headRows, type Place, queueWidth, type ScreenSize, sizeOf, stageRows, viewArea} from '../breakpoints.js';

export type ChartPlace = Place<Chart>;

/**
Places of the overview's panels. What is undefined has no room: CPUs go first, then the
additional picture, the stage bar, the changes and the time rows. The first four charts
are always there from 80x24 on.
*/
export type OverviewLayout = {
	readonly size: ScreenSize;
	readonly parameters: Rect;
	readonly charts: readonly ChartPlace[];
	/** The additional picture: a cycle of the lock, or frames. */
	readonly extra: Rect | undefined;
	readonly queues: Rect | undefined;
	readonly cpus: Rect | undefined;
	readonly stages: Rect | undefined;
	readonly changes: Rect | undefined;
};

const parameterWidth = 34;
/** Of the additional picture, and of a row with text. */
const extraRows = 6;
/** A chart has 4 rows of plot at least. */
const leastChart = 6;

function rect(x: number, y: number, width: number, height: number): Rect {
	return {x, y, width, height};
}

/**
Charts of so many columns; those of the last row show the time where they have a row to spare.
*/
function chartPlaces(shown: readonly Chart[], area: Rect, columns: number): ChartPlace[] {
	const rows = Math.ceil(shown.length / columns);
	const spare = area.height % rows;
	// What does not come out even is for the time below the last row.
	const places = grid(shown, {...area, height: area.height - spare}, columns, Infinity);
	const lastRow = Math.max(...places.map(place => place.rect.y));
	return places.map(place => {
		const isLast = place.rect.y === lastRow;
		const height = place.rect.height + (isLast ? spare : 0);
		return {
			...place,
			rect: {...place.rect, height},
			timeRow: isLast && height > leastChart,
		};
	});
}

/**
Lays the overview out on a frame of `width` x `height` cells (height: rows of the terminal less
one), in the rows of the view's area.
*/
export function overviewLayout(
	width: number,
	height: number,
	extra: ExtraPicture,
	{height: body} = viewArea(width, height),
): OverviewLayout {
	return layouts[sizeOf(width, height)](width, body, extra !== 'none');
}

type Layout = (width: number, body: number, hasExtra: boolean) => OverviewLayout;

const layouts: Readonly<Record<ScreenSize, Layout>> = {
	large,
	wide,
	compact,
	small,
};

function large(width: number, body: number, hasExtra: boolean): OverviewLayout {
	const lower = 12;
	const stages = 5;
	const upper = body - lower - stages;
	const left = Math.max(44, Math.floor(width * 0.22));
	const parameters = Math.ceil(upper * 0.61);
	const y = headRows + upper;
	const side = width - 2 * queueWidth >= 70 ? queueWidth : Math.floor(width * 0.3);
	const strip = hasExtra ? width - 2 * side : 0;
	return {
		size: 'large',
		parameters: rect(0, headRows, left, parameters),
		changes: rect(0, headRows + parameters, left, upper - parameters),
		charts: chartPlaces(charts.slice(0, 6), rect(left, headRows, width - left, upper), 3),
		extra: hasExtra ? rect(0, y, strip, lower) : undefined,
		queues: rect(strip, y, hasExtra ? side : Math.floor(width / 2), lower),
		cpus: rect(
			strip + (hasExtra ? side : Math.floor(width / 2)),
			y,
			hasExtra ? side : width - Math.floor(width / 2),
			lower,
		),
		stages: rect(0, y + lower, width, stages),
	};
}

function wide(width: number, body: number, wantsExtra: boolean): OverviewLayout {
	const upper = body - extraRows - stageRows;
	const hasExtra = wantsExtra && upper - extraRows >= 2 * leastChart;
	const chartRows = upper - (hasExtra ? extraRows : 0);
	const changes = upper >= 15 ? Math.max(7, Math.floor(upper / 3)) : 0;
	const right = width - parameterWidth;
	const y = headRows + upper;
	return {
		size: 'wide',
		parameters: rect(0, headRows, parameterWidth, upper - changes),
		changes: changes === 0 ? undefined : rect(0, headRows + upper - changes, parameterWidth, changes),
		charts: chartPlaces(charts.slice(0, 4), rect(parameterWidth, headRows, right, chartRows), 2),
		extra: hasExtra ? rect(parameterWidth, headRows + chartRows, right, extraRows) : undefined,
		queues: rect(0, y, queueWidth, extraRows),
		cpus: rect(queueWidth, y, width - queueWidth, extraRows),
		stages: rect(0, y + extraRows, width, stageRows),
	};
}

function compact(width: number, body: number, wantsExtra: boolean): OverviewLayout {
	const stages = body >= 22 ? stageRows : 0;
	const spare = body - extraRows - stages - 2 * leastChart;
	const hasExtra = wantsExtra && spare >= extraRows;
	const changes = spare >= (hasExtra ? 2 : 1) * extraRows + 4 ? extraRows : 0;
	const chartRows = body - extraRows - stages - changes - (hasExtra ? extraRows : 0);
	let y = headRows + chartRows;
	const row = (height: number, x = 0, w = width): Rect => {
		y += height;
		return rect(x, y - height, w, height);
	};

	const picture = hasExtra ? row(extraRows) : undefined;
	const parameters = rect(0, y, parameterWidth, extraRows);
	const queues = row(extraRows, parameterWidth, width - parameterWidth);
	return {
		size: 'compact',
		charts: chartPlaces(charts.slice(0, 4), rect(0, headRows, width, chartRows), 2),
		extra: picture,
		parameters,
		queues,
		changes: changes === 0 ? undefined : row(changes),
		stages: stages === 0 ? undefined : row(stages),
		cpus: undefined,
	};
}

function small(width: number, body: number): OverviewLayout {
	// The two charts keep their rows of plot, and a row below them.
	const lower = Math.max(4, Math.min(6, body - leastChart));
	const upper = body - lower;
	return {
		size: 'small',
		charts: chartPlaces(charts.slice(0, 2), rect(0, headRows, width, upper - 1), 2),
		parameters: rect(0, headRows + upper, width, lower),
		extra: undefined,
		queues: undefined,
		stages: undefined,
		cpus: undefined,
		changes: undefined,
	};
}

import {type Chart} from '../../metrics/metric-chart.js';
import {charts} from '../../metrics/metric-table.js';
import {type Rect} from '../../charts/canvas.js';

/** Where a chart stands and whether it has a row for simulated time. */
export type ChartPlace = {
	readonly chart: Chart;
	readonly rect: Rect;
	readonly timeRow: boolean;
};

/**
Places of the overview's panels. What is undefined has no room: CPUs go first, then the
stage bar, the time rows, the IRQ and the num_free chart.
*/
export type OverviewLayout = {
	readonly size: 'large' | 'wide' | 'compact' | 'small';
	readonly parameters: Rect;
	readonly charts: readonly ChartPlace[];
	readonly queues: Rect | undefined;
	readonly cpus: Rect | undefined;
	readonly stages: Rect | undefined;
	readonly changes: Rect | undefined;
};

export const smallestWidth = 60;
/** Rows of the terminal; a frame has one less. */
export const smallestHeight = 18;

const headRows = 2;
const footRows = 3;
const stageRows = 4;
const queueWidth = 63;
const parameterWidth = 34;
/** A chart this high has a row to spare for the time. */
const timeRowFrom = 8;

function grid(shown: readonly Chart[], area: Rect, columns: number): ChartPlace[] {
	const rows = Math.ceil(shown.length / columns);
	const places: ChartPlace[] = [];
	let {y} = area;
	for (let row = 0; row < rows; row++) {
		const height = Math.floor(area.height / rows) + (row < area.height % rows ? 1 : 0);
		let {x} = area;
		for (let column = 0; column < columns; column++) {
			const width = Math.floor(area.width / columns) + (column < area.width % columns ? 1 : 0);
			const chart = shown[(row * columns) + column];
			if (chart !== undefined) {
				places.push({
					chart, rect: {
						x, y, width, height,
					}, timeRow: height >= timeRowFrom,
				});
			}

			x += width;
		}

		y += height;
	}

	return places;
}

/** Lays the overview out on a frame of `width` x `height` cells (height: rows of the terminal less one). */
export function overviewLayout(width: number, height: number): OverviewLayout {
	const body = height - headRows - footRows;
	if (width >= 170 && height >= 49) {
		return large(width, body);
	}

	if (width >= 108 && height >= 31) {
		return wide(width, body);
	}

	return width >= 80 && height >= 21 ? compact(width, body) : small(width, body);
}

function large(width: number, body: number): OverviewLayout {
	const lower = 10;
	const upper = body - lower - stageRows;
	const chartWidth = 120;
	const left = width - chartWidth;
	const y = headRows + upper;
	const cpus = Math.min(57, width - queueWidth - 50);
	return {
		size: 'large',
		parameters: {
			x: 0, y: headRows, width: left, height: upper,
		},
		charts: grid(charts, {
			x: left, y: headRows, width: chartWidth, height: upper,
		}, 2),
		queues: {
			x: 0, y, width: queueWidth, height: lower,
		},
		cpus: {
			x: queueWidth, y, width: cpus, height: lower,
		},
		changes: {
			x: queueWidth + cpus, y, width: width - queueWidth - cpus, height: lower,
		},
		stages: {
			x: 0, y: y + lower, width, height: stageRows,
		},
	};
}

function wide(width: number, body: number): OverviewLayout {
	const lower = 6;
	const upper = body - lower - stageRows;
	const y = headRows + upper;
	return {
		size: 'wide',
		parameters: {
			x: 0, y: headRows, width: parameterWidth, height: upper,
		},
		charts: grid(charts.slice(0, 4), {
			x: parameterWidth, y: headRows, width: width - parameterWidth, height: upper,
		}, 2),
		queues: {
			x: 0, y, width: queueWidth, height: lower,
		},
		cpus: {
			x: queueWidth, y, width: width - queueWidth, height: lower,
		},
		stages: {
			x: 0, y: y + lower, width, height: stageRows,
		},
		changes: undefined,
	};
}

function compact(width: number, body: number): OverviewLayout {
	const lower = 6;
	const stages = body >= 24 ? stageRows : 0;
	const upper = body - lower - stages;
	const y = headRows + upper;
	return {
		size: 'compact',
		charts: grid(charts.slice(0, 4), {
			x: 0, y: headRows, width, height: upper,
		}, 2),
		parameters: {
			x: 0, y, width: parameterWidth, height: lower,
		},
		queues: {
			x: parameterWidth, y, width: width - parameterWidth, height: lower,
		},
		stages: stages === 0
			? undefined
			: {
				x: 0, y: y + lower, width, height: stages,
			},
		cpus: undefined,
		changes: undefined,
	};
}

function small(width: number, body: number): OverviewLayout {
	const lower = 6;
	const upper = body - lower;
	return {
		size: 'small',
		charts: grid(charts.slice(0, 2), {
			x: 0, y: headRows, width, height: upper,
		}, 2),
		parameters: {
			x: 0, y: headRows + upper, width, height: lower,
		},
		queues: undefined,
		stages: undefined,
		cpus: undefined,
		changes: undefined,
	};
}

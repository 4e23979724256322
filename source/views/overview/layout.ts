import {type Chart} from '../../metrics/metric-chart.js';
import {charts} from '../../metrics/metric-table.js';
import {type Rect} from '../../charts/canvas.js';
import {grid, headRows, type Place, queueWidth, type ScreenSize, sizeOf, stageRows, viewArea} from '../breakpoints.js';

export type ChartPlace = Place<Chart>;

/**
Places of the overview's panels. What is undefined has no room: CPUs go first, then the
stage bar, the time rows, the IRQ and the num_free chart.
*/
export type OverviewLayout = {
	readonly size: ScreenSize;
	readonly parameters: Rect;
	readonly charts: readonly ChartPlace[];
	readonly queues: Rect | undefined;
	readonly cpus: Rect | undefined;
	readonly stages: Rect | undefined;
	readonly changes: Rect | undefined;
};

const parameterWidth = 34;
/** A chart this high has a row to spare for the time. */
const timeRowFrom = 8;

/** Lays the overview out on a frame of `width` x `height` cells (height: rows of the terminal less one). */
export function overviewLayout(width: number, height: number): OverviewLayout {
	const {height: body} = viewArea(width, height);
	return layouts[sizeOf(width, height)](width, body);
}

const layouts: Readonly<Record<ScreenSize, (width: number, body: number) => OverviewLayout>> = {
	large,
	wide,
	compact,
	small,
};

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
			x: 0,
			y: headRows,
			width: left,
			height: upper,
		},
		charts: grid(
			charts,
			{
				x: left,
				y: headRows,
				width: chartWidth,
				height: upper,
			},
			2,
			timeRowFrom,
		),
		queues: {
			x: 0,
			y,
			width: queueWidth,
			height: lower,
		},
		cpus: {
			x: queueWidth,
			y,
			width: cpus,
			height: lower,
		},
		changes: {
			x: queueWidth + cpus,
			y,
			width: width - queueWidth - cpus,
			height: lower,
		},
		stages: {
			x: 0,
			y: y + lower,
			width,
			height: stageRows,
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
			x: 0,
			y: headRows,
			width: parameterWidth,
			height: upper,
		},
		charts: grid(
			charts.slice(0, 4),
			{
				x: parameterWidth,
				y: headRows,
				width: width - parameterWidth,
				height: upper,
			},
			2,
			timeRowFrom,
		),
		queues: {
			x: 0,
			y,
			width: queueWidth,
			height: lower,
		},
		cpus: {
			x: queueWidth,
			y,
			width: width - queueWidth,
			height: lower,
		},
		stages: {
			x: 0,
			y: y + lower,
			width,
			height: stageRows,
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
		charts: grid(
			charts.slice(0, 4),
			{
				x: 0,
				y: headRows,
				width,
				height: upper,
			},
			2,
			timeRowFrom,
		),
		parameters: {
			x: 0,
			y,
			width: parameterWidth,
			height: lower,
		},
		queues: {
			x: parameterWidth,
			y,
			width: width - parameterWidth,
			height: lower,
		},
		stages:
			stages === 0
				? undefined
				: {
						x: 0,
						y: y + lower,
						width,
						height: stages,
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
		charts: grid(
			charts.slice(0, 2),
			{
				x: 0,
				y: headRows,
				width,
				height: upper,
			},
			2,
			timeRowFrom,
		),
		parameters: {
			x: 0,
			y: headRows + upper,
			width,
			height: lower,
		},
		queues: undefined,
		stages: undefined,
		cpus: undefined,
		changes: undefined,
	};
}

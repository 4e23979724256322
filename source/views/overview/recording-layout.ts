import {plotWidth} from '../../charts/line-chart.js';
import {type Rect} from '../../charts/canvas.js';
import {grid, headRows, type Place, queueWidth, sizeOf, stageRows, viewArea} from '../breakpoints.js';

export type RecordingChartName =
	'throughput' | 'latency' | 'waits' | 'numFree' | 'inFlight' | 'signals' | 'queued' | 'irqs';

export type RecordingChartPlace = Place<RecordingChartName>;

/** Places of the panels of a recording; what is undefined has no room. */
export type RecordingLayout = {
	readonly isLarge: boolean;
	readonly charts: readonly RecordingChartPlace[];
	readonly queues: Rect | undefined;
	/** Facts of the recording, or the table beside the model. */
	readonly facts: Rect;
	readonly stages: Rect | undefined;
};

/** A chart this high has a row to spare for the time. */
const timeRowFrom = 6;

/** The charts with the columns they stand in; the smallest screen has the first two of `small`. */
const large = [['throughput', 'latency', 'waits', 'numFree', 'queued', 'signals', 'irqs', 'inFlight'], 4] as const;
const wide = [['throughput', 'latency', 'waits', 'signals', 'numFree', 'inFlight'], 3] as const;
const small = [['latency', 'waits', 'throughput', 'numFree'], 2] as const;

/**
Lays the overview of a recording out on a frame; `withTable`: a table
beside the model needs its rows.
*/
export function recordingLayout(width: number, height: number, withTable: boolean): RecordingLayout {
	const {height: body} = viewArea(width, height);
	const size = sizeOf(width, height);
	const isLarge = size === 'large';
	const isWide = isLarge || size === 'wide';
	const isCompact = size === 'compact';
	const lower = isWide && withTable ? 10 : 6;
	const stages = isWide || (isCompact && body >= 24) ? stageRows : 0;
	const upper = body - lower - stages;
	const area = {
		x: 0,
		y: headRows,
		width,
		height: upper,
	};
	const y = headRows + upper;
	const [names, columns] = isLarge ? large : isWide ? wide : small;
	const charts = grid(isCompact || isWide ? names : names.slice(0, 2), area, columns, timeRowFrom);
	const queues = size !== 'small' && !(withTable && !isWide) ? Math.min(queueWidth, isWide ? queueWidth : 46) : 0;
	return {
		isLarge,
		charts,
		queues:
			queues === 0
				? undefined
				: {
						x: 0,
						y,
						width: queues,
						height: lower,
					},
		facts: {
			x: queues,
			y,
			width: width - queues,
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
	};
}

/** Columns that every chart has room for, two values a cell where they are dense. */
export function recordingColumns(columns: number, rows: number): number {
	const {charts, isLarge} = recordingLayout(columns, rows - 1, false);
	const narrowest = Math.min(...charts.map(({rect}) => plotWidth(rect.width - 2)));
	return narrowest * (isLarge ? 2 : 1);
}

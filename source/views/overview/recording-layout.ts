import {plotWidth} from '../../charts/line-chart.js';
import {type Rect} from '../../charts/canvas.js';

export type RecordingChartName = 'throughput' | 'latency' | 'waits' | 'numFree' | 'inFlight' | 'signals' | 'queued' | 'irqs';

export type RecordingChartPlace = {readonly name: RecordingChartName; readonly rect: Rect; readonly timeRow: boolean};

/** Places of the panels of a recording; what is undefined has no room. */
export type RecordingLayout = {
	readonly isLarge: boolean;
	readonly charts: readonly RecordingChartPlace[];
	readonly queues: Rect | undefined;
	/** Facts of the recording, or the table beside the model. */
	readonly facts: Rect;
	readonly stages: Rect | undefined;
};

const headRows = 2;
const footRows = 3;
const stageRows = 4;
const queueWidth = 63;
/** A chart this high has a row to spare for the time. */
const timeRowFrom = 6;

function grid(names: readonly RecordingChartName[], area: Rect, columns: number): RecordingChartPlace[] {
	const rows = Math.ceil(names.length / columns);
	return names.map((name, index) => {
		const column = index % columns;
		const row = Math.floor(index / columns);
		const x = Math.floor(area.width * column / columns);
		const y = Math.floor(area.height * row / rows);
		const rect = {
			x: area.x + x, y: area.y + y, width: Math.floor(area.width * (column + 1) / columns) - x, height: Math.floor(area.height * (row + 1) / rows) - y,
		};
		return {name, rect, timeRow: rect.height >= timeRowFrom};
	});
}

/** The charts with the columns they stand in; the smallest screen has the first two of `small`. */
const large = [['throughput', 'latency', 'waits', 'numFree', 'queued', 'signals', 'irqs', 'inFlight'], 4] as const;
const wide = [['throughput', 'latency', 'waits', 'signals', 'numFree', 'inFlight'], 3] as const;
const small = [['latency', 'waits', 'throughput', 'numFree'], 2] as const;

/** Lays the overview of a recording out on a frame; `withTable`: a table beside the model needs its rows. */
export function recordingLayout(width: number, height: number, withTable: boolean): RecordingLayout {
	const body = height - headRows - footRows;
	const isLarge = width >= 170 && height >= 49;
	const isWide = width >= 108 && height >= 31;
	const isCompact = width >= 80 && height >= 21;
	const lower = isWide && withTable ? 10 : 6;
	const stages = isWide || (isCompact && body >= 24) ? stageRows : 0;
	const upper = body - lower - stages;
	const area = {
		x: 0, y: headRows, width, height: upper,
	};
	const y = headRows + upper;
	const [names, columns] = isLarge ? large : (isWide ? wide : small);
	const charts = grid(isCompact || isWide ? names : names.slice(0, 2), area, columns);
	const queues = isCompact && !(withTable && !isWide) ? Math.min(queueWidth, isWide ? queueWidth : 46) : 0;
	return {
		isLarge,
		charts,
		queues: queues === 0
			? undefined
			: {
				x: 0, y, width: queues, height: lower,
			},
		facts: {
			x: queues, y, width: width - queues, height: lower,
		},
		stages: stages === 0
			? undefined
			: {
				x: 0, y: y + lower, width, height: stages,
			},
	};
}

/** Places of the latency view. */
export type LatencyLayout = {readonly histogram: Rect; readonly percentiles: Rect; readonly stages: Rect; readonly groups: Rect | undefined};

export function latencyLayout(width: number, height: number): LatencyLayout {
	const body = height - headRows - footRows;
	const isWide = width >= 108;
	const lower = isWide ? Math.min(14, Math.floor(body / 2)) : 7;
	const upper = body - lower;
	const right = isWide ? 46 : 26;
	const y = headRows + upper;
	const left = isWide ? Math.floor(width / 2) : width;
	return {
		histogram: {
			x: 0, y: headRows, width: width - right, height: upper,
		},
		percentiles: {
			x: width - right, y: headRows, width: right, height: upper,
		},
		stages: {
			x: 0, y, width: left, height: lower,
		},
		groups: isWide
			? {
				x: left, y, width: width - left, height: lower,
			}
			: undefined,
	};
}

/** Columns that every chart has room for, two values a cell where they are dense. */
export function recordingColumns(columns: number, rows: number): number {
	const {charts, isLarge} = recordingLayout(columns, rows - 1, false);
	const narrowest = Math.min(...charts.map(({rect}) => plotWidth(rect.width - 2)));
	return narrowest * (isLarge ? 2 : 1);
}

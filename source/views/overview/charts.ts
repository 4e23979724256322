import {
	type Anchor, type Axis, fitAxis, SteadyAxis,
} from '../../charts/axis.js';
import {type Block} from '../../charts/block.js';
import {
	formatCount, formatDuration, formatGrouped, formatPercent, formatPerSecond, formatSettling, formatSlots,
} from '../../charts/format-number.js';
import {type Role} from '../../charts/role.js';
import {type Chart, linesOf} from '../../metrics/metric-chart.js';
import {metricOf} from '../../metrics/metric-table.js';
import {metricUnit, type MetricUnit} from '../../metrics/metric-unit.js';
import {type Figure} from '../../metrics/metrics.js';
import {type OverviewSnapshot} from '../../session/snapshot.js';
import {type ChartPlace} from './layout.js';
import {chartFrame, type ChartFrameOptions} from '../chart-frame.js';

/** The axes of the charts, which must not jump from frame to frame. */
export class AxisMemory {
	private readonly axes = new Map<string, SteadyAxis>();

	update(name: string, anchor: Anchor, values: ReadonlyArray<number | null>, rows: number, now: number): Axis {
		const key = `${name} ${typeof anchor === 'object' ? anchor.top : anchor}`;
		let axis = this.axes.get(key);
		if (axis === undefined) {
			axis = new SteadyAxis(anchor);
			this.axes.set(key, axis);
		}

		let min = Infinity;
		let max = -Infinity;
		for (const value of values) {
			if (value !== null && Number.isFinite(value)) {
				min = Math.min(min, value);
				max = Math.max(max, value);
			}
		}

		if (min > max) {
			// Nothing is known yet, which must not make room for it.
			const stand = typeof anchor === 'object' ? anchor.top : 0;
			return fitAxis(stand, stand, rows, anchor);
		}

		return axis.update(min, max, rows, now);
	}

	/** Begins anew, for another run. */
	clear(): void {
		this.axes.clear();
	}
}

export type ChartPanelOptions = ChartFrameOptions & {
	readonly narrow: boolean;
};

/** A figure without its unit. */
function number(path: string, value: Figure): string {
	switch (metricUnit(path)) {
		case 'us': {
			return formatDuration(value === null ? null : value * 1000);
		}

		case 'ms/s': {
			return formatPerSecond(value);
		}

		case 'share': {
			return formatPercent(value);
		}

		case '/s':
		case 'count': {
			return metricOf(path)?.unit === 'slots' ? formatSlots(value) : formatCount(value);
		}
	}
}

/** What follows a figure of a unit. */
const units: Readonly<Record<MetricUnit, string>> = {
	us: '', 'ms/s': ' ms/s', share: ' of time', '/s': ' /s', count: '',
};

function liveValue(chart: Chart, {readings: {figures}, settled, ringSize, isNow}: OverviewSnapshot, narrow: boolean): string {
	const {path, name, before = '', after, room = '', beside = [], least} = chart;
	const settling = (text: string) => isNow && chart.isSince !== true ? `now ${text}` : formatSettling(text, settled);
	const called = name === undefined ? before : `${name} `;
	const others = beside.map(line => ` + ${line.name} ${number(line.path, figures[line.path])}`).join('');
	const own = `${called}${settling(number(path, figures[path]))}${others}${after ?? units[metricUnit(path)]}${narrow || isNow ? '' : room}`;
	const size = chart.anchor === 'ring' ? ` of ${formatGrouped(ringSize)}` : '';
	if (least === undefined) {
		return `${own}${size}`;
	}

	const fewest = figures[least];
	return `${own}${size}${narrow ? ' ' : '   '}min ${fewest === null ? '-' : formatGrouped(fewest)}`;
}

/** Red only where the verdict accuses the figure, and the figure is bad. */
function valueRole({blamedBy}: Chart, {verdict, readings: {figures}}: OverviewSnapshot): Role {
	const accusers: readonly string[] = blamedBy?.verdicts ?? [];
	if (verdict === null || blamedBy === undefined || !accusers.includes(verdict.id)) {
		return 'value';
	}

	const {paths, from} = blamedBy;
	return paths.some(path => from === undefined ? (figures[path] ?? 0) > 0 : (figures[path] ?? 0) >= from) ? 'bad' : 'value';
}

/** Shares are drawn in percent. */
function drawn(path: string, values: ReadonlyArray<number | null>): ReadonlyArray<number | null> {
	return metricUnit(path) === 'share' ? values.map(value => value === null ? null : value * 100) : values;
}

/** Two columns of the readings into one cell of a line chart: their mean. */
export function halve(values: ReadonlyArray<number | null>): Array<number | null> {
	const halved: Array<number | null> = [];
	for (let i = values.length % 2; i + 1 < values.length; i += 2) {
		const [a, b] = [values[i], values[i + 1]];
		halved.push(a === null ? b : (b === null ? a : (a + b) / 2));
	}

	return halved;
}

const roles: readonly Role[] = ['a', 'b'];

/** A chart of the overview in its frame, exactly as large as its place. */
export function chartPanel({chart, rect, timeRow}: ChartPlace, snapshot: OverviewSnapshot, options: ChartPanelOptions): Block {
	const {column, marks, charts} = snapshot.charts;
	return chartFrame({
		name: chart.path,
		title: chart.title,
		value: liveValue(chart, snapshot, options.narrow),
		valueRole: valueRole(chart, snapshot),
		anchor: chart.anchor === 'ring' ? {top: snapshot.ringSize} : chart.anchor,
		lines: linesOf(chart).map((path, index) => ({values: drawn(path, charts[chart.path].lines[index]), role: roles[index]})),
		column,
		marks,
		timeRow,
	}, rect, options);
}

import {type Block} from '../../charts/block.js';
import {formatGrouped, formatSettling} from '../../charts/format-number.js';
import {type Role} from '../../charts/role.js';
import {type Chart, linesOf} from '../../metrics/metric-chart.js';
import {metricUnit} from '../../metrics/metric-unit.js';
import {type OverviewSnapshot} from '../../session/snapshot.js';
import {chartFrame, type ChartFrameOptions} from '../chart-frame.js';
import {drawnValues, figureText, unitTexts} from '../figure-text.js';
import {type ChartPlace} from './layout.js';

export type ChartPanelOptions = ChartFrameOptions & {
	readonly narrow: boolean;
};

function liveValue(
	chart: Chart,
	{readings: {figures}, settled, ringSize, isNow}: OverviewSnapshot,
	narrow: boolean,
): string {
	const {path, name, before = '', after, room = '', beside = [], least} = chart;
	const settling = (text: string) =>
		isNow && chart.isSince !== true ? `now ${text}` : formatSettling(text, settled);
	const called = name === undefined ? before : `${name} `;
	const others = beside.map(line => ` + ${line.name} ${figureText(line.path, figures[line.path])}`).join('');
	const own = `${called}${settling(figureText(path, figures[path]))}${others}${after ?? unitTexts[metricUnit(path)]}${narrow || isNow ? '' : room}`;
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
	return paths.some(path => (from === undefined ? (figures[path] ?? 0) > 0 : (figures[path] ?? 0) >= from))
		? 'bad'
		: 'value';
}

const roles: readonly Role[] = ['a', 'b'];

/** A chart of the overview in its frame, exactly as large as its place. */
export function chartPanel(
	{chart, rect, timeRow}: ChartPlace,
	snapshot: OverviewSnapshot,
	options: ChartPanelOptions,
): Block {
	const {column, marks, charts} = snapshot.charts;
	return chartFrame(
		{
			name: chart.path,
			title: chart.title,
			value: liveValue(chart, snapshot, options.narrow),
			valueRole: valueRole(chart, snapshot),
			anchor: chart.anchor === 'ring' ? {top: snapshot.ringSize} : chart.anchor,
			lines: linesOf(chart).map((path, index) => ({
				values: drawnValues(path, charts[chart.path].lines[index]),
				role: roles[index],
			})),
			column,
			marks,
			timeRow,
		},
		rect,
		options,
	);
}

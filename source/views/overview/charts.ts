import {type Block} from '../../charts/block.js';
import {formatGrouped, formatSettling} from '../../charts/format-number.js';
import {type Role} from '../../charts/role.js';
import {type Chart, linesOf} from '../../metrics/metric-chart.js';
import {metricUnit} from '../../metrics/metric-unit.js';
import {type OverviewSnapshot} from '../../session/snapshot.js';
import {chartFrame, type ChartFrameOptions} from '../chart-frame.js';
import {drawnValues, figureText, unitTexts} from '../figure-text.js';
import {wordAt} from './difference-text.js';
import {type ChartPlace} from './layout.js';

/** Of a narrow frame and a wide one: forms of the live value, the longest first. */
function liveValues(chart: Chart, snapshot: OverviewSnapshot): readonly string[] {
	const {
		readings: {figures},
		settled,
		ringSize,
		isNow,
	} = snapshot;
	const {path, name, before = '', after, room = '', beside = [], least} = chart;
	const settling = (text: string) =>
		isNow && chart.isSince !== true ? `now ${text}` : formatSettling(text, settled);
	const called = name === undefined ? before : `${name} `;
	const others = beside.map(line => ` + ${line.name} ${figureText(line.path, figures[line.path])}`).join('');
	const bare = `${called}${settling(figureText(path, figures[path]))}${others}`;
	const own = `${bare}${after ?? unitTexts[metricUnit(path)]}`;
	const size = chart.anchor === 'ring' ? ` of ${formatGrouped(ringSize)}` : '';
	if (least === undefined) {
		// `% of time` is per cent as well.
		const short = bare.endsWith(' %') ? [bare] : [];
		return [`${own}${isNow ? '' : room}${size}`, `${own}${size}`, ...short];
	}

	const fewest = `min ${leastText(chart, snapshot)}`;
	return [`${own}${size}   ${fewest}`, `${own}${size} ${fewest}`];
}

function leastText({least = ''}: Chart, {readings: {figures}}: OverviewSnapshot): string {
	const fewest = figures[least] ?? null;
	return fewest === null ? '-' : formatGrouped(fewest);
}

/**
What became of the value since the last change; undefined: nothing to compare with,
or the chart has several lines.
*/
function changedValues(chart: Chart, snapshot: OverviewSnapshot): readonly string[] | undefined {
	const {before, readings, settled, isNow} = snapshot;
	const {path, after, beside = [], least} = chart;
	if (before === null || beside.length > 0 || isNow) {
		return undefined;
	}

	const unit = after ?? unitTexts[metricUnit(path)];
	const bare = (text: string): string => text.replace(' %', '');
	const was = figureText(path, before.readings.figures[path]);
	const is = figureText(path, readings.figures[path]);
	const percent = is.endsWith(' %') ? ' %' : '';
	const now = formatSettling(bare(is), settled);
	const word = wordAt(before, path);
	const end = word === '' ? '' : ` ${word}`;
	if (least === undefined) {
		return [
			`${bare(was)} → ${now}${percent}${unit}${end}`,
			`${bare(was)} → ${now}${percent}${end}`,
			`${now}${percent}${end}`,
		];
	}

	const fewest = ` min ${leastText(chart, snapshot)}`;
	return [`${bare(was)} → ${now}${end}${fewest}`, `${now}${end}${fewest}`, `${now}${end}`];
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
	options: ChartFrameOptions,
): Block {
	const {column, marks, charts, lows} = snapshot.charts;
	const {before, isNow} = snapshot;
	const level = before?.readings.figures[chart.path] ?? null;
	const markAge = marks.find(mark => mark.at === before?.at)?.age;
	return chartFrame(
		{
			name: chart.path,
			title: chart.title,
			value: changedValues(chart, snapshot) ?? liveValues(chart, snapshot),
			valueRole: valueRole(chart, snapshot),
			anchor: chart.anchor === 'ring' ? {top: snapshot.ringSize} : chart.anchor,
			lines: linesOf(chart).map((path, index) => ({
				values: drawnValues(path, charts[chart.path].lines[index]),
				role: roles[index],
			})),
			column,
			marks,
			timeRow,
			next: snapshot.planned[0]?.at,
			...(chart.least === undefined || lows[chart.path] === undefined ? {} : {lows: lows[chart.path]}),
			...(level === null || markAge === undefined || isNow
				? {}
				: {level: {value: drawnValues(chart.path, [level])[0] ?? level, age: markAge}}),
		},
		rect,
		options,
	);
}

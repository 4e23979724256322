import {type HeatMap, heatMapLines} from '../charts/heat-map.js';
import {labelledLine, scatterLines} from '../charts/point-chart.js';
import {formatCount} from '../charts/format-number.js';
import {metricUnit} from '../metrics/metric-unit.js';
import {effectsOf} from './sweep-effects.js';
import {sweepTable} from './sweep-table.js';
import {type SweepView} from './sweep-view.js';
import {againLines, reportWidth, wrap} from './text-layout.js';

/** Metrics that have a chart when none was asked for; all are in the table. */
const chartsUnasked = 3;

/** Rows of a table beside a chart at most. */
const rowsBesideChart = 16;
const rowsAlone = 200;

/**
A sweep for people: what each axis does, a chart where there are one or
two axes, the front, the table.
*/
export function sweepText(view: SweepView, again: readonly string[], ascii: boolean, isAsked: boolean): string {
	const charted = isAsked ? view.metrics : view.metrics.slice(0, chartsUnasked);
	const charts = charted.flatMap(path => chartOf(view, path, ascii));
	const table = sweepTable(view, charts.length > 0 && !isAsked ? rowsBesideChart : rowsAlone);
	const lines = [
		...headLines(view),
		...charts,
		...effectLines(view, charted),
		...frontLines(view, ascii),
		...(table.length === 0 ? [] : ['', ...table]),
	];
	return `${lines.join('\n')}\n\n${againLines(again)}`;
}

/** The path with its unit where it needs one. */
export function metricTitle(path: string): string {
	const unit = metricUnit(path);
	return unit === 'count' || unit === 'share' ? path : `${path} ${unit}`;
}

/** Axes with more than one value. */
export function variedAxes({header}: SweepView): SweepView['header']['axes'] {
	return header.list === undefined ? header.axes.filter(({values}) => values.length > 1) : [];
}

/** The map of a metric over two axes, the first across; undefined for any other sweep. */
export function mapOf(view: SweepView, path: string): HeatMap | undefined {
	const axes = variedAxes(view);
	if (axes.length !== 2) {
		return undefined;
	}

	const [across, down] = axes;
	const cells = down.values.map(row =>
		across.values.map(column => {
			const point = view.points.find(({set}) => set[across.key] === column && set[down.key] === row);
			return {
				value: point?.estimates.get(path)?.mean ?? null,
				...(point?.refused === null ? {} : {word: 'refused'}),
				...(point !== undefined && point.stalls > 0 ? {mark: '!'} : {}),
			};
		}),
	);
	return {
		rows: {name: down.key, labels: down.values.map(String)},
		columns: {name: across.key, labels: across.values.map(String)},
		cells,
	};
}

function headLines({header, points, done, missing}: SweepView): string[] {
	const refused = points.filter(point => point.refused !== null).length;
	const stalled = points.filter(({stalls}) => stalls > 0).length;
	const {vqlab, preset, runs, duration, warmup, plan, seed} = header;
	const set = Object.entries(header.set)
		.map(([key, value]) => ` ${key}=${String(value)}`)
		.join('');
	return [
		...wrap(`vqlab ${vqlab}  sweep of ${preset}${set}, plan ${plan}`, 0),
		...wrap(
			`${header.points} points, ` +
				`${runs === 1 ? `1 run each (seed ${seed})` : `${runs} runs each (seeds from ${seed} on)`} of ` +
				`${duration} after ${warmup}; ${done} runs are done`,
			0,
		),
		...(missing.length === 0 ? [] : [`${missing.length} points are not finished.`]),
		...(refused === 0 ? [] : [`${refused} points are refused by the model; their rows say why.`]),
		...(stalled === 0 ? [] : [`${stalled} points stall (!): their figures end where they stand still.`]),
	];
}

function chartOf(view: SweepView, path: string, ascii: boolean): string[] {
	const map = mapOf(view, path);
	if (map !== undefined) {
		return ['', metricTitle(path), ...heatMapLines(map, reportWidth, ascii)];
	}

	const axes = variedAxes(view);
	const [axis] = axes;
	if (axes.length !== 1 || axis.between === true || axis.values.some(value => !/^\d/v.test(String(value)))) {
		return [];
	}

	const values = axis.values.map(
		value => view.points.find(({set}) => set[axis.key] === value)?.estimates.get(path)?.mean ?? null,
	);
	const known = values.filter(value => value !== null);
	if (known.length === values.length && known.every(value => value === known[0])) {
		return ['', `${metricTitle(path)} is ${formatCount(known[0])} at every ${axis.key}.`];
	}

	const lines = labelledLine(axis.values.map(String), values, reportWidth, ascii);
	return lines.length === 0 ? [] : ['', `${metricTitle(path)} over ${axis.key}`, ...lines];
}

function effectLines(view: SweepView, paths: readonly string[]): string[] {
	const lines = paths.flatMap(path => {
		const effects = effectsOf(view, path);
		return effects.length < 2
			? []
			: wrap(
					`${metricTitle(path)}: ${effects
						.map(({key, low, high, lowAt, highAt}) =>
							low === high
								? `${key} moves nothing`
								: `${key} ${formatCount(low)} (${lowAt}) to ${formatCount(high)} (${highAt})`,
						)
						.join('; ')}`,
					0,
				);
	});
	return lines.length === 0 ? [] : ['', 'What each axis does, as means over the others:', ...lines];
}

function frontLines(view: SweepView, ascii: boolean): string[] {
	const {goals, points, front} = view;
	if (goals.length === 0) {
		return [];
	}

	const [x, y] = goals;
	const known = points.flatMap(({index, estimates}) => {
		const [left, right] = [estimates.get(x.path)?.mean ?? null, estimates.get(y.path)?.mean ?? null];
		return left === null || right === null ? [] : [{x: left, y: right, isFront: front.includes(index)}];
	});
	return [
		'',
		...wrap(
			`Pareto front of ${goals.map(({wanted, path}) => `${wanted} ${path}`).join(', ')}: ${front.length} ` +
				`of ${points.length} points, by their means`,
			0,
		),
		...(goals.length === 2
			? [`${metricTitle(y.path)} over ${metricTitle(x.path)}`, ...scatterLines(known, reportWidth, ascii)]
			: []),
		'',
		...sweepTable(
			{...view, points: front.map(index => points[index]), metrics: goals.map(({path}) => path)},
			rowsAlone,
			goals.length,
		),
	];
}

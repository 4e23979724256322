import {formatCount} from '../charts/format-number.js';
import {svgDocument, type Picture} from '../charts/svg.js';
import {heatMapSvg} from '../charts/svg-heat-map.js';
import {diagramSvg, type DiagramPoint} from '../charts/svg-points.js';
import {mapOf, metricTitle, variedAxes} from './sweep-text.js';
import {type SweepView} from './sweep-view.js';

/** Pictures of a sweep at most, when no metric was asked for by name. */
const mostPictures = 3;

/**
A sweep as a picture: the front of two goals, a line over one axis, a map over two, for each metric.
Undefined for what can be drawn in none of these ways.
*/
export function sweepSvg(view: SweepView): string | undefined {
	const pictures = sweepPictures(view);
	const {preset, runs, duration} = view.header;
	return pictures.length === 0
		? undefined
		: svgDocument(`${preset}: ${runs === 1 ? '1 run' : `mean of ${runs} runs`} of ${duration} a point`, pictures);
}

/** What can be drawn of a sweep: none, or a picture for each. */
export function sweepPictures(view: SweepView): readonly Picture[] {
	return [...frontPicture(view), ...view.metrics.slice(0, mostPictures).flatMap(path => picturesOf(view, path))];
}

function picturesOf(view: SweepView, path: string): Picture[] {
	const map = mapOf(view, path);
	if (map !== undefined) {
		return [heatMapSvg(map, metricTitle(path))];
	}

	const axes = variedAxes(view);
	const [axis] = axes;
	if (axes.length !== 1 || axis.between === true) {
		return [];
	}

	const last = axis.values.length - 1;
	const places = axis.values.map((value, index) => ({value, at: index / last}));
	const points = places.flatMap(({value, at}): DiagramPoint[] => {
		const found = view.points.find(({set}) => set[axis.key] === value)?.estimates.get(path) ?? null;
		return found === null
			? []
			: [
					{
						x: at,
						y: found.mean,
						...(found.runs > 1 ? {low: found.low, high: found.high} : {}),
						name: `${axis.key}=${String(value)}: ${formatCount(found.mean)}`,
						isStrong: true,
					},
				];
	});
	return points.length === 0
		? []
		: [
				diagramSvg({
					title: metricTitle(path),
					points,
					ticks: places.map(({value, at}) => ({at, text: String(value)})),
					xName: axis.key,
					isLine: axis.values.every(value => /^\d/v.test(String(value))),
				}),
			];
}

function frontPicture({goals, points, front}: SweepView): Picture[] {
	if (goals.length !== 2) {
		return [];
	}

	const [x, y] = goals;
	const known = points.flatMap(({index, set, estimates}) => {
		const [left, right] = [estimates.get(x.path)?.mean ?? null, estimates.get(y.path)?.mean ?? null];
		return left === null || right === null
			? []
			: [
					{
						left,
						right,
						name: Object.entries(set)
							.map(([key, value]) => `${key}=${String(value)}`)
							.join(' '),
						isStrong: front.includes(index),
					},
				];
	});
	if (known.length === 0) {
		return [];
	}

	const [low, high] = [Math.min(...known.map(({left}) => left)), Math.max(...known.map(({left}) => left))];
	return [
		diagramSvg({
			title: `${y.wanted} ${metricTitle(y.path)}, ${x.wanted} ${metricTitle(x.path)}: the front`,
			points: known
				.toSorted((a, b) => Number(a.isStrong) - Number(b.isStrong))
				.map(({left, right, name, isStrong}) => ({
					x: high > low ? (left - low) / (high - low) : 0.5,
					y: right,
					name,
					isStrong,
				})),
			ticks:
				high > low
					? [
							{at: 0, text: formatCount(low)},
							{at: 1, text: formatCount(high)},
						]
					: [{at: 0.5, text: formatCount(low)}],
			xName: metricTitle(x.path),
			isLine: false,
		}),
	];
}

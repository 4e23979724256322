import {cell} from '../charts/fit-text.js';
import {formatCount} from '../charts/format-number.js';
import {type Goal} from '../experiment/advise/goal.js';
import {type RunLength} from '../experiment/compare/figures.js';
import {type Gate} from '../experiment/compare/gate.js';
import {type Tuned, type TuneReport} from '../experiment/tune/outcome.js';
import {type Dimension, type Point, settingsAt} from '../experiment/tune/space.js';
import {metricUnit} from '../metrics/metric-unit.js';
import {formatValue} from '../parameters/value.js';
import {settingsJson} from '../presets/preset-text.js';
import {parameter} from '../simulation/parameters/table.js';
import {toJson} from './json.js';
import {againLines, seconds, wrap} from './text-layout.js';

/** A search with what it was asked. */
export type TuneDocument = {
	readonly schema: number;
	readonly vqlab: string;
	readonly preset: string;
	readonly seed: number;
	readonly goal: Goal;
	readonly constraints: readonly Gate[];
	readonly space: readonly Dimension[];
	readonly budget: number;
	readonly length: RunLength;
	readonly report: TuneReport;
};

/** The JSON of `vqlab tune` (docs/contract.md, section 6). */
export function tuneJson({
	schema,
	vqlab,
	preset,
	seed,
	goal,
	constraints,
	space,
	budget,
	length,
	report,
}: TuneDocument): string {
	const setOf = (point: Point): object => settingsJson(settingsAt(space, point));
	const tunedJson = ({point, same, estimate, low, high, runs, constraints: figures}: Tuned): object => ({
		set: setOf(point),
		estimate,
		low,
		high,
		runs,
		subjectTo: constraints.map(({text}, index) => ({condition: text, value: figures[index]})),
		same: same.map(other => setOf(other)),
	});
	return toJson({
		schema,
		vqlab,
		preset,
		seed,
		goal: `${goal.better === 'higher' ? 'max' : 'min'} ${goal.path}`,
		constraints: constraints.map(({text}) => text),
		over: Object.fromEntries(
			space.map(({key, values}) => [key, values.map(value => formatValue(parameter(key), value))]),
		),
		budget,
		spent: report.spent,
		looked: report.looked,
		refused: report.refused,
		measuredSeconds: length.duration / 1e9,
		best: report.best === null ? null : tunedJson(report.best),
		indistinguishable: report.indistinguishable.map(entry => tunedJson(entry)),
		frontMetric: report.frontPath,
		front: report.front.map(({point, goal: figure, other}) => ({set: setOf(point), goal: figure, other})),
		worth: report.worth.map(({dimension, low, high, lowAt, highAt}) => {
			const {key, values} = space[dimension];
			const text = (index: number): string => formatValue(parameter(key), values[index]);
			return {key, low, high, lowAt: text(lowAt), highAt: text(highAt)};
		}),
		infeasible: report.infeasible,
		violation: Number.isFinite(report.violation) ? report.violation : null,
		interrupted: report.interrupted,
	});
}

const barWidth = 24;
const mostRows = 8;

/** The same for people. */
export function tuneText(document: TuneDocument, again: readonly string[], ascii: boolean): string {
	const {vqlab, preset, seed, goal, constraints, space, budget, length, report} = document;
	const {best, indistinguishable, front, frontPath, worth} = report;
	const words = (point: Point): string => pointText(space, point);
	const lines = [
		...wrap(`vqlab ${vqlab}  tune ${preset}  seeds from ${seed}`, 0),
		...wrap(
			`goal: ${goal.better === 'higher' ? 'max' : 'min'} ` +
				`${goal.path}${constraints.length === 0 ? '' : `, subject to ${constraints.map(({text}) => text).join(', ')}`}`,
			2,
		),
		...wrap(
			`${report.spent} of ${budget} runs of ${seconds(length.duration / 1e9)}, ${report.looked} settings ` +
				`looked at${report.refused > 0 ? `, ${report.refused} that the model refuses` : ''}`,
			2,
		),
		'',
	];
	if (best === null) {
		lines.push('Nothing was found.');
	} else {
		lines.push(
			report.infeasible
				? 'Nothing meets the conditions; nearest is'
				: 'Best, from seeds that the search has not seen',
			...wrap(words(best.point), 2),
			...wrap(estimateText(best, goal), 2),
			...constraints.flatMap(({text}, index) =>
				wrap(
					`${text}: ${formatCount(best.constraints[index] ?? null)} here, ` +
						`${formatCount(report.asIs.constraints[index] ?? null)} as it is`,
					2,
				),
			),
			...(best.same.length === 0
				? []
				: wrap(
						`the same run: ${best.same
							.slice(0, mostRows)
							.map(point => differenceText(space, point, best.point))
							.join('; ')}`,
						2,
					)),
			'',
			indistinguishable.length === 0 ? 'No other finalist comes within its margin.' : 'Cannot be told from it',
			...indistinguishable.flatMap(entry =>
				wrap(`${differenceText(space, entry.point, best.point)}: ${estimateText(entry, goal)}`, 2),
			),
			'',
			`Worth of each key, all else as in the best: ${goal.path}`,
			...worthLines(document, ascii),
			'',
			`Not beaten in ${goal.path} and ${frontPath} together (means of the search)`,
			...front
				.slice(0, mostRows)
				.map(({point, goal: own, other}) =>
					(
						`  ${formatCount(own).padStart(8)} ${formatCount(other).padStart(8)}  ` +
						`${cell(differenceText(space, point, best.point), 58, 'left', 'end')}`
					).trimEnd(),
				),
		);
		if (worth.length === 0) {
			lines.push('');
		}
	}

	return `${lines.join('\n')}\n\n${againLines(again)}`;
}

function worthLines({space, report: {worth}}: TuneDocument, ascii: boolean): string[] {
	const low = Math.min(...worth.map(entry => entry.low));
	const high = Math.max(...worth.map(entry => entry.high));
	const place = (value: number): number =>
		high === low ? 0 : Math.round(((value - low) / (high - low)) * (barWidth - 1));
	return worth
		.toSorted((a, b) => b.high - b.low - (a.high - a.low))
		.map(({dimension, low: from, high: to, lowAt, highAt}) => {
			const {key, values} = space[dimension];
			const text = (index: number): string => formatValue(parameter(key), values[index]);
			const [first, last] = [place(from), place(to)];
			const bar = `${' '.repeat(first)}${(ascii ? '=' : '━').repeat(last - first + 1)}`.padEnd(barWidth);
			return (
				`  ${cell(key, 22)} ${formatCount(from).padStart(6)} ${bar} ${formatCount(to).padEnd(6)} ` +
				`${cell(from === to ? '' : `${text(lowAt)}..${text(highAt)}`, 16, 'left', 'end')}`
			).trimEnd();
		});
}

function estimateText({estimate, low, high, runs}: Tuned, {path}: Goal): string {
	const unit = metricUnit(path);
	const range = low === null || high === null ? '' : ` [${formatCount(low)}, ${formatCount(high)}]`;
	return (
		`${path} ${formatCount(estimate)}${range}${unit === 'count' || unit === 'share' ? '' : ` ${unit}`}, ${runs} ` +
		'runs, 95 %'
	);
}

function pointText(space: readonly Dimension[], point: Point): string {
	return Object.entries(settingsAt(space, point))
		.map(([key, value]) => `${key}=${formatValue(parameter(key), value)}`)
		.join(' ');
}

function differenceText(space: readonly Dimension[], point: Point, best: Point): string {
	const own = space.filter((_, place) => point[place] !== best[place]);
	return own.length === 0
		? 'the best'
		: pointText(
				own,
				point.filter((_, place) => point[place] !== best[place]),
			);
}

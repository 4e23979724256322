import {formatCount} from '../charts/format-number.js';
import {lineSvg} from '../charts/svg-line.js';
import {waterfallSvg} from '../charts/svg-bars.js';
import {metricPaths} from '../metrics/metric-path.js';
import {metricUnit} from '../metrics/metric-unit.js';
import {stages} from '../metrics/stage-table.js';
import {htmlPage} from './html.js';
import {markdownReport} from './markdown.js';
import {type RunReport} from './run-report.js';

/** Series of a run for its pictures: a value a window. */
export type RunSeries = {
	readonly contention: ReadonlyArray<number | null>;
	readonly throughput: ReadonlyArray<number | null>;
};

/**
A run as a page: the short report, where a command's time goes, contention and
throughput over time, all figures.
*/
export function runHtml(report: RunReport, {contention, throughput}: RunSeries, again: readonly string[]): string {
	const {warmupSeconds, simulatedSeconds, metrics, changes, parameters} = report;
	const parts = stages.flatMap(({name}) => {
		const {mean} = metrics.latency.stages[name];
		return mean === null || mean === 0 ? [] : [{name, value: mean}];
	});
	const span = {
		from: warmupSeconds,
		to: warmupSeconds + simulatedSeconds,
		marks: changes.map(({at, set}) => ({at, text: Object.keys(set).join(', ')})),
	};
	const rows = [...metricPaths(metrics)].map(([path, value]) => {
		const unit = metricUnit(path);
		return `| ${path} | ${formatCount(value)} | ${unit === 'count' || unit === 'share' ? '' : unit} |`;
	});
	return htmlPage({
		title: `vqlab: ${report.preset}`,
		text: markdownReport(report, again),
		pictures: [
			...(parts.length === 0 ? [] : [waterfallSvg("Where a command's time goes, mean", parts, 'us')]),
			lineSvg({
				title: 'Contention, % of time in which a CPU spins',
				values: contention.map(share => (share === null ? null : share * 100)),
				...span,
			}),
			lineSvg({title: 'Throughput, commands per second', values: throughput, ...span}),
		],
		details: [
			{title: 'All figures', text: ['| metric | value | unit |', '|---|--:|---|', ...rows].join('\n')},
			{
				title: 'Parameters',
				text: [
					'| key | value |',
					'|---|---|',
					...Object.entries(parameters).map(([key, value]) => `| ${key} | ${String(value)} |`),
				].join('\n'),
			},
		],
	});
}

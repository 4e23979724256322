import {metricPaths} from '../metrics/metric-path.js';
import {csvReport, runsCsv} from '../report/csv.js';
import {gobench} from '../report/gobench.js';
import {jsonReport, jsonRunsReport} from '../report/json.js';
import {markdownReport} from '../report/markdown.js';
import {ndjsonReport} from '../report/ndjson.js';
import {type RunsReport} from '../report/replications.js';
import {runHtml} from '../report/run-html.js';
import {type RunReport, type WindowRow} from '../report/run-report.js';
import {textReport} from '../report/text.js';
import {chartLines} from '../report/text-chart.js';
import {textRunsReport} from '../report/text-runs.js';
import {type Simulated} from '../work/kinds/run.js';
import {type RunOptions} from './run-options.js';

/** A run with the time series that some formats show. */
export type FinishedRun = {readonly report: RunReport; readonly simulated: Simulated};

/** Contention is worth the chart from this share of time on; else it shows throughput. */
const contentious = 0.01;

/** One run in the format that was asked for. */
export function renderRun(
	run: FinishedRun,
	{format, window}: RunOptions,
	again: readonly string[],
	ascii: boolean,
): string {
	const {report} = run;
	switch (format) {
		case 'json': {
			return jsonReport(report);
		}

		case 'ndjson': {
			return ndjsonReport(rowsOf(run));
		}

		case 'csv': {
			return csvReport(rowsOf(run));
		}

		case 'markdown': {
			return markdownReport(report, again);
		}

		case 'gobench': {
			return gobenchOf([report]);
		}

		case 'html': {
			return runHtml(report, run.simulated, again);
		}

		case 'text': {
			return textReport(report, {again, chart: chartOf(run, window / 1e9, ascii)});
		}
	}
}

/** Several runs as text, JSON, a long table or lines of a benchmark. */
export function renderRuns(runs: RunsReport, {format}: RunOptions, again: readonly string[]): string {
	switch (format) {
		case 'gobench': {
			return gobenchOf(runs.runs);
		}

		case 'json': {
			return jsonRunsReport(runs);
		}

		case 'csv': {
			return runsCsv(runs.runs);
		}

		default: {
			return textRunsReport(runs, again);
		}
	}
}

/** A line a run. Figures that a run lacks are left out. */
function gobenchOf(reports: readonly RunReport[]): string {
	const [first] = reports;
	return gobench(first.preset, {vqlab: first.vqlab, preset: first.preset, simulated: `${first.simulatedSeconds}s`}, [
		{labels: {}, runs: reports.map(({metrics}) => Object.fromEntries(metricPaths(metrics)))},
	]);
}

/** The windows, each with the changes that were made in it. */
function rowsOf({report, simulated}: FinishedRun): WindowRow[] {
	return simulated.windows.map(({t, window, metrics}) => ({
		t,
		window,
		metrics,
		changes: report.changes.filter(({at}) => at >= t && at < t + window),
		...(report.stretches.length === 0 ? {} : {stretch: stretchOf(report, t, t + window)}),
	}));
}

/** The stretch, from 1, that holds all of a window; null when there is none. */
function stretchOf({stretches}: RunReport, start: number, end: number): number | null {
	// Times in s are not whole numbers: a picosecond is none.
	const index = stretches.findIndex(({from, to}) => start > from - 1e-12 && end < to + 1e-12);
	return index === -1 ? null : index + 1;
}

function chartOf({report, simulated}: FinishedRun, window: number, ascii: boolean): string[] {
	const {contention, throughput} = simulated;
	return report.metrics.lock.contentionShare >= contentious
		? chartLines(
				{
					title: 'contention, % of time in which a CPU spins',
					values: contention.map(share => (share === null ? null : share * 100)),
					window,
				},
				ascii,
			)
		: chartLines({title: 'throughput, commands per second', values: throughput, window}, ascii);
}

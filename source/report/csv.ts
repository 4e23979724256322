import {metricPaths} from '../metrics/metric-path.js';
import {type RunReport, type WindowRow} from './run-report.js';

/**
A table with one row a window. The header has `t`, `window` (seconds) and the dotted path of every
metric that any window has; what is not defined in a window is an empty field. In a run with changes
the last column is the number of the stretch, empty where a change lies in the window.
*/
export function csvReport(rows: readonly WindowRow[]): string {
	const values = rows.map(row => metricPaths(row.metrics));
	const paths = new Set<string>();
	for (const row of values) {
		for (const path of row.keys()) {
			paths.add(path);
		}
	}

	const inStretches = rows.some(({stretch}) => stretch !== undefined);
	const lines = [csvLine(['t', 'window', ...paths, ...(inStretches ? ['stretch'] : [])])];
	for (const [index, row] of rows.entries()) {
		const fields = [...paths].map(path => String(values[index].get(path) ?? ''));
		lines.push(
			csvLine([
				String(row.t),
				String(row.window),
				...fields,
				...(inStretches ? [String(row.stretch ?? '')] : []),
			]),
		);
	}

	return lines.join('');
}

/**
Several runs in long form: a row a metric of a run, in its JSON unit, as in the CSV of a sweep. What
is null has no row.
*/
export function runsCsv(runs: readonly RunReport[]): string {
	return [
		csvLine(['run', 'seed', 'metric', 'value']),
		...runs.flatMap(({seed, metrics}, run) =>
			[...metricPaths(metrics)].flatMap(([path, value]) =>
				value === null ? [] : [csvLine([String(run), String(seed), path, String(value)])],
			),
		),
	].join('');
}

/** A record as RFC 4180 has it, but for the line end: names of clients may hold anything. */
export function csvLine(fields: readonly string[]): string {
	const quoted = fields.map(field => (/[",\n\r]/v.test(field) ? `"${field.replaceAll('"', '""')}"` : field));
	return `${quoted.join(',')}\n`;
}

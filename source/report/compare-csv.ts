import {type Comparison} from '../experiment/compare/report.js';
import {csvLine} from './csv.js';

const columns = [
	'a',
	'b',
	'difference',
	'low',
	'high',
	'ratio',
	'ratioLow',
	'ratioHigh',
	'margin',
	'verdict',
	'significant',
	'n',
] as const;

/** A comparison as a table: a row a metric, in its JSON unit. */
export function compareCsv({rows}: Comparison): string {
	return [
		csvLine(['metric', ...columns]),
		...rows.map(row => csvLine([row.path, ...columns.map(column => String(row[column] ?? ''))])),
	].join('');
}

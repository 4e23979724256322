import {type FitReport} from '../calibration/fit-report.js';
import {intervalsSvg} from '../charts/svg-bars.js';
import {formatCount} from '../charts/format-number.js';
import {htmlPage} from '../report/html.js';

/** Per cent beyond which an error ends at the edge of the picture. */
const reach = 100;

/**
A calibration as a page: figures recorded and simulated, the errors beside what
is allowed, the report itself.
*/
export function calibrationHtml(file: string, {rows, words}: FitReport, text: string): string {
	const known = rows.flatMap(row => (row.error === null ? [] : [{...row, error: row.error}]));
	return htmlPage({
		title: `vqlab calibrate: ${file}`,
		text: [
			`# vqlab calibrate: ${file}`,
			'',
			words,
			'',
			'| figure | recorded | simulated | error | allowed | unit |',
			'|---|--:|--:|--:|--:|---|',
			...rows.map(
				({name, unit, recorded, simulated, error, allowed}) =>
					`| ${name} | ${formatCount(recorded)} | ${formatCount(simulated)} | ${percent(error)} | ` +
					`${percent(allowed)} | ${unit} |`,
			),
		].join('\n'),
		pictures:
			known.length === 0
				? []
				: [
						intervalsSvg(
							'Simulated against recorded; the line is what is allowed',
							known.map(({name, error, allowed}) => ({
								name,
								at: error * 100,
								low: -(allowed ?? 0) * 100,
								high: (allowed ?? 0) * 100,
								word: allowed === null ? '' : Math.abs(error) <= allowed ? 'within' : 'off',
							})),
							reach,
						),
					],
		details: [{title: 'The whole report', text: ['```', text.trimEnd(), '```'].join('\n')}],
	});
}

function percent(share: number | null): string {
	return share === null ? '-' : `${Number((share * 100).toFixed(1))} %`;
}

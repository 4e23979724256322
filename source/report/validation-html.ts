import {sharesSvg} from '../charts/svg-bars.js';
import {type Validation} from '../validation/validation.js';
import {htmlPage} from './html.js';

/**
A validation as a page: the Markdown, and the share of figures in band of each
metric beside that of the table.
*/
export function validationHtml({summary}: Validation, markdown: string): string {
	const rows = Object.entries(summary.byMetric).flatMap(([name, {inBand, tableInBand}]) =>
		inBand === null ? [] : [{name, value: inBand, beside: tableInBand}],
	);
	return htmlPage({
		title: 'vqlab validate',
		text: markdown,
		pictures:
			rows.length === 0
				? []
				: [sharesSvg('Figures in band, %: the model (dark) beside a predictor without a model (light)', rows)],
	});
}

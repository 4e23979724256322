import {type Results} from '../experiment/sweep/results.js';
import {gobench} from '../report/gobench.js';
import {sweepCsv} from '../report/sweep-csv.js';
import {sweepJson} from '../report/sweep-json.js';
import {sweepHtml} from '../report/sweep-html.js';
import {sweepMarkdown} from '../report/sweep-markdown.js';
import {sweepNdjson} from '../report/sweep-ndjson.js';
import {sweepSvg} from '../report/sweep-svg.js';
import {sweepText} from '../report/sweep-text.js';
import {viewOf} from '../report/sweep-view.js';
import {noPicture, type ShownResults} from './sweep-options.js';

/**
Results of a sweep in the form that was asked for.

@throws {UserError} for a picture of what has none: more than two axes without a front.
*/
export function renderResults(
	results: Results,
	{format, metrics, goals, ascii}: ShownResults,
	again: readonly string[],
): string {
	const isAsked = metrics.length > 0;
	const view = viewOf(results, {metrics, goals});
	switch (format) {
		case 'text': {
			return sweepText(view, again, ascii, isAsked);
		}

		case 'json': {
			return sweepJson(view, isAsked);
		}

		case 'ndjson': {
			return sweepNdjson(results);
		}

		case 'csv': {
			return sweepCsv(results, view.keys, metrics);
		}

		case 'markdown': {
			return sweepMarkdown(view, again);
		}

		case 'html': {
			return sweepHtml(view, again);
		}

		case 'svg': {
			const picture = sweepSvg(view);
			if (picture === undefined) {
				throw noPicture();
			}

			return picture;
		}

		case 'gobench': {
			const {header, points} = view;
			return gobench(
				header.preset,
				{vqlab: header.vqlab, preset: header.preset, simulated: header.duration},
				points
					.filter(({results: runs}) => runs.length > 0)
					.map(({set, results: runs}) => ({
						labels: Object.fromEntries(Object.entries(set).map(([key, value]) => [key, String(value)])),
						runs: runs.map(({metrics: figures}) => figures ?? {}),
					})),
			);
		}
	}
}

import {type Comparison} from '../experiment/compare/report.js';
import {intervalsSvg} from '../charts/svg-bars.js';
import {compareMarkdown} from './compare-markdown.js';
import {rowLabel, sortedRows} from './compare-table.js';
import {htmlPage} from './html.js';
import {isShareOfA} from './own-unit.js';

/** Per cent of a beyond which an interval ends at the edge of the picture. */
const reach = 20;

/** A comparison as a page: the table of its Markdown, and each difference with its interval. */
export function compareHtml(comparison: Comparison, again: readonly string[]): string {
	const {shown, anchors} = sortedRows(comparison.rows);
	const rows = [...shown, ...anchors].flatMap(row => {
		const {a, low, high, ratio, verdict} = row;
		// The interval of a ratio of 0 has no width: that of the difference is drawn, in % of a.
		const [ratioLow, ratioHigh] = isShareOfA(row)
			? [row.ratioLow, row.ratioHigh]
			: [low, high].map(end => (end === null || a === null ? null : 1 + end / Math.abs(a)));
		return ratio === null || ratioLow === null || ratioHigh === null
			? []
			: [
					{
						name: rowLabel(row),
						at: (ratio - 1) * 100,
						low: (ratioLow - 1) * 100,
						high: (ratioHigh - 1) * 100,
						word: verdict,
					},
				];
	});
	return htmlPage({
		title: `vqlab compare: ${comparison.a.preset}`,
		text: `# vqlab compare: ${comparison.a.preset}\n\n${compareMarkdown(comparison, again)}`,
		pictures: rows.length === 0 ? [] : [intervalsSvg('b against a, with the 95 % interval', rows, reach)],
	});
}

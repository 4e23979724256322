import {metricTitle} from './sweep-text.js';
import {cellOf} from './sweep-table.js';
import {type SweepView} from './sweep-view.js';

/** A sweep as a table of Markdown, a row a point; those of the front are bold. */
export function sweepMarkdown(
	{header, keys, points, metrics, front, missing}: SweepView,
	again: readonly string[],
): string {
	return [
		`# vqlab sweep: ${bar(header.preset)}`,
		'',
		`vqlab ${header.vqlab}, plan \`${header.plan}\`, ${header.points} points of ${header.runs} runs, ` +
			`${header.duration} after ${header.warmup}, seeds from ${header.seed} ` +
			`on.${missing.length === 0 ? '' : ` ${missing.length} points are not finished.`}`,
		'',
		`| point | ${[...keys, ...metrics.map(path => metricTitle(path))].map(title => bar(title)).join(' | ')} |`,
		`|--:|${'---|'.repeat(keys.length)}${'--:|'.repeat(metrics.length)}`,
		...points.map(point => {
			const texts = [
				String(point.index),
				...keys.map(key => bar(String(point.set[key] ?? ''))),
				...metrics.map(path => cellOf(point, path, header.runs)),
			];
			return `| ${texts.map(text => (front.includes(point.index) ? `**${text}**` : text)).join(' | ')} |`;
		}),
		...points.flatMap(({index, refused}) => (refused === null ? [] : ['', `Point ${index}: ${refused}`])),
		'',
		'```',
		again.join(' '),
		'```',
		'',
	].join('\n');
}

/** Text in a table: a bar would end the cell. */
function bar(text: string): string {
	return text.replaceAll(/[\\\|]/gv, String.raw`\$&`);
}

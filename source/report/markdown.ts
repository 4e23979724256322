import {formatCount} from '../charts/format-number.js';
import {metricAt, metricPaths} from '../metrics/metric-path.js';
import {metricUnit} from '../metrics/metric-unit.js';
import {type RunReport} from './run-report.js';
import {simulatedWords} from './simulated-words.js';
import {stretchName} from './text-stretches.js';

/** A run as a page of Markdown, for a bug report or a mailing list archive. */
export function markdownReport(report: RunReport, again: readonly string[]): string {
	const {verdict, stretches} = report;
	const lines = [
		`# vqlab: ${cell(report.preset)}`,
		'',
		`vqlab ${report.vqlab}, seed ${report.seed}, parameters \`${report.parametersHash}\`, events \`${report.eventHash}\`, ${simulatedWords(report, value => `${value} s`)}.`,
		'',
		[verdict, ...verdict.also].map(({bottleneck, text}) => `**${bottleneck}**: ${text}`).join(' '),
		'',
		...verdict.evidence.map(({metric, text}) => `- \`${metric}\`: ${text}`),
		'',
		...stretches.flatMap((stretch, index) => [
			`${index + 1}. ${cell(stretchName(stretch))}: **${stretch.verdict.bottleneck}**, ${stretch.verdict.text}`,
		]),
		...(stretches.length === 0 ? [] : ['']),
		`| metric | ${[stretches.length === 0 ? 'value' : 'whole', ...stretches.map((_, index) => `stretch ${index + 1}`)].join(' | ')} | unit |`,
		`|---|${'--:|'.repeat(1 + stretches.length)}---|`,
	];
	for (const [path, value] of metricPaths(report.metrics)) {
		const unit = metricUnit(path);
		const values = [value, ...stretches.map(({metrics}) => metricAt(metrics, path) ?? null)].map(figure =>
			formatCount(figure),
		);
		lines.push(`| ${cell(path)} | ${values.join(' | ')} | ${unit === 'count' || unit === 'share' ? '' : unit} |`);
	}

	if (report.expect !== undefined) {
		lines.push('', `${report.expect.text}.`);
	}

	return `${lines.join('\n')}\n\n\`\`\`\n${again.join(' ')}\n\`\`\`\n`;
}

/** Text in a table: a bar would end the cell. */
function cell(text: string): string {
	return text.replaceAll(/[\\\|]/gv, String.raw`\$&`);
}

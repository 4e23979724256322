import {formatCount} from '../charts/format-number.js';
import {metricPaths} from './metric-path.js';
import {metricUnit} from './metric-unit.js';
import {type RunReport} from './run-report.js';

/** A run as a page of Markdown, for a bug report or a mailing list archive. */
export function markdownReport(report: RunReport, again: readonly string[]): string {
	const {verdict} = report;
	const lines = [
		`# vqlab: ${cell(report.preset)}`,
		'',
		`vqlab ${report.vqlab}, seed ${report.seed}, parameters \`${report.parametersHash}\`, events \`${report.eventHash}\`, ${report.simulatedSeconds} s simulated after ${report.warmupSeconds} s.`,
		'',
		[verdict, ...verdict.also].map(({bottleneck, text}) => `**${bottleneck}**: ${text}`).join(' '),
		'',
		...verdict.evidence.map(({metric, text}) => `- \`${metric}\`: ${text}`),
		'',
		'| metric | value | unit |',
		'|---|--:|---|',
	];
	for (const [path, value] of metricPaths(report.metrics)) {
		const unit = metricUnit(path);
		lines.push(`| ${cell(path)} | ${formatCount(value)} | ${unit === 'count' || unit === 'share' ? '' : unit} |`);
	}

	return `${lines.join('\n')}\n\n\`\`\`\n${again.join(' ')}\n\`\`\`\n`;
}

/** Text in a table: a bar would end the cell. */
function cell(text: string): string {
	return text.replaceAll(/[\\\|]/gv, String.raw`\$&`);
}

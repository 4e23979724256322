import {formatCount} from '../charts/format-number.js';
import {metricAt, metricPaths} from '../metrics/metric-path.js';
import {metricUnit} from '../metrics/metric-unit.js';
import {stages} from '../metrics/stage-table.js';
import {type RunReport} from './run-report.js';
import {simulatedWords} from './simulated-words.js';
import {foldedCommand, wrap} from './text-layout.js';
import {stretchName} from './text-stretches.js';

/** Columns of a mailing list. */
const width = 78;

/** What a reader asks for first, in this order; what the verdict rests on stands there too. */
const mainPaths = [
	'throughput.completed',
	'latency.mean',
	'latency.p50',
	'latency.p99',
	'lock.spin.worker',
	'lock.spin.submitter',
	'lock.contentionShare',
	'kicks.perCommand',
	'irqs.perCommand',
	'irqs.perSecond',
	'ring.numFree.min',
	'ring.fullWaits',
	'bql.waitPerSecond',
	'cpu.vcpusBusy',
	'cpu.mainLoop',
] as const;

/** A stage is named from this share of a command's time on. */
const namedShare = 0.05;

/**
A run as Markdown for a bug report or a mailing list: 78 columns, read as it stands. It has the
figures that matter first and those that the verdict rests on; all of them are in the JSON.
*/
export function markdownReport(report: RunReport, again: readonly string[]): string {
	const {verdict, stretches} = report;
	const lines = [
		`# vqlab: ${cell(report.preset)}`,
		'',
		...wrap(
			`vqlab ${report.vqlab}, seed ${report.seed}, parameters \`${report.parametersHash}\`, events ` +
				`\`${report.eventHash}\`, ${simulatedWords(report, value => `${value} s`)}.`,
			0,
			width,
		),
		'',
		...[verdict, ...verdict.also].flatMap(({bottleneck, text}) => wrap(`**${bottleneck}**: ${text}`, 0, width)),
		'',
		...stretches.flatMap((stretch, index) =>
			wrap(
				`${index + 1}. ${cell(stretchName(stretch))}: **${stretch.verdict.bottleneck}**, ` +
					`${stretch.verdict.text}`,
				0,
				width,
			),
		),
		...(stretches.length === 0 ? [] : ['']),
		`| metric | ${[stretches.length === 0 ? 'value' : 'whole', ...stretches.map((_, index) => `stretch ${index + 1}`)].join(' | ')} | unit |`,
		`|---|${'--:|'.repeat(1 + stretches.length)}---|`,
	];
	for (const [path, value] of shownMetrics(report)) {
		const unit = metricUnit(path);
		const values = [value, ...stretches.map(({metrics}) => metricAt(metrics, path) ?? null)].map(figure =>
			formatCount(figure),
		);
		lines.push(`| ${cell(path)} | ${values.join(' | ')} | ${unit === 'count' || unit === 'share' ? '' : unit} |`);
	}

	const named = stages.flatMap(({name}) => {
		const {mean, share} = report.metrics.latency.stages[name];
		return mean !== null && share !== null && share >= namedShare ? [`${name} ${formatCount(mean)}`] : [];
	});
	if (named.length > 0) {
		lines.push('', ...wrap(`Where a command's time goes, us: ${named.join(', ')}.`, 0, width));
	}

	if (report.expect !== undefined) {
		lines.push('', ...wrap(`${report.expect.text}.`, 0, width));
	}

	return `${lines.join('\n')}\n\n\`\`\`\n${foldedCommand(again, width).join('\n')}\n\`\`\`\n`;
}

/** The main metrics and those of the verdict that this run has, in the order of the table. */
function shownMetrics({metrics, verdict}: RunReport): ReadonlyArray<readonly [string, number]> {
	const known = new Map(metricPaths(metrics));
	const frames = [...known.keys()].filter(path => /^frames\..*\.(?:perSecond|missed)$/v.test(path));
	const wanted = new Set<string>([...mainPaths, ...frames, ...verdict.evidence.map(({metric}) => metric)]);
	return [...wanted].flatMap(path => {
		const value = known.get(path) ?? null;
		return value === null ? [] : [[path, value] as const];
	});
}

/** Text in a table: a bar would end the cell. */
function cell(text: string): string {
	return text.replaceAll(/[\\\|]/gv, String.raw`\$&`);
}

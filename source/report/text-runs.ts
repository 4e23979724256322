import {formatCount} from '../charts/format-number.js';
import {metricUnit} from '../metrics/metric-unit.js';
import {type RunsReport, type Summary} from './replications.js';
import {judgedMetrics} from './stretch.js';
import {againLines, seconds, shortHash, wrap} from './text-layout.js';
import {stretchName} from './text-stretches.js';

/**
Several runs for people: a line a run (of its last stretch), then the
headline metrics with their intervals.
*/
export function textRunsReport({runs, summary, stretches}: RunsReport, again: readonly string[]): string {
	const lines: string[] = [];
	const first = runs.at(0);
	if (first) {
		lines.push(
			...wrap(
				`vqlab ${first.vqlab}  ${first.preset}  ${runs.length} runs of ` +
					`${seconds(first.simulatedSeconds)}  parameters ${shortHash(first.parametersHash)}`,
				0,
			),
			'',
			'seed        completed/s   worker ms/s    p99 us  verdict',
		);
	}

	for (const run of runs) {
		const {seed, verdict} = run;
		const metrics = judgedMetrics(run);
		const figures = [
			formatCount(metrics.throughput.completed).padStart(11),
			formatCount(metrics.lock.spin.worker).padStart(14),
			formatCount(metrics.latency.p99).padStart(10),
		];
		lines.push(`${String(seed).padEnd(12)}${figures.join('')}  ${verdict.bottleneck}`);
	}

	if (stretches.length === 0) {
		lines.push('', ...summaryLines(summary));
	} else {
		lines.push('', 'the whole measured time', ...summaryLines(summary));
	}

	for (const stretch of stretches) {
		lines.push('', ...wrap(stretchName(stretch), 0), ...summaryLines(stretch.summary));
	}

	return `${lines.join('\n')}\n\n${againLines(again)}`;
}

function summaryLines(summary: Summary): string[] {
	const lines = [`${'metric'.padEnd(28)}${'mean'.padStart(10)}   95 % interval`];
	for (const [path, estimate] of Object.entries(summary)) {
		const unit = metricUnit(path);
		const label = unit === 'count' || unit === 'share' ? path : `${path} ${unit}`;
		const interval = estimate === null ? '' : `[${formatCount(estimate.low)}, ${formatCount(estimate.high)}]`;
		lines.push(`${label.padEnd(28)}${formatCount(estimate?.mean ?? null).padStart(10)}   ${interval}`.trimEnd());
	}

	return lines;
}

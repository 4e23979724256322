import {formatCount} from '../charts/format-number.js';
import {serverName} from '../host/backend.js';
import {type RunReport} from './run-report.js';
import {againLines, seconds, wrap} from './text-layout.js';
import {
	cpuLines, otherLines, queueLines, stageLines,
} from './text-summary.js';

/** What the text has beside the report. */
export type TextOptions = {
	/** The words of the command that repeats the run, quoted for a shell; always the last line. */
	readonly again: readonly string[];
	/** Lines of a chart over the run, or none. */
	readonly chart: readonly string[];
};

/** A run for people: 80 columns, no colour, so that it survives a mail. */
export function textReport(report: RunReport, {again, chart}: TextOptions): string {
	const {metrics} = report;
	const parts = [
		headLines(report),
		[...queueLines(metrics), ...cpuLines(metrics, serverName(report.parameters['host.backend'])), ...otherLines(metrics)],
		chart,
		stageLines(metrics),
		verdictLines(report),
	];
	const body = parts.filter(lines => lines.length > 0).map(lines => lines.join('\n')).join('\n\n');
	return `${body}\n${againLines(again)}`;
}

function headLines(report: RunReport): string[] {
	const end = report.end === 'duration' ? '' : `, ended by ${report.end === 'interrupted' ? 'a signal' : `its ${report.end}`}`;
	return [
		...wrap(`vqlab ${report.vqlab}  ${report.preset}  seed ${report.seed}  parameters ${report.parametersHash.slice(0, 8)}`, 0),
		`simulated ${seconds(report.simulatedSeconds)} after ${seconds(report.warmupSeconds)} warm-up in ${seconds(report.wallSeconds)}, ${formatCount(report.events)} events${end}`,
		...report.changes.flatMap(change => wrap(`at ${seconds(change.at)}: ${Object.entries(change.set).map(([key, value]) => `${key} = ${value}`).join(', ')}`, 0)),
	];
}

function verdictLines({verdict, stall}: RunReport): string[] {
	const lines = [stall ? '! stall' : `verdict  ${verdict.bottleneck}`, ...wrap(verdict.text, 2)];
	for (const {bottleneck, text} of verdict.also) {
		lines.push(`also     ${bottleneck}`, ...wrap(text, 2));
	}

	if (verdict.suggestion) {
		for (const [key, value] of Object.entries(verdict.suggestion.set)) {
			lines.push(`try      --set ${key}=${value}`);
		}

		lines.push(...wrap(verdict.suggestion.why, 9));
	}

	return lines;
}

import {formatCount} from '../charts/format-number.js';
import {serverName} from '../host/backends/backends.js';
import {formatDuration} from '../parameters/duration.js';
import {type RunReport} from './run-report.js';
import {shellWord} from './shell-word.js';
import {simulatedWords} from './simulated-words.js';
import {judgedMetrics} from './stretch.js';
import {againLines, moment, seconds, shortHash, wrap} from './text-layout.js';
import {stretchLines, stretchName} from './text-stretches.js';
import {cpuLines, otherLines, queueLines, stageLines} from './text-summary.js';

/** What the text has beside the report. */
export type TextOptions = {
	/** The words of the command that repeats the run, quoted for a shell; always the last line. */
	readonly again: readonly string[];
	/** Lines of a chart over the run, or none. */
	readonly chart: readonly string[];
};

/**
A run for people: 80 columns, no colour, so that it survives a mail. After a change all but the
table of stretches is about the last one.
*/
export function textReport(report: RunReport, {again, chart}: TextOptions): string {
	const metrics = judgedMetrics(report);
	const last = report.stretches.at(-1);
	const server = last?.server ?? serverName(report.parameters['host.backend']);
	const parts = [
		headLines(report),
		last ? stretchLines(report) : [],
		[
			...(last ? wrap(`Stretch ${report.stretches.length}, ${stretchName(last)}`, 0) : []),
			...queueLines(metrics),
			...cpuLines(metrics, server),
			...otherLines(metrics),
		],
		chart,
		stageLines(metrics),
		verdictLines(report),
		report.expect === undefined ? [] : wrap(report.expect.text, 0),
	];
	const body = parts
		.filter(lines => lines.length > 0)
		.map(lines => lines.join('\n'))
		.join('\n\n');
	return `${body}\n${againLines(again)}`;
}

/** What ends a run before its time. */
const enders = {interrupted: 'a signal', budget: 'its budget of events (--events)', stall: 'its stall'} as const;

function headLines(report: RunReport): string[] {
	const end = report.end === 'duration' ? '' : `, ended by ${enders[report.end]}`;
	return [
		...wrap(
			`vqlab ${report.vqlab}  ${report.preset}  seed ${report.seed}  parameters ` +
				`${shortHash(report.parametersHash)}`,
			0,
		),
		...wrap(
			`${simulatedWords(report, seconds)} in ${seconds(report.wallSeconds)}, ` +
				`${formatCount(report.events)} events${end}`,
			0,
		),
		...report.changes.flatMap(change =>
			wrap(
				`at ${moment(change.at)}: ${Object.entries(change.set)
					.map(([key, value]) => `${key} = ${value}`)
					.join(', ')}`,
				0,
			),
		),
	];
}

function verdictLines(report: RunReport): string[] {
	const {verdict, stall} = report;
	const lines = [stall ? '! stall' : `verdict  ${verdict.bottleneck}`, ...wrap(verdict.text, 2)];
	for (const {bottleneck, text} of verdict.also) {
		lines.push(`also     ${bottleneck}`, ...wrap(text, 2));
	}

	if (verdict.suggestion) {
		for (const [key, value] of Object.entries(verdict.suggestion.set)) {
			lines.push(`try      ${tryFlag(report, key, value)}`);
		}

		lines.push(...wrap(verdict.suggestion.why, 9));
	}

	return lines;
}

/**
What a change of the run has set can be set again by a change only: `--set` would act before it.
*/
function tryFlag({changes}: RunReport, key: string, value: unknown): string {
	const last = changes.at(-1);
	return last !== undefined && changes.some(({set}) => Object.hasOwn(set, key))
		? `--change ${shellWord(`${formatDuration(Math.round(last.at * 1e9))} ${key}=${String(value)}`)}`
		: `--set ${key}=${String(value)}`;
}

import {schema} from '../version.js';
import {type Verdict} from '../diagnosis/finding.js';
import {type RunReport} from './run-report.js';
import {type RunsReport} from './replications.js';

/**
The text of a JSON document. NaN and infinities become null, for which JSON has no number;
the order of keys is that of the object, so that two runs can be compared as text.
*/
export function toJson(value: unknown): string {
	const plain = (_key: string, member: unknown): unknown =>
		typeof member === 'number' && !Number.isFinite(member) ? null : member;
	return `${JSON.stringify(value, plain, '\t')}\n`;
}

/** The JSON of `vqlab run` (docs/contract.md, section 6), or of `--runs` when there are several. */
export function jsonReport(report: RunReport): string {
	return toJson(documentOf(report));
}

/** The JSON of `vqlab run --runs N`: every run whole, then the summary over them. */
export function jsonRunsReport(report: RunsReport): string {
	return toJson({
		schema,
		runs: report.runs.map(run => documentOf(run)),
		summary: report.summary,
		stretches: report.stretches,
	});
}

/**
The document of one run; keys in the order of docs/contract.md, section 6, whatever made the report.
*/
function documentOf(report: RunReport): object {
	return {
		schema: report.schema,
		vqlab: report.vqlab,
		node: report.node,
		preset: report.preset,
		parametersHash: report.parametersHash,
		eventHash: report.eventHash,
		seed: report.seed,
		parameters: report.parameters,
		clients: report.clients,
		faults: report.faults,
		changes: report.changes,
		warmupSeconds: report.warmupSeconds,
		simulatedSeconds: report.simulatedSeconds,
		wallSeconds: report.wallSeconds,
		events: report.events,
		end: report.end,
		unfinished: report.unfinished,
		metrics: report.metrics,
		stretches: report.stretches.map(({from, to, set, settling, metrics, verdict}) => ({
			from,
			to,
			set,
			settling,
			metrics,
			verdict: verdictDocument(verdict, undefined),
		})),
		verdict: verdictDocument(report.verdict, report.advice),
		stall: report.stall,
		hashes: report.hashes,
		...(report.expect === undefined ? {} : {expect: report.expect}),
	};
}

function verdictDocument(verdict: Verdict, found: RunReport['advice']): object {
	const {advice = [], noEffect = []} = found ?? {};
	return {
		bottleneck: verdict.bottleneck,
		text: [verdict, ...verdict.also].map(({text}) => text).join(' '),
		evidence: verdict.evidence,
		severity: verdict.severity,
		asked: verdict.asked,
		done: verdict.done,
		unfinished: verdict.unfinished,
		also: verdict.also.map(({bottleneck, text, evidence}) => ({bottleneck, text, evidence})),
		suggestion: verdict.suggestion,
		advice,
		...(advice.length + noEffect.length === 0 ? {} : {noEffect}),
	};
}

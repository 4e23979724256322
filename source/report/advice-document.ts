import {mechanismOf} from '../diagnosis/advice/mechanism.js';
import {measureOf} from '../diagnosis/advice/confirm.js';
import {type Evidence, type Verdict} from '../diagnosis/finding.js';
import {type Advice} from '../experiment/advise/advice.js';
import {type AdviceReport, type NoEffect} from '../experiment/advise/advise.js';
import {type Constraint, effectOf, type Effect} from '../experiment/advise/goal.js';
import {type CompareRow} from '../experiment/compare/comparison.js';
import {metricOf} from '../metrics/metric-table.js';
import {metricUnit} from '../metrics/metric-unit.js';
import {type Parameter} from '../parameters/parameter.js';
import {formatValue} from '../parameters/value.js';
import {settingsJson} from '../presets/preset-text.js';
import {type Configuration} from '../simulation/configuration.js';
import {parameter} from '../simulation/parameters/table.js';
import {formatCount} from '../charts/format-number.js';

/** A metric with a change and without it; changes are (b - a) / a, null where a is 0. */
export type Predicted = {
	readonly metric: string;
	readonly from: number | null;
	readonly to: number | null;
	/** Interval of `to`, valid at any look; null while it says nothing. */
	readonly low: number | null;
	readonly high: number | null;
	readonly effect: Effect;
	readonly difference: {readonly value: number | null; readonly low: number | null; readonly high: number | null};
	readonly change: {readonly value: number | null; readonly low: number | null; readonly high: number | null};
};

/**
An entry of `advice` (docs/contract.md, section 6), with what it is subject to and what else moves.
*/
export type AdviceEntry = Predicted & {
	readonly set: Readonly<Record<string, string | number | boolean>>;
	readonly why: string;
	/** Who sets it on a real machine, and where. */
	readonly setBy: readonly string[];
	readonly subjectTo: ReadonlyArray<Predicted & {readonly holds: 'yes' | 'no' | 'undecided'}>;
	readonly others: readonly Predicted[];
	/**
	The goal in a run that begins with the set, where that is another state than the one to which
	the running machine comes; null where it is the same.
	*/
	readonly fromStart: Predicted | null;
	readonly pairs: number;
	readonly confirm: string;
};

export type NoEffectEntry = {
	readonly key: string;
	readonly tried: ReadonlyArray<string | number | boolean>;
	readonly why: string;
	readonly evidence: readonly Evidence[];
};

/** The JSON of `vqlab advise`. */
export type AdviceDocument = {
	readonly schema: number;
	readonly vqlab: string;
	readonly preset: string;
	readonly seed: number;
	readonly verdict: Pick<Verdict, 'bottleneck' | 'text' | 'severity'>;
	readonly goal: {readonly metric: string; readonly better: 'lower' | 'higher'; readonly now: number | null};
	readonly subjectTo: readonly string[];
	readonly note: string | null;
	readonly advice: readonly AdviceEntry[];
	readonly noEffect: readonly NoEffectEntry[];
	readonly stages: ReadonlyArray<{
		readonly stage: string;
		readonly share: number | null;
		readonly gains: ReadonlyArray<{readonly faster: number; readonly metrics: readonly Predicted[]}>;
	}>;
	readonly restsOn: ReadonlyArray<{
		readonly key: string;
		readonly value: string;
		readonly doubled: string;
		readonly gain: number | null;
		readonly gainDoubled: number | null;
		readonly derivative: number | null;
	}>;
	readonly spent: {readonly runs: number; readonly events: number; readonly simulatedSeconds: number};
	readonly length: {readonly warmupSeconds: number; readonly settleSeconds: number; readonly measuredSeconds: number};
	readonly interrupted: boolean;
};

type Subject = {
	readonly schema: number;
	readonly vqlab: string;
	readonly preset: string;
	readonly seed: number;
	readonly configuration: Configuration;
	readonly verdict: Verdict;
	readonly constraints: readonly Constraint[];
	readonly note: string | null;
};

/** What came of an advice, as a document. */
export function adviceDocument(report: AdviceReport, subject: Subject): AdviceDocument {
	const {goal, base, length} = report;
	const {verdict, constraints, configuration} = subject;
	return {
		schema: subject.schema,
		vqlab: subject.vqlab,
		preset: subject.preset,
		seed: subject.seed,
		verdict: {bottleneck: verdict.bottleneck, text: verdict.text, severity: verdict.severity},
		goal: {metric: goal.path, better: goal.better, now: base[goal.path] ?? null},
		subjectTo: constraints.map(({path, gate}) => gate?.text ?? `${path} not worse`),
		note: subject.note,
		advice: report.advice.map(entry => adviceEntry(entry, report, subject)),
		noEffect: report.noEffect.map(entry => noEffectEntry(entry, report, configuration)),
		stages: stagesOf(report),
		restsOn: report.rests.map(({key, value, doubled, ...figures}) => ({
			key,
			value: formatValue(parameter(key), value),
			doubled: formatValue(parameter(key), doubled),
			...figures,
		})),
		spent: {
			runs: report.runs,
			events: report.events,
			simulatedSeconds: (report.runs * (length.settle + length.duration)) / 1e9,
		},
		length: {
			warmupSeconds: length.warmup / 1e9,
			settleSeconds: length.settle / 1e9,
			measuredSeconds: length.duration / 1e9,
		},
		interrupted: report.interrupted,
	};
}

function adviceEntry(advice: Advice, {goal}: AdviceReport, {verdict}: Subject): AdviceEntry {
	const rowOf = (path: string): CompareRow | undefined => advice.rows.find(row => row.path === path);
	const wanted = predicted(rowOf(goal.path), goal.path, goal.better);
	const others = advice.rows.filter(
		({path}) => path !== goal.path && !advice.constraints.some(entry => entry.path === path),
	);
	return {
		set: settingsJson(advice.set),
		...wanted,
		effect: advice.effect,
		why: whyOf(advice, verdict),
		setBy: advice.keys.map(key => knobWords(parameter(key))),
		subjectTo: advice.constraints.map(({path, better, holds}) => ({
			...predicted(rowOf(path), path, better),
			holds,
		})),
		fromStart: advice.fromStart === null ? null : predicted(advice.fromStart, goal.path, goal.better),
		others: others.map(row => predicted(row, row.path, directionOf(row.path))),
		pairs: advice.pairs,
		confirm: confirmWords(advice, wanted),
	};
}

function predicted(row: CompareRow | undefined, metric: string, better: 'lower' | 'higher'): Predicted {
	const {a = null, b = null, difference = null, low = null, high = null} = row ?? {};
	const {ratio = null, ratioLow = null, ratioHigh = null} = row ?? {};
	const ofB = row?.ofB ?? null;
	const less = (value: number | null): number | null => (value === null ? null : value - 1);
	return {
		metric,
		from: a,
		to: b,
		low: ofB?.low ?? null,
		high: ofB?.high ?? null,
		effect: effectOf(row, better),
		difference: {value: difference, low, high},
		change: {value: less(ratio), low: less(ratioLow), high: less(ratioHigh)},
	};
}

function directionOf(path: string): 'lower' | 'higher' {
	return metricOf(path)?.better === 'higher' ? 'higher' : 'lower';
}

function knobWords({knob}: Parameter): string {
	return knob === undefined ? 'nobody' : `${knob.by}: ${knob.how}`;
}

function whyOf({set, keys}: Advice, {suggestion}: Verdict): string {
	const isSuggested =
		suggestion !== null &&
		JSON.stringify(Object.entries(suggestion.set)) === JSON.stringify(Object.entries(settingsJson(set)));
	if (isSuggested) {
		return suggestion.why;
	}

	return keys
		.map(key => {
			const entry = parameter(key);
			const choice = entry.type === 'choice' ? entry.choices.find(({value}) => value === set[key]) : undefined;
			return choice === undefined
				? (entry.words.split('. ').at(0) ?? entry.words)
				: `${choice.value}: ${choice.moves}`;
		})
		.map(text => text.replace(/\.$/v, ''))
		.join('; ');
}

function confirmWords({keys}: Advice, {metric, from, to, low, high}: Predicted): string {
	const unit = metricUnit(metric);
	const suffix = unit === 'count' || unit === 'share' ? '' : ` ${unit}`;
	const range = low === null || high === null ? '' : ` [${formatCount(Math.max(0, low))}, ${formatCount(high)}]`;
	const how = keys.map(key => parameter(key).knob?.how ?? key).join('; ');
	return (
		`${how}; ${measureOf(metric)}: ${metric} ${formatCount(from)}${suffix} now, expect ` +
		`${formatCount(to)}${range}${suffix}`
	);
}

function noEffectEntry(
	{key, tried}: NoEffect,
	{base, goal}: AdviceReport,
	configuration: Configuration,
): NoEffectEntry {
	const isSame = tried.every(({same}) => same);
	const fewest = Math.min(...tried.filter(({same}) => isSame || !same).map(entry => entry.pairs));
	const largest = tried
		.map(entry => entry.rows.find(({path}) => path === goal.path))
		.map(row => Math.max(Math.abs(row?.low ?? 0), Math.abs(row?.high ?? 0)));
	const how = isSame
		? `same run, event by event, ${fewest} of ${fewest}`
		: `${goal.path} moves by ${formatCount(Math.max(...largest))} at most, within its margin, ${fewest} pairs`;
	const mechanism = mechanismOf(key, base, configuration);
	return {
		key,
		tried: tried.flatMap(({set}) => Object.values(settingsJson(set))),
		why: mechanism === undefined ? how : `${how}; ${mechanism.why}`,
		evidence: mechanism?.evidence ?? [],
	};
}

function stagesOf({stages, base}: AdviceReport): AdviceDocument['stages'] {
	return [...new Set(stages.map(({stage}) => stage))].map(stage => ({
		stage,
		share: base[`latency.stages.${stage}.share`] ?? null,
		gains: stages
			.filter(entry => entry.stage === stage)
			.map(({faster, rows}) => ({
				faster,
				metrics: rows.map(row => predicted(row, row.path, directionOf(row.path))),
			}))
			.toSorted((a, b) => a.faster - b.faster),
	}));
}

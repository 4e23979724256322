import {fasterBy} from '../experiment/advise/advise.js';
import {cell} from '../charts/fit-text.js';
import {formatCount, formatShare} from '../charts/format-number.js';
import {metricOf} from '../metrics/metric-table.js';
import {metricUnit} from '../metrics/metric-unit.js';
import {type AdviceDocument, type AdviceEntry, type Predicted} from './advice-document.js';
import {bestOfKeys} from './best-of-keys.js';
import {ownChange, ownInterval} from './own-unit.js';
import {againLines, seconds, wrap} from './text-layout.js';

/** Entries that are shown; JSON has all. */
const mostShown = 8;

/**
Advice for people: what helps, what does not and why, what a faster stage
would bring, what it rests on.
*/
export function adviceText(document: AdviceDocument, again: readonly string[]): string {
	const {preset, seed, verdict, advice, noEffect, goal, subjectTo, length, spent, note, vqlab} = document;
	const shown = bestOfKeys(advice).slice(0, mostShown);
	const first = advice.find(
		({effect, subjectTo: parts}) => effect === 'better' && parts.every(({holds}) => holds !== 'no'),
	);
	const lines = [
		...wrap(`vqlab ${vqlab}  advice on ${preset}  seeds from ${seed}`, 0),
		...wrap(`${verdict.bottleneck}  ${verdict.text}`, 2),
		...wrap(
			`goal: ${goal.better} ${goal.metric}, ${valueWords(goal.now, goal.metric)} now; subject to ` +
				`${subjectTo.length === 0 ? 'nothing else' : subjectTo.join(', ')}`,
			2,
		),
		...(note === null ? [] : wrap(note, 2)),
		'',
		...wrap(`What helps   paired runs of ${seconds(length.measuredSeconds)}, 95 % at any look`, 0),
		`  # ${'set'.padEnd(35)} ${cell(shortName(goal.metric), 22)} is        ` +
			`${cell(shortName(shown.at(0)?.subjectTo.at(0)?.metric ?? ''), 7, 'right')}`,
		...shown.map((entry, index) => entryLine(entry, index + 1)),
		...(advice.length > shown.length ? [`    and ${advice.length - shown.length} more (--format json)`] : []),
		...advice.flatMap(entry => pastWords(entry).flatMap(text => hanging(`    ${setText(entry)} ${text}`))),
		...(first === undefined ? ['    Nothing that was tried is better by more than its margin.'] : []),
		'',
		`Does not help   ${noEffect.length === 0 ? 'everything that was tried moves the goal' : 'tried, not guessed'}`,
		...noEffect.flatMap(({key, tried, why}) => hanging(`  ${key} ${tried.join(', ')}: ${why}`)),
	];
	if (first !== undefined) {
		lines.push(
			'',
			`Why ${setText(first)}`,
			...wrap(first.why, 2),
			...first.setBy.flatMap(text => wrap(`set by ${text}`, 2)),
			...wrap(`to confirm it: ${first.confirm}`, 2),
			...restLines(document),
		);
	}

	return `${[
		...lines,
		...stageLines(document),
		'',
		...wrap(
			`${spent.runs} runs, ${seconds(spent.simulatedSeconds)} simulated, ${formatCount(spent.events)} ` +
				`events.${document.interrupted ? ' Interrupted: what is there is not all.' : ''}`,
			0,
		),
	].join('\n')}\n\n${againLines(again)}`;
}

/** The first of `changeForms`. */
export function changeText(entry: Predicted): string {
	return changeForms(entry)[0];
}

/**
`-99.9 % [-99.9, -99.8]`; where no share says it, `-82 ms/s [-95, -70]`, or for a narrow cell the
values themselves.
*/
export function changeForms({metric, from, to, change, difference}: Predicted): readonly [string, ...string[]] {
	if (change.value === null || to === 0) {
		const values = from === null || to === null ? '-' : `${formatCount(from)} to ${formatCount(to)}`;
		const own = {path: metric, ...difference};
		return difference.low === null ? [values] : [`${ownChange(own)[0]} ${ownInterval(own)}`, values];
	}

	const {low, high} = change;
	const range =
		low === null || high === null || difference.low === null ? '' : ` [${percent(low)}, ${percent(high)}]`;
	return [`${percent(change.value)} %${range}`];
}

export function setText({set}: Pick<AdviceEntry, 'set'>): string {
	return Object.entries(set)
		.map(([key, value]) => `${key}=${value}`)
		.join(' ');
}

/** That it depends on what was before; none where it does not. */
export function pastWords({fromStart, ...entry}: AdviceEntry): readonly string[] {
	return fromStart === null
		? []
		: [
				`depends on the past: ${changeText(entry)} where it is set in the running machine, ` +
					`${changeText(fromStart)} in a run that begins with it`,
			];
}

function entryLine(entry: AdviceEntry, number: number): string {
	const [constraint] = entry.subjectTo;
	const isBroken = entry.subjectTo.some(({holds}) => holds === 'no');
	const limit = constraint === undefined ? '' : percentOrDash(constraint);
	return [
		String(number).padStart(3),
		cell(setText(entry), 35, 'left', 'end'),
		cell(changeForms(entry), 22),
		cell(isBroken ? 'fails' : entry.effect, 9),
		limit.padStart(7),
	].join(' ');
}

/** `-99.9 %`, or `-` where there is nothing to take a share of. */
export function percentOrDash({change}: Predicted): string {
	return change.value === null ? '-' : `${percent(change.value)} %`;
}

function percent(share: number): string {
	const value = share * 100;
	const text = Math.abs(value) >= 99.95 ? value.toFixed(0) : value.toFixed(1);
	return value > 0 ? `+${text}` : Number(text) === 0 ? '0.0' : text;
}

/** A metric in a column's head. */
export function shortName(path: string): string {
	return metricOf(path)?.short ?? path;
}

/** A value with its unit. */
export function valueWords(value: number | null, path: string): string {
	const unit = metricUnit(path);
	return `${formatCount(value)}${unit === 'count' || unit === 'share' ? '' : ` ${unit}`}`;
}

function hanging(text: string): string[] {
	const [head = '', ...rest] = wrap(text.trim(), 2);
	return [head, ...(rest.length === 0 ? [] : wrap(rest.map(line => line.trim()).join(' '), 6))];
}

function restLines({restsOn}: AdviceDocument): string[] {
	const share = (value: number | null): string => (value === null ? '-' : `${percent(value)} %`);
	return restsOn.flatMap(({key, value, doubled, gain, gainDoubled}) =>
		wrap(`rests on ${key} ${value}, assumed: ${share(gain)}; at ${doubled} ${share(gainDoubled)}`, 2),
	);
}

/** A row a stage, with what it would bring to be 10, 25 and 50 % faster. */
function stageLines({stages}: AdviceDocument): string[] {
	if (stages.length === 0) {
		return [];
	}

	const metrics = [
		...new Set(stages.flatMap(({gains}) => gains.flatMap(gain => gain.metrics.map(({metric}) => metric)))),
	].filter(path => /(?:throughput\.completed|latency\.p99|perSecond|missed)$/v.test(path));
	const gainText = (stage: (typeof stages)[number], metric: string): string =>
		fasterBy
			.map(faster => stage.gains.find(gain => gain.faster === faster))
			.map(gain => cell(gainWords(gain?.metrics.find(entry => entry.metric === metric)), 7, 'right'))
			.join('');
	return metrics
		.slice(0, 3)
		.flatMap((metric, index) => [
			'',
			`${cell(index === 0 ? `If a stage were 10, 25, 50 % faster: ${metric}, %` : `the same: ${metric}, %`, 76, 'left', 'end')}`.trimEnd(),
			...stages
				.toSorted((a, b) => (b.share ?? 0) - (a.share ?? 0))
				.map(
					stage =>
						`  ${stage.stage.padEnd(14)}${`${formatShare(stage.share)} %`.padStart(8)}   ` +
						`${gainText(stage, metric)}`,
				),
		]);
}

function gainWords(entry: Predicted | undefined): string {
	if (entry === undefined) {
		return '-';
	}

	return entry.change.value === null ? formatCount(entry.to) : percent(entry.change.value);
}

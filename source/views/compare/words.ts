import {formatPercent, formatSeconds} from '../../charts/format-number.js';
import {type CompareRow} from '../../experiment/compare/comparison.js';
import {fewestSlices} from '../../experiment/watch/watch.js';
import {metricOf} from '../../metrics/metric-table.js';
import {metricUnit} from '../../metrics/metric-unit.js';
import {formatDuration} from '../../parameters/duration.js';
import {isShareOfA, ownChange, type OwnChange, ownInterval} from '../../report/own-unit.js';
import {type Caption} from '../../session/caption.js';
import {type Lockstep} from '../../session/lockstep.js';
import {type Sentence, type VerdictSentence} from '../../session/snapshot.js';
import {figureText} from '../figure-text.js';

/** What B is in a metric. */
export type RowWord = 'better' | 'worse' | 'same' | 'higher' | 'lower' | 'undecided';

export function wordOf({verdict, difference}: CompareRow): RowWord {
	return verdict === 'different' ? ((difference ?? 0) > 0 ? 'higher' : 'lower') : verdict;
}

export function labelOf(path: string): string {
	const [, client] = /^frames\.(.+)\.[^.]+$/v.exec(path) ?? [];
	return `${client === undefined ? '' : `${client} `}${metricOf(path)?.label ?? path}`;
}

/** The same with a unit behind it, then with the short name of the metric: the best form first. */
export function namesOf(path: string, unit: string): readonly [string, ...string[]] {
	const label = labelOf(path);
	const short = metricOf(path)?.short ?? label;
	const end = unit === '' ? '' : ` ${unit}`;
	return [`${label}${end}`, `${short}${end}`, label, short];
}

/**
B less A in per cent of A, in the unit of the metric where no share of A says it; the best form
first.
*/
export function changeForms(row: CompareRow): readonly [string, ...string[]] {
	return isShareOfA(row) ? [`${signed(row.ratio - 1)} %`] : [...ownChange(ownOf(row))];
}

export function changeText(row: CompareRow): string {
	return changeForms(row)[0];
}

/** `[-1.0, -0.4]`, in the unit of the change; `-` while nothing can be said. */
export function intervalText(row: CompareRow): string {
	const {ratioLow, ratioHigh} = row;
	if (!isShareOfA(row)) {
		return ownInterval(ownOf(row));
	}

	return ratioLow === null || ratioHigh === null ? '-' : `[${signed(ratioLow - 1)}, ${signed(ratioHigh - 1)}]`;
}

function ownOf({path, difference, low, high}: CompareRow): OwnChange {
	return {path, value: difference, low, high};
}

function signed(share: number): string {
	const value = share * 100;
	const text = Math.abs(value) >= 99.95 ? value.toFixed(0) : value.toFixed(1);
	return value > 0 ? `+${text}` : text === '-0.0' ? '0.0' : text;
}

/** A margin that is more of A is the floor of its metric. */
const mostPercent = 20;

/**
The difference within which both are the same: a share of A, or a floor in the unit of the metric.
*/
export function marginText({path, a, margin}: CompareRow): string {
	if (margin === null || a === null) {
		return '-';
	}

	const percent = a === 0 ? Infinity : (margin / Math.abs(a)) * 100;
	if (percent <= mostPercent && Math.abs(percent - Math.round(percent)) < 1e-6) {
		return `${Math.round(percent)} %`;
	}

	switch (metricUnit(path)) {
		case 'share': {
			return `${formatPercent(margin).replace(' %', '')} pt`;
		}

		case 'ms/s': {
			return `${figureText(path, margin)} ms/s`;
		}

		case 'us':
		case '/s':
		case 'count': {
			return figureText(path, margin);
		}
	}
}

const mostNamed = 3;
/** With their intervals. */
const mostWithIntervals = 2;

/** `worker spin -99.9 % [-99.9, -99.9], p99 …`: what moved most first. */
function listed(rows: readonly CompareRow[], hasIntervals: boolean): string {
	const named = rows.toSorted(
		(left, right) =>
			Math.abs((right.difference ?? 0) / (right.margin ?? 1)) -
			Math.abs((left.difference ?? 0) / (left.margin ?? 1)),
	);
	const most = hasIntervals ? mostWithIntervals : mostNamed;
	const texts = named
		.slice(0, most)
		.map(
			row =>
				`${labelOf(row.path).replace(',', '')} ${changeText(row)}${hasIntervals ? ` ${intervalText(row)}` : ''}`,
		);
	return [...texts, ...(named.length > most ? [`${named.length - most} more`] : [])].join(', ');
}

function verdictOf({watch, isSameRun}: Lockstep, rows: readonly CompareRow[]): VerdictSentence {
	const of = (...words: readonly RowWord[]): readonly CompareRow[] => rows.filter(row => words.includes(wordOf(row)));
	const [better, worse] = [of('better'), of('worse')];
	if (watch.slices < fewestSlices) {
		const text =
			`${watch.slices} of ${fewestSlices} slices: words stand from ${fewestSlices} on, ` +
			'and then hold whenever you look.';
		return {id: 'settling', text, short: `${watch.slices} of ${fewestSlices} slices`, severity: 'ok'};
	}

	if (isSameRun) {
		const text = 'A and B are the same run, event by event: what differs in their settings has nothing to act on.';
		return {id: 'same run', text, short: 'every event of A and B is the same', severity: 'ok'};
	}

	if (better.length > 0) {
		return {
			id: worse.length === 0 ? 'B is better' : 'B is better and worse',
			text: listed(better, true),
			short: listed(better, false),
			severity: worse.length === 0 ? 'ok' : 'notice',
		};
	}

	if (worse.length > 0) {
		return {id: 'B is worse', text: listed(worse, true), short: listed(worse, false), severity: 'problem'};
	}

	const [same, unsure] = [of('same').length, of('undecided').length];
	const text = `nothing is better or worse: ${same} the same within their margins, ${unsure} undecided.`;
	return {id: unsure === 0 ? 'same' : 'undecided', text, short: text, severity: 'ok'};
}

/** What B costs, or what is not decided. */
function secondOf({watch}: Lockstep, rows: readonly CompareRow[]): Sentence | null {
	if (watch.slices < fewestSlices) {
		return null;
	}

	const [better, worse, unsure] = (['better', 'worse', 'undecided'] as const).map(word =>
		rows.filter(row => wordOf(row) === word),
	);
	if (better.length > 0 && worse.length > 0) {
		return {id: 'worse', text: listed(worse, true), short: listed(worse, false)};
	}

	const throughput = rows.find(({path}) => path === 'throughput.completed');
	const same = throughput?.verdict === 'same' ? `throughput is the same within ${marginText(throughput)}; ` : '';
	const open = `undecided: ${unsure.map(({path}) => labelOf(path)).join(', ')}`;
	const text = `${same}${unsure.length === 0 ? 'no metric is undecided' : open}`;
	return {id: 'else', text, short: text};
}

/** The fixed rows while two runs are compared. */
export function compareCaption(caption: Caption, lockstep: Lockstep, rows: readonly CompareRow[]): Caption {
	const {watch, since, slice, isBehind, now, goal} = lockstep;
	return {
		...caption,
		question: null,
		numbers: [
			isBehind
				? `runs to ${formatSeconds(goal)} s: at ${formatSeconds(now)}`
				: `since ${formatSeconds(since)} s: ${watch.slices} slices of ${formatDuration(slice)}`,
		],
		verdict: verdictOf(lockstep, rows),
		advice: secondOf(lockstep, rows),
		canApply: false,
		noHelp: [],
	};
}

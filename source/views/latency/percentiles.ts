import {type Line, piece} from '../../charts/block.js';
import {cell} from '../../charts/fit-text.js';
import {durationFigure, formatCount, formatDuration, formatGrouped, formatShare} from '../../charts/format-number.js';
import {type DifferenceWord} from '../../session/before/difference-word.js';
import {quantileWord} from '../../session/before/quantile-word.js';
import {type LifeReading} from '../../session/life-reading.js';
import {wordRole} from '../overview/difference-text.js';

/** What a percentile's row has: now, and before with a word. */
type Row = {
	readonly name: string;
	readonly now: number | null;
	readonly before: number | null | undefined;
	readonly word: DifferenceWord | 'same run' | '-' | '';
};

export type PercentilesOptions = {
	readonly life: LifeReading;
	/** Of before the last change, with the word for the mean; undefined: there is none. */
	readonly before: {readonly life: LifeReading; readonly mean: DifferenceWord | 'same run' | ''} | undefined;
	/** Cells inside of the frame. */
	readonly width: number;
	/** Somebody sends at a rate of his own. */
	readonly isOpen: boolean;
};

const quantiles = [
	['p50', 'p50', 0.5],
	['p90', 'p90', 0.9],
	['p99', 'p99', 0.99],
	['p99.9', 'p999', 0.999],
] as const;

/** From this width on the value before stands beside that of now. */
const bothFrom = 34;
/** Little's law holds where both sides differ by less than this share, or this many commands. */
const littleShare = 0.05;
const littleCount = 0.05;
/** More is asked for than is done by this factor: the backlog grows. */
const saturation = 1.02;

const time = (us: number | null): string => cell(durationFigure(us === null ? null : us * 1000), 7, 'right');

function rowsOf({life, before}: PercentilesOptions): Row[] {
	const old = before?.life;
	const isSame = before?.mean === 'same run';
	return [
		{name: 'mean', now: life.mean, before: old?.mean, word: before?.mean ?? ''},
		...quantiles.map(([name, key, q]): Row => ({
			name,
			now: life[key],
			before: old?.[key],
			word: old === undefined ? '' : isSame ? 'same run' : quantileWord(`latency.${key}`, q, old, life),
		})),
		{name: 'max', now: life.max, before: old?.max, word: old === undefined ? '' : '-'},
		{name: 'trace', now: life.traced.p50, before: old?.traced.p50, word: old === undefined ? '' : '-'},
	];
}

function rowLine({name, now, before, word}: Row, width: number): Line {
	return [
		` ${cell(name, 6)}`,
		...(before === undefined || width < bothFrom ? [] : [piece(time(before), 'dim'), ' → ']),
		piece(time(now), 'value'),
		' ',
		piece(word, wordRole(word)),
	];
}

/** Rate x time in the ring = commands in it, and as many as were counted. */
function littleLines({life, width}: PercentilesOptions): Line[] {
	const {completed, inFlight, traced} = life;
	const product = completed === null || traced.mean === null ? null : (completed * traced.mean) / 1e6;
	const isLaw =
		product !== null &&
		inFlight !== null &&
		Math.abs(product - inFlight) <= Math.max(littleCount, littleShare * inFlight);
	const word = product === null || inFlight === null ? '' : isLaw ? 'ok' : 'differs';
	const rate = `${formatCount(completed)}/s x ${formatDuration(traced.mean === null ? null : traced.mean * 1000)}`;
	return width < bothFrom
		? [
				[piece(` ${rate}`, 'dim')],
				[piece(` = ${formatCount(product)}, is ${formatCount(inFlight)} `, 'dim'), piece(word, 'dim')],
			]
		: [
				[piece(` Little ${rate} = ${formatCount(product)}`, 'dim')],
				[piece(`        in the ring: ${formatCount(inFlight)}   ${word}`, 'dim')],
			];
}

function backlogLines({life, isOpen, width}: PercentilesOptions): Line[] {
	const backlog = life.stages.find(({name}) => name === 'backlog')?.mean ?? 0;
	const share = life.mean === null || life.mean === 0 ? 0 : backlog / life.mean;
	const isSaturated =
		// A backlog alone is never ten medians old: what is stands still, and does not grow.
		life.unfinished === 0 &&
		isOpen &&
		life.asked !== null &&
		life.completed !== null &&
		life.asked > saturation * life.completed;
	const open = formatGrouped(life.unfinished);
	return [
		...(life.unfinished === 0
			? []
			: [
					[
						piece(
							width < bothFrom ? ` ${open} open, by age in p` : ` ${open} unanswered: in p, max by age`,
							'warn',
						),
					],
				]),
		...(share < 0.001 ? [] : [[piece(` backlog is ${formatShare(share)} % of it`, 'dim')]]),
		...(isSaturated
			? [[piece(width < bothFrom ? ' saturated: they grow' : ' saturated: they grow with the run', 'warn')]]
			: []),
	];
}

/**
The percentiles of a run's commands, before, now and in a word; then Little's law
and what the clients are behind.
*/
export function percentileLines(options: PercentilesOptions): Line[] {
	const {width} = options;
	return [...rowsOf(options).map(row => rowLine(row, width)), ...backlogLines(options), ...littleLines(options)];
}

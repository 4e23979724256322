import {distributionRows} from '../distribution-rows.js';
import {type Figure} from '../figure.js';
import {type StageName, type WaitName} from '../metric-names.js';
import {type Row, type Rows} from '../metric-row.js';
import {cell, largest, meanTime, type PartName, quantile, read, shareOfMean, tail, total} from '../source.js';
import {stages} from '../stage-table.js';
import {waitWords} from '../wait-table.js';

/** Where a command's life begins and ends (docs/contract.md, section 5, C0 and R). */
const life =
	"From due (C0: an open command's intended arrival, the vblank for the first of a paced frame, a closed " +
	"client's start on it) to its response callback returned (R)";

/** A part of a command's life: a stage, or the wait for a cause. */
type Part<N extends string, C extends PartName> = Readonly<
	Record<`${N}.mean` | `${N}.share`, Row<Figure, C | 'latency' | 'latencies'>>
> &
	Readonly<Record<`${N}.tail`, Row<Figure, never>>>;

/** Rows of a part of life: its mean, its share of the mean life, and its mean over the slowest. */
function partRows<N extends string, C extends PartName>(
	path: N,
	counter: C,
	place: {readonly cells: number; readonly index: number},
	words: {
		readonly label: string;
		readonly short: string;
		readonly meaning: string;
		readonly mean: string;
		readonly shareDirection?: 'lower';
	},
): Part<N, C> {
	const own = cell(counter, place.cells, place.index);
	const {label, short, meaning} = words;
	return {
		[`${path}.mean`]: {
			label,
			short,
			unit: 'us',
			words: words.mean,
			direction: 'lower',
			from: meanTime<C | 'latencies'>(own, 'latencies'),
		},
		[`${path}.share`]: {
			label: `${label} share`,
			short,
			unit: 'share of latency.mean',
			words: `${meaning} Its part of the mean life.`,
			direction: words.shareDirection,
			from: shareOfMean<C | 'latency' | 'latencies'>(own, 'latency', 'latencies'),
		},
		[`${path}.tail`]: {
			label: `${label} tail`,
			short,
			unit: 'us',
			words: `${meaning} Mean over the commands at or above p99.`,
			direction: 'lower',
			from: tail(counter, place.index),
		},
	} as unknown as Part<N, C>;
}

function stageRows(): Part<`latency.stages.${StageName}`, 'stages'> {
	return Object.assign(
		{},
		...stages.map(({name, from, to, meaning}, index) =>
			partRows(
				`latency.stages.${name}`,
				'stages',
				{cells: stages.length, index},
				{
					label: name,
					short: name,
					meaning,
					mean: `${meaning} From ${from} to ${to}, mean.`,
				},
			),
		),
	) as Part<`latency.stages.${StageName}`, 'stages'>;
}

function waitRows(): Part<`latency.waits.${WaitName}`, 'waits'> {
	return Object.assign(
		{},
		...waitWords.map(({name, meaning}, index) =>
			partRows(
				`latency.waits.${name}`,
				'waits',
				{cells: waitWords.length, index},
				{
					label: `${name} wait`,
					short: name,
					meaning,
					mean: `${meaning} Mean.`,
					shareDirection: 'lower',
				},
			),
		),
	) as Part<`latency.waits.${WaitName}`, 'waits'>;
}

/**
Life times of commands. Mean, stages and waits are those of commands that have ended;
percentiles and the longest count those that have waited long for their response with
their age, which is a lower bound.
*/
export const latencyRows = {
	'latency.mean': {
		label: 'Life, mean',
		short: 'mean',
		unit: 'us',
		words: `${life}, mean; exact.`,
		direction: 'lower',
		from: meanTime('latency', 'latencies'),
		chart: {
			rank: 5,
			title: 'Latency',
			words: 'Mean life of the commands that ended, from due to response returned.',
			anchor: 'zero',
			isSince: true,
			before: 'mean ',
			blamedBy: {verdicts: ['fence-poll', 'worker-late'], paths: ['latency.mean']},
		},
	},
	'latency.p50': {
		label: 'Life p50',
		short: 'p50',
		unit: 'us',
		words: `${life}, median within 1 %.`,
		direction: 'lower',
		from: quantile('life', 0.5),
	},
	'latency.p90': {
		label: 'Life p90',
		short: 'p90',
		unit: 'us',
		words: `${life}: 90 % of commands take this time or less.`,
		direction: 'lower',
		from: quantile('life', 0.9),
	},
	'latency.p99': {
		label: 'Life p99',
		short: 'p99',
		unit: 'us',
		words: `${life}: 99 % of commands take this time or less.`,
		direction: 'lower',
		from: quantile('life', 0.99),
	},
	'latency.max': {
		label: 'Life, longest',
		short: 'max',
		unit: 'us',
		words: `${life}, the longest; exact.`,
		direction: 'lower',
		from: largest('life'),
	},
	'latency.p999': {
		label: 'Life p99.9',
		short: 'p99.9',
		unit: 'us',
		words: `${life}: 99.9 % of commands take this time or less.`,
		direction: 'lower',
		from: quantile('life', 0.999),
	},
	'latency.count': {
		label: 'Commands measured',
		short: 'n',
		unit: 'commands',
		words: 'Commands whose life ended in the measured time.',
		from: total('latencies'),
	},
	'latency.unfinished': {
		label: 'Unfinished commands',
		short: 'unfin',
		unit: 'commands',
		words:
			'Without a response and at the end older than 10 x the median response; percentiles and the longest ' +
			'life hold their ages.',
		from: read('unfinished', reading => reading.unfinished),
	},
	...distributionRows('latency.traced', 'traced', {
		label: 'Traced life',
		short: 'traced',
		words: "From publication to response: what the guest's tracepoints show.",
		direction: 'lower',
	}),
	...stageRows(),
	...waitRows(),
} as const satisfies Rows;

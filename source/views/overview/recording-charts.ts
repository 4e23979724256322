import {type Anchor} from '../../charts/axis.js';
import {type Block} from '../../charts/block.js';
import {formatCount, formatDuration, formatGrouped, formatPerSecond, formatSlots} from '../../charts/format-number.js';
import {type Series} from '../../charts/line-chart.js';
import {type RecordingFigures} from '../../meter/figures.js';
import {type MetricPath} from '../../metrics/metric-table.js';
import {endTime} from '../../session/recording/recording-caption.js';
import {type RecordingSnapshot} from '../../session/recording/recording-snapshot.js';
import {recordingChartTerms} from '../../report/glossary.js';
import {chartFrame, type ChartFrameOptions} from '../chart-frame.js';
import {type RecordingChartName, type RecordingChartPlace} from './recording-layout.js';

type ChartWords = {
	readonly title: string;
	/** Beside the model only the first line is drawn, once recorded and once simulated. */
	readonly columns: readonly [MetricPath, MetricPath?];
	readonly anchor: 'zero' | 'ring';
	/** What stands in the frame; undefined: not in this recording. */
	readonly value: (figures: RecordingFigures) => string;
	/** The first line's figure alone. */
	readonly short: (figures: RecordingFigures) => string;
	/** The value where there is no room for all of it. */
	readonly narrow?: (figures: RecordingFigures) => string;
};

const fewest = (value: number | null): string => (value === null ? '-' : formatGrouped(value));
const micros = (value: number | null): string => formatDuration(value === null ? null : value * 1000);

const charts: Readonly<Record<RecordingChartName, ChartWords>> = {
	throughput: {
		title: recordingChartTerms.throughput.name,
		columns: ['throughput.completed'],
		anchor: 'zero',
		value: ({at}) => `${formatCount(at('throughput.completed'))} /s`,
		short: ({at}) => formatCount(at('throughput.completed')),
	},
	queued: {
		title: recordingChartTerms.queued.name,
		columns: ['throughput.submitted'],
		anchor: 'zero',
		value: ({at}) => `${formatCount(at('throughput.submitted'))} /s`,
		short: ({at}) => formatCount(at('throughput.submitted')),
	},
	latency: {
		title: recordingChartTerms.latency.name,
		columns: ['latency.traced.mean'],
		anchor: 'zero',
		value: ({latency}) => `p50 ${micros(latency.p50)} p99 ${micros(latency.p99)}`,
		narrow: ({latency}) => `p99 ${micros(latency.p99)}`,
		short: ({latency}) => micros(latency.p50),
	},
	waits: {
		title: recordingChartTerms.waits.name,
		columns: ['lock.spin.total'],
		anchor: 'zero',
		value: ({at}) =>
			at('lock.spin.total') === null ? 'not recorded' : `${formatPerSecond(at('lock.spin.total'))} ms/s`,
		short: ({at}) => formatPerSecond(at('lock.spin.total')),
	},
	numFree: {
		title: recordingChartTerms.numFree.name,
		columns: ['ring.numFree.mean'],
		anchor: 'ring',
		value: ({at, sizes: [size]}) =>
			at('ring.numFree.mean') === null
				? 'not recorded'
				: `${formatSlots(at('ring.numFree.mean'))} of ${formatGrouped(size)}  min ` +
					`${fewest(at('ring.numFree.min'))}`,
		short: ({at}) => formatSlots(at('ring.numFree.mean')),
	},
	inFlight: {
		title: recordingChartTerms.inFlight.name,
		columns: ['ring.inFlight.mean'],
		anchor: 'zero',
		value: ({at}) => `${formatPerSecond(at('ring.inFlight.mean'))} cmds`,
		short: ({at}) => formatPerSecond(at('ring.inFlight.mean')),
	},
	signals: {
		title: recordingChartTerms.signals.name,
		columns: ['kicks.perSecond'],
		anchor: 'zero',
		value: ({at}) => (at('kicks.perSecond') === null ? 'not recorded' : `${formatCount(at('kicks.perSecond'))} /s`),
		short: ({at}) => formatCount(at('kicks.perSecond')),
	},
	irqs: {
		title: recordingChartTerms.irqs.name,
		columns: ['irqs.perSecond'],
		anchor: 'zero',
		value: ({at}) => (at('irqs.perSecond') === null ? 'not recorded' : `${formatCount(at('irqs.perSecond'))} /s`),
		short: ({at}) => formatCount(at('irqs.perSecond')),
	},
};

/** The verdicts that accuse a chart's value. */
const accused: Readonly<Record<string, RecordingChartName>> = {
	'lock-waits': 'waits',
	'ring-full': 'numFree',
	tail: 'latency',
};

/** Doorbells and interrupts share a chart where there is no room for two. */
function wordsOf(name: RecordingChartName, snapshot: RecordingSnapshot, isLarge: boolean): ChartWords {
	if (name !== 'signals' || isLarge || snapshot.beside !== null) {
		return charts[name];
	}

	return {
		...charts.signals,
		title: recordingChartTerms.signalsAndIrqs.name,
		columns: ['kicks.perSecond', 'irqs.perSecond'],
		value: ({at}) => `─ ${formatCount(at('kicks.perSecond'))} ┄ ${formatCount(at('irqs.perSecond'))} /s`,
	};
}

/**
A chart of a recording in its frame; with the model beside it recorded is the whole
line, simulated the dashed one.
*/
export function recordingChart(
	{chart: name, rect, timeRow}: RecordingChartPlace,
	snapshot: RecordingSnapshot,
	verdict: string,
	isLarge: boolean,
	options: ChartFrameOptions,
): Block {
	const {figures, lines, beside, column, from, to} = snapshot;
	const words = wordsOf(name, snapshot, isLarge);
	const [first, second] = words.columns;
	const own: Series = {values: lines[first] ?? [], role: 'a'};
	const other: Series | undefined =
		beside === null
			? second === undefined
				? undefined
				: {values: lines[second] ?? [], role: 'b', dashed: true}
			: {values: beside.lines[first] ?? [], role: 'b', dashed: true};
	const anchor: Anchor = words.anchor === 'ring' ? {top: Math.max(1, figures.sizes[0])} : words.anchor;
	return chartFrame(
		{
			name,
			title: words.title,
			value:
				beside === null
					? [words.value(figures), ...(words.narrow === undefined ? [] : [words.narrow(figures)])]
					: `─ ${words.short(figures)} ┄ ` +
						`${beside.figures.latency.count === 0 ? '-' : words.short(beside.figures)}`,
			valueRole: accused[verdict] === name ? 'bad' : 'value',
			anchor,
			lines: other === undefined ? [own] : [own, other],
			column,
			marks: [],
			timeRow,
			ends: [endTime(from, column), endTime(to, column)],
		},
		rect,
		options,
	);
}

import {type Anchor} from '../../charts/axis.js';
import {type Block} from '../../charts/block.js';
import {
	formatCount, formatDuration, formatGrouped, formatPerSecond, formatSlots,
} from '../../charts/format-number.js';
import {type Series} from '../../charts/line-chart.js';
import {type RecordingColumn, type RecordingFigures} from '../../meter/figures.js';
import {endTime} from '../../session/recording/recording-caption.js';
import {type RecordingSnapshot} from '../../session/recording/recording-snapshot.js';
import {recordingChartTerms} from '../../report/glossary.js';
import {chartFrame, type ChartFrameOptions} from '../chart-frame.js';
import {type RecordingChartName, type RecordingChartPlace} from './recording-layout.js';

type ChartWords = {
	readonly title: string;
	/** Beside the model only the first line is drawn, once recorded and once simulated. */
	readonly columns: readonly [RecordingColumn, RecordingColumn?];
	readonly anchor: 'free' | 'zero' | 'ring';
	/** What stands in the frame; undefined: not in this recording. */
	readonly value: (figures: RecordingFigures) => string;
	/** The first line's figure alone. */
	readonly short: (figures: RecordingFigures) => string;
};

const micros = (value: number | null): string => formatDuration(value === null ? null : value * 1000);

const charts: Readonly<Record<RecordingChartName, ChartWords>> = {
	throughput: {
		title: recordingChartTerms.throughput.name, columns: ['responses'], anchor: 'free', value: ({queues: [queue]}) => `${formatCount(queue.responded)} /s`, short: ({queues: [queue]}) => formatCount(queue.responded),
	},
	queued: {
		title: recordingChartTerms.queued.name, columns: ['queued'], anchor: 'free', value: ({queues: [queue]}) => `${formatCount(queue.queued)} /s`, short: ({queues: [queue]}) => formatCount(queue.queued),
	},
	latency: {
		title: recordingChartTerms.latency.name, columns: ['latency'], anchor: 'zero', value: ({latency}) => `p50 ${micros(latency.p50)} p99 ${micros(latency.p99)}`, short: ({latency}) => micros(latency.p50),
	},
	waits: {
		title: recordingChartTerms.waits.name,
		columns: ['waits'],
		anchor: 'zero',
		value: ({lock}) => lock === null ? 'not recorded' : `${formatPerSecond(lock.worker + lock.submitter)} ms/s`,
		short: ({lock}) => lock === null ? '-' : formatPerSecond(lock.worker + lock.submitter),
	},
	numFree: {
		title: recordingChartTerms.numFree.name,
		columns: ['numFree'],
		anchor: 'ring',
		value: ({queues: [queue], leastFree}) => queue.free === null ? 'not recorded' : `${formatSlots(queue.free)} of ${formatGrouped(queue.size)}  min ${leastFree === null ? '-' : formatGrouped(leastFree)}`,
		short: ({queues: [queue]}) => formatSlots(queue.free),
	},
	inFlight: {
		title: recordingChartTerms.inFlight.name,
		columns: ['inFlight'],
		anchor: 'zero',
		value: ({queues: [queue]}) => `${formatPerSecond(queue.inFlight)} cmds`,
		short: ({queues: [queue]}) => formatPerSecond(queue.inFlight),
	},
	signals: {
		title: recordingChartTerms.signals.name,
		columns: ['doorbells'],
		anchor: 'zero',
		value: ({queues: [queue]}) => queue.kicks === null ? 'not recorded' : `${formatCount(queue.kicks)} /s`,
		short: ({queues: [queue]}) => formatCount(queue.kicks),
	},
	irqs: {
		title: recordingChartTerms.irqs.name,
		columns: ['irqs'],
		anchor: 'free',
		value: ({queues: [queue]}) => queue.irqs === null ? 'not recorded' : `${formatCount(queue.irqs)} /s`,
		short: ({queues: [queue]}) => formatCount(queue.irqs),
	},
};

/** The verdicts that accuse a chart's value. */
const accused: Readonly<Record<string, RecordingChartName>> = {'lock-waits': 'waits', 'ring-full': 'numFree', tail: 'latency'};

/** Doorbells and interrupts share a chart where there is no room for two. */
function wordsOf(name: RecordingChartName, snapshot: RecordingSnapshot, isLarge: boolean): ChartWords {
	if (name !== 'signals' || isLarge || snapshot.beside !== null) {
		return charts[name];
	}

	return {
		...charts.signals,
		title: recordingChartTerms.signalsAndIrqs.name,
		columns: ['doorbells', 'irqs'],
		value: ({queues: [queue]}) => `─ ${formatCount(queue.kicks)} ┄ ${formatCount(queue.irqs)} /s`,
	};
}

/** A chart of a recording in its frame; with the model beside it recorded is the whole line, simulated the dashed one. */
export function recordingChart({chart: name, rect, timeRow}: RecordingChartPlace, snapshot: RecordingSnapshot, verdict: string, isLarge: boolean, options: ChartFrameOptions): Block {
	const {figures, lines, beside, column, from, to} = snapshot;
	const words = wordsOf(name, snapshot, isLarge);
	const [first, second] = words.columns;
	const own: Series = {values: lines[first], role: 'a'};
	const other: Series | undefined = beside === null
		? (second === undefined ? undefined : {values: lines[second], role: 'b', dashed: true})
		: {values: beside.lines[first], role: 'b', dashed: true};
	const anchor: Anchor = words.anchor === 'ring' ? {top: Math.max(1, figures.queues[0].size)} : words.anchor;
	return chartFrame({
		name,
		title: words.title,
		value: beside === null ? words.value(figures) : `─ ${words.short(figures)} ┄ ${beside.figures.latency.count === 0 ? '-' : words.short(beside.figures)}`,
		valueRole: accused[verdict] === name ? 'bad' : 'value',
		anchor,
		lines: other === undefined ? [own] : [own, other],
		column,
		marks: [],
		timeRow,
		ends: [endTime(from, column), endTime(to, column)],
	}, rect, options);
}

import {recordingFigures, recordingValue, type RecordingFigures} from '../../meter/figures.js';
import {type MetricPath} from '../../metrics/metric-table.js';
import {type RecordingMeter} from '../../meter/recording-meter.js';
import {type Span} from '../span.js';
import {type Beside} from './beside.js';
import {type Recording} from './recording.js';

/** Lines of charts by the path of their metric. */
export type RecordingLines = Readonly<Partial<Record<MetricPath, ReadonlyArray<number | null>>>>;

/** The model beside the recording, over the same stretch. */
export type BesideSnapshot = {
	readonly name: string;
	/** 0 to 1 while it is simulated. */
	readonly progress: number;
	readonly figures: RecordingFigures;
	readonly lines: RecordingLines;
};

/** All that the views of a recording show, as plain data. Times in ns of the meter. */
export type RecordingSnapshot = {
	readonly name: string;
	readonly isLive: boolean;
	readonly state: 'recording' | 'live' | 'paused' | 'ended';
	/** Seconds without an event, of a stream that goes on. */
	readonly silent: number;
	/** What is shown, in the recording's own clock. */
	readonly from: number;
	readonly to: number;
	readonly column: number;
	readonly isWhole: boolean;
	readonly figures: RecordingFigures;
	readonly lines: RecordingLines;
	readonly shows: RecordingMeter['shows'];
	readonly beside: BesideSnapshot | null;
	/** Of the whole recording. */
	readonly facts: {
		readonly lines: number;
		readonly events: number;
		readonly unknown: number;
		readonly lost: number;
		readonly late: number;
		/** ns. */
		readonly span: number;
		readonly unanswered: number;
		readonly orphans: number;
		readonly words: readonly string[];
	};
};

const columns: readonly MetricPath[] = [
	'throughput.submitted',
	'throughput.completed',
	'kicks.perSecond',
	'irqs.perSecond',
	'ring.numFree.mean',
	'ring.inFlight.mean',
	'latency.traced.mean',
	'lock.spin.total',
];

function stateOf(recording: Recording, {follows}: Span): RecordingSnapshot['state'] {
	if (!recording.isLive) {
		return 'recording';
	}

	return follows ? (recording.ended ? 'ended' : 'live') : 'paused';
}

/** Wall time between two sets of numbers while a stream comes in, ms. */
const figuresPeriod = 250;

/** Takes what is shown from a recording: the numbers are those of the stretch on the screen. */
export class RecordingSnapshots {
	private readonly recording: Recording;
	private readonly clock: () => number;
	private readonly beside: Beside | null;
	/** Lines about the host's log, when there is one. */
	private readonly words: readonly string[];
	private figures:
		| {
				readonly key: string;
				readonly at: number;
				readonly own: RecordingFigures;
				readonly beside: RecordingFigures | null;
		  }
		| undefined;

	private lines:
		{readonly key: string; readonly own: RecordingLines; readonly beside: RecordingLines | null} | undefined;

	constructor(recording: Recording, clock: () => number, beside: Beside | null, words: readonly string[]) {
		this.recording = recording;
		this.clock = clock;
		this.beside = beside;
		this.words = words;
	}

	take(span: Span): RecordingSnapshot {
		const {recording, beside, words} = this;
		const {meter} = recording;
		const {from, to, column} = span;
		const figures = this.figuresOf(span);
		const lines = this.linesOf(from, to, column);
		const silent = recording.isLive && !recording.ended ? Math.floor((this.clock() - recording.heardAt) / 1000) : 0;
		return {
			name: recording.name,
			isLive: recording.isLive,
			state: stateOf(recording, span),
			silent,
			from: recording.clockTime(Math.max(from * column, meter.start, 0)),
			to: recording.clockTime(Math.max(0, Math.min(to * column, meter.now))),
			column,
			isWhole: span.isWhole,
			figures: figures.own,
			lines: lines.own,
			shows: meter.shows,
			beside:
				beside === null || figures.beside === null || lines.beside === null
					? null
					: {
							name: beside.name,
							progress: beside.progress,
							figures: figures.beside,
							lines: lines.beside,
						},
			facts: {
				lines: recording.lines,
				events: recording.events,
				unknown: recording.unknown,
				lost: recording.lostEvents,
				late: meter.late,
				span: Math.max(0, meter.now - meter.start),
				unanswered: meter.inFlight(0) + meter.inFlight(1),
				orphans: meter.orphans,
				words: [...words, ...recording.warnings],
			},
		};
	}

	private figuresOf(span: Span): {readonly own: RecordingFigures; readonly beside: RecordingFigures | null} {
		const {beside} = this;
		const {meter} = this.recording;
		const {column, follows} = span;
		const [from, to] = [span.from * column, span.to * column];
		const now = this.clock();
		const place = follows ? 'newest' : `${from} ${to}`;
		const key = `${place} ${to - from} ${column} ${beside?.progress ?? 0}`;
		const isFresh =
			this.figures?.key === key &&
			(now - this.figures.at < figuresPeriod || this.figures.own.to === Math.min(to, meter.now));
		if (this.figures === undefined || !isFresh) {
			this.figures = {
				key,
				at: now,
				own: recordingFigures(meter, from, to),
				beside: beside === null ? null : recordingFigures(beside.meter, from, to),
			};
		}

		return this.figures;
	}

	private linesOf(
		from: number,
		to: number,
		column: number,
	): {readonly own: RecordingLines; readonly beside: RecordingLines | null} {
		const {recording, beside} = this;
		const key =
			`${from} ${to} ${column} ${recording.ended || recording.isSilent ? recording.events : 0} ` +
			`${beside?.progress ?? 0}`;
		if (this.lines?.key !== key) {
			const of = (meter: RecordingMeter): RecordingLines =>
				Object.fromEntries(
					columns.map(name => [
						name,
						Array.from({length: to - from}, (_, index) =>
							recordingValue(meter, name, (from + index) * column, (from + index + 1) * column),
						),
					]),
				);
			this.lines = {key, own: of(recording.meter), beside: beside === null ? null : of(beside.meter)};
		}

		return this.lines;
	}
}

import {
	recordingFigures, recordingValue, type RecordingColumn, type RecordingFigures,
} from '../../meter/figures.js';
import {type RecordingMeter} from '../../meter/recording-meter.js';
import {type Beside} from './beside.js';
import {type RecordingController} from './recording-controller.js';
import {type RecordingState} from './recording-state.js';

export type RecordingLines = Readonly<Record<RecordingColumn, ReadonlyArray<number | null>>>;

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
	readonly view: RecordingState['view'];
	readonly help: boolean;
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
	readonly notice: {readonly text: string; readonly bad: boolean} | null;
};

const columns: readonly RecordingColumn[] = ['queued', 'responses', 'doorbells', 'irqs', 'numFree', 'inFlight', 'latency', 'waitWorker', 'waitSubmitter', 'waits'];

function stateOf({recording, follows}: RecordingController): RecordingSnapshot['state'] {
	if (!recording.isLive) {
		return 'recording';
	}

	return follows ? (recording.ended ? 'ended' : 'live') : 'paused';
}

/** Wall time between two sets of numbers while a stream comes in, ms. */
const figuresPeriod = 250;

/** Takes what is shown from a recording: the numbers are those of the stretch on the screen. */
export class RecordingSnapshots {
	private readonly controller: RecordingController;
	private readonly clock: () => number;
	private readonly beside: Beside | null;
	/** Lines about the host's log, when there is one. */
	private readonly words: readonly string[];
	private figures: {readonly key: string; readonly at: number; readonly own: RecordingFigures; readonly beside: RecordingFigures | null} | undefined;
	private lines: {readonly key: string; readonly own: RecordingLines; readonly beside: RecordingLines | null} | undefined;

	constructor(controller: RecordingController, clock: () => number, beside: Beside | null, words: readonly string[]) {
		this.controller = controller;
		this.clock = clock;
		this.beside = beside;
		this.words = words;
	}

	take(): RecordingSnapshot {
		const {controller, beside, words} = this;
		const {recording, state} = controller;
		const {meter} = recording;
		const {from, to} = controller.shown;
		const {column} = state;
		const figures = this.figuresOf(from * column, to * column);
		const lines = this.linesOf(from, to, column);
		const silent = recording.isLive && !recording.ended ? Math.floor((this.clock() - recording.heardAt) / 1000) : 0;
		return {
			name: recording.name,
			isLive: recording.isLive,
			view: state.view,
			help: state.help,
			state: stateOf(controller),
			silent,
			from: recording.clockTime(Math.max(from * column, meter.start, 0)),
			to: recording.clockTime(Math.max(0, Math.min(to * column, meter.now))),
			column,
			isWhole: controller.isWhole,
			figures: figures.own,
			lines: lines.own,
			shows: meter.shows,
			beside: beside === null || figures.beside === null || lines.beside === null
				? null
				: {
					name: beside.name, progress: beside.progress, figures: figures.beside, lines: lines.beside,
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
			notice: state.notice ?? null,
		};
	}

	private figuresOf(from: number, to: number): {readonly own: RecordingFigures; readonly beside: RecordingFigures | null} {
		const {controller, beside} = this;
		const {meter} = controller.recording;
		const now = this.clock();
		const place = controller.follows ? 'newest' : `${from} ${to}`;
		const key = `${place} ${to - from} ${controller.state.column} ${beside?.progress ?? 0}`;
		const isFresh = this.figures?.key === key && (now - this.figures.at < figuresPeriod || this.figures.own.to === Math.min(to, meter.now));
		if (this.figures === undefined || !isFresh) {
			this.figures = {
				key, at: now, own: recordingFigures(meter, from, to), beside: beside === null ? null : recordingFigures(beside.meter, from, to),
			};
		}

		return this.figures;
	}

	private linesOf(from: number, to: number, column: number): {readonly own: RecordingLines; readonly beside: RecordingLines | null} {
		const {controller, beside} = this;
		const {recording} = controller;
		const key = `${from} ${to} ${column} ${recording.ended || recording.isSilent ? recording.events : 0} ${beside?.progress ?? 0}`;
		if (this.lines?.key !== key) {
			const of = (meter: RecordingMeter): RecordingLines => Object.fromEntries(columns.map(name => [name, Array.from(
				{length: to - from},
				(_, index) => recordingValue(meter, name, (from + index) * column, (from + index + 1) * column),
			)])) as unknown as RecordingLines;
			this.lines = {key, own: of(recording.meter), beside: beside === null ? null : of(beside.meter)};
		}

		return this.lines;
	}
}

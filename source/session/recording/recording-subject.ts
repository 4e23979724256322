import {formatCount, formatDuration} from '../../charts/format-number.js';
import {recordingFigures, recordingValue} from '../../meter/figures.js';
import {type GuestRecording} from '../../trace/recording/guest-recording.js';
import {type Excerpt} from '../../tracking/excerpt.js';
import {type Snapshot} from '../caption.js';
import {type ExcerptReading} from '../excerpt-maker.js';
import {type InterfaceState} from '../interface-state.js';
import {type Pace} from '../pacer.js';
import {type Span} from '../span.js';
import {type AnsweredCommand, type Figures, type Subject} from '../subject.js';
import {type Beside} from './beside.js';
import {queueReadings} from './queue-readings.js';
import {endTime, recordingCaption} from './recording-caption.js';
import {recordedExcerpt} from './recorded-excerpt.js';
import {RecordingSnapshots} from './recording-snapshot.js';
import {type Recording} from './recording.js';

export type RecordingParts = {
	readonly recording: Recording;
	/** Wall clock, ms. */
	readonly clock: () => number;
	/** The model beside it. */
	readonly beside?: Beside | undefined;
	/** Lines about the host's log, when there is one. */
	readonly words?: readonly string[];
	/** The file as the user wrote it, `-` for standard input. */
	readonly file?: string;
	/** Its events put together, as far as they are kept. */
	readonly guest?: GuestRecording | undefined;
};

/**
The model beside works so long between two looks at the keys, ms, in pieces of so many events.
*/
const workTime = 20;
const workEvents = 2000;

/** A recording of a guest, or one that still comes in: it can be sought. */
export class RecordingSubject implements Subject {
	/** 1-2-5 from 100 us to 10 s. */
	readonly columnSteps = [1e5, 2e5, 5e5, 1e6, 2e6, 5e6, 1e7, 2e7, 5e7, 1e8, 2e8, 5e8, 1e9, 2e9, 5e9, 1e10];
	/** Each chart has as many values as there are columns shown. */
	columns = 1;
	readonly token: string;
	private readonly parts: RecordingParts;
	private readonly snapshots: RecordingSnapshots;
	private whole: Excerpt | undefined;

	constructor(parts: RecordingParts) {
		const {recording, clock, beside = null, words = [], file = recording.name} = parts;
		this.parts = parts;
		this.token = `vqlab view ${file}`;
		this.snapshots = new RecordingSnapshots(recording, clock, beside, words);
	}

	get kind(): 'recording' {
		return 'recording';
	}

	get canSeek(): boolean {
		return true;
	}

	/** How a stream begins. */
	get firstColumn(): number {
		return 1e8;
	}

	get name(): string {
		return this.parts.recording.name;
	}

	get start(): number {
		return Math.max(0, this.parts.recording.meter.start);
	}

	get now(): number {
		return Math.max(0, this.parts.recording.meter.now);
	}

	get streams(): boolean {
		return this.parts.recording.isLive;
	}

	/** It is a stream that has not ended. */
	get grows(): boolean {
		const {isLive, ended} = this.parts.recording;
		return isLive && !ended;
	}

	get rests(): boolean {
		return !this.grows;
	}

	/** The whole recording in one line. */
	get parting(): string | undefined {
		const {meter, name} = this.parts.recording;
		if (meter.commands.end === 0) {
			return undefined;
		}

		const {latency, at} = recordingFigures(meter, this.start, meter.now + 1);
		const micros = (value: number | null): string => formatDuration(value === null ? null : value * 1000);
		const span = formatDuration(Math.max(0, meter.now - meter.start));
		return [
			`${name}: ${formatCount(latency.count)} commands answered in ${span}`,
			`${formatCount(at('throughput.completed'))} /s`,
			`p50 ${micros(latency.p50)}`,
			`p99 ${micros(latency.p99)}`,
		].join(', ');
	}

	/**
	First: what is kept at this length. End: of a stream that goes on after the last whole column,
	of one that is silent after the one in which it fell silent.
	*/
	extent(column: number): {readonly first: number; readonly end: number} {
		const {meter, ended, isLive, isSilent} = this.parts.recording;
		const level = meter.levelFor(column);
		return {
			first: Math.max(Math.floor(this.start / column), Math.floor((level.first * level.window) / column)),
			end: Math.floor(this.now / column) + (ended || !isLive || isSilent ? 1 : 0),
		};
	}

	/** Any whole number of the windows that are kept so far back, so that it fills the charts. */
	wholeColumn(width: number): number {
		const {meter} = this.parts.recording;
		const {start} = this;
		const level = meter.levels.find(({window, first}) => first * window <= start) ?? meter.levels[0];
		let windows = Math.max(1, Math.floor((meter.now - start) / level.window / width));
		while (
			Math.floor(meter.now / (windows * level.window)) - Math.floor(start / (windows * level.window)) >=
			width
		) {
			windows++;
		}

		return windows * level.window;
	}

	figures(from: number, to: number): Figures {
		return recordingFigures(this.parts.recording.meter, from, to).at as Figures;
	}

	line(path: string, {from, to, column}: Span): ReadonlyArray<number | null> {
		const {meter} = this.parts.recording;
		return Array.from({length: Math.max(0, to - from)}, (_, index) =>
			recordingValue(meter, path, (from + index) * column, (from + index + 1) * column),
		);
	}

	clockText(time: number, column: number): string {
		return endTime(this.parts.recording.clockTime(Math.max(this.start, Math.min(time, this.now))), column);
	}

	commands(from: number, to: number): readonly AnsweredCommand[] {
		const {commands} = this.parts.recording.meter;
		const first = commands.indexAt(from);
		return Array.from({length: commands.indexAt(to) - first}, (_, index) => {
			const number = first + index;
			const responded = commands.response(number);
			return {
				queue: commands.queue(number),
				type: commands.type(number),
				published: responded - commands.latency(number),
				responded,
			};
		});
	}

	/** The same for every stretch: all that is kept. */
	excerpt(): ExcerptReading {
		return {excerpt: this.wholeExcerpt(), progress: 1};
	}

	wholeExcerpt(): Excerpt | undefined {
		const {guest, recording} = this.parts;
		if (guest === undefined || !recording.ended || guest.commands.length === 0) {
			return undefined;
		}

		this.whole ??= recordedExcerpt(guest);
		return this.whole;
	}

	take(_state: InterfaceState, span: Span): Snapshot {
		const recording = this.snapshots.take(span);
		const {state, column, from, to, beside} = recording;
		return {
			caption: recordingCaption(recording),
			queues: queueReadings(recording.figures),
			// What does not move by itself needs no steady axis: each stretch has its own.
			axes: state === 'live' ? String(column) : `${from} ${to} ${column} ${beside?.progress ?? 0}`,
			recording,
		};
	}

	/** The recording reads itself; the model beside it is simulated here. */
	advance(): Pace {
		const {beside, clock} = this.parts;
		const now = clock();
		let isDone = beside === undefined || beside.progress >= 1;
		while (!isDone && clock() - now < workTime) {
			isDone = beside?.advance(workEvents) ?? true;
		}

		return isDone ? 'reached' : 'behind';
	}
}

import {commandFor, type Scope} from '../key-table.js';
import {recordingCommand} from './recording-commands.js';
import {type Recording} from './recording.js';
import {columnSteps, type RecordingState} from './recording-state.js';

/** What only the terminal can do. */
export type RecordingServices = {
	quit(): void;
	suspend(): void;
	redraw(): void;
};

/** How a stream begins: 100 ms a column. */
const liveColumn = 1e8;

/** Takes keys while a recording is looked at, and knows which stretch of it is shown. */
export class RecordingController {
	readonly recording: Recording;
	readonly services: RecordingServices;
	state: RecordingState;
	private width = 1;

	constructor(recording: Recording, services: RecordingServices) {
		this.recording = recording;
		this.services = services;
		this.state = {
			view: 'overview', column: liveColumn, end: undefined, help: false, notice: undefined, theme: 'native',
		};
	}

	/** Columns that the charts have room for. */
	get columns(): number {
		return this.width;
	}

	/** The screen has another size; a recording of which all was shown is shown whole again. */
	set columns(columns: number) {
		const wasWhole = this.width === 1 || this.isWhole;
		this.width = Math.max(1, columns);
		if (wasWhole && !this.recording.isLive) {
			this.showWhole();
		}
	}

	/** Column after the last one that can be shown: of a stream that goes on the last whole one, of one that is silent the one in which it fell silent. */
	get last(): number {
		const {meter, ended, isLive, isSilent} = this.recording;
		return Math.floor(Math.max(0, meter.now) / this.state.column) + (ended || !isLive || isSilent ? 1 : 0);
	}

	/** First column that is kept. */
	get first(): number {
		const {meter} = this.recording;
		const {column} = this.state;
		const level = meter.levelFor(column);
		return Math.max(Math.floor(Math.max(0, meter.start) / column), Math.floor(level.first * level.window / column));
	}

	/** The columns that are shown: [from, to). */
	get shown(): {readonly from: number; readonly to: number} {
		const {last, first} = this;
		const to = Math.max(first + 1, Math.min(this.state.end ?? last, last));
		return {from: Math.max(first, to - this.width), to};
	}

	/** The newest is shown, and what comes. */
	get follows(): boolean {
		return this.state.end === undefined;
	}

	/** All of the recording is on the screen. */
	get isWhole(): boolean {
		const {from, to} = this.shown;
		return from <= this.first && to >= this.last;
	}

	press(key: string): void {
		const scopes: readonly Scope[] = ['always', this.state.help ? 'modal:recordingHelp' : 'recording'];
		const command = commandFor(key, scopes);
		if (command !== undefined) {
			this.update({notice: undefined});
			recordingCommand(command)?.run(this);
		}
	}

	/** There is no field; a text that is pasted is no keys either. */
	paste(): void {
		this.say('a paste goes into a field, and there is none');
	}

	update(part: Partial<RecordingState>): void {
		this.state = {...this.state, ...part};
	}

	say(text: string): void {
		this.update({notice: {text, bad: false}});
	}

	/** Moves the stretch by so many columns, as far as there is something. */
	scroll(by: number): void {
		const {last, first, shown} = this;
		const earliest = Math.min(last, first + this.width);
		const end = Math.max(earliest, Math.min(last, shown.to + by));
		const stays = end === shown.to;
		this.update({end: end >= last ? undefined : end});
		if (stays && by !== 0) {
			this.say(by < 0 ? `this is the first that is ${first > Math.floor(Math.max(0, this.recording.meter.start) / this.state.column) ? 'kept at this zoom' : 'recorded'}` : 'this is the newest');
		}
	}

	/** Shorter (-1) or longer columns around the middle of what is shown; at the newest its end stays. */
	zoom(by: -1 | 1): void {
		const {shown, follows} = this;
		const before = this.state.column;
		const column = by < 0 ? columnSteps.findLast(step => step < before) : columnSteps.find(step => step > before);
		if (column === undefined) {
			this.say(by < 0 ? 'finer than this nothing is kept' : 'longer columns than this there are none');
			return;
		}

		const middle = (shown.from + shown.to) / 2 * this.state.column;
		const wasWhole = this.isWhole;
		this.update({column, end: undefined});
		if (!follows || (wasWhole && by < 0)) {
			const end = Math.ceil((middle / column) + (this.width / 2));
			this.update({end: end >= this.last ? undefined : Math.max(end, Math.min(this.last, this.first + this.width))});
		}
	}

	/**
	The shortest columns under which all of it fits: any whole number of the windows that are kept
	so far back, so that it fills the charts.
	*/
	showWhole(): void {
		const {meter} = this.recording;
		const start = Math.max(0, meter.start);
		const level = meter.levels.find(({window, first}) => first * window <= start) ?? meter.levels[0];
		let windows = Math.max(1, Math.floor((meter.now - start) / level.window / this.width));
		while (Math.floor(meter.now / (windows * level.window)) - Math.floor(start / (windows * level.window)) >= this.width) {
			windows++;
		}

		this.update({column: windows * level.window, end: undefined});
	}
}

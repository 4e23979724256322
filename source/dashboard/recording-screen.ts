import {type RecordingController} from '../session/recording/recording-controller.js';
import {type RecordingSnapshot} from '../session/recording/recording-snapshot.js';
import {type Capabilities} from '../terminal/capabilities.js';
import {type TerminalInput} from '../terminal/keys/terminal-input.js';
import {type Size} from '../terminal/size.js';
import {type Frame} from './components/screen-view.js';
import {FrameFeed, SteadyQueues} from './frame-feed.js';
import {AxisMemory} from '../views/overview/charts.js';
import {type StageView} from './terminal-stage.js';
import {themeOf} from './theme.js';
import {isTooSmall} from './too-small.js';
import {recordingColumns} from '../views/overview/recording-layout.js';
import {queueReadings} from '../views/overview/recording-panels.js';
import {composeRecording} from '../views/overview/recording-overview.js';

export type RecordingScreenOptions = {
	readonly controller: RecordingController;
	readonly snapshots: {take(): RecordingSnapshot};
	readonly capabilities: Capabilities;
	/** Wall clock, ms. */
	readonly clock: () => number;
	readonly size: Size;
};

/** The screen of a recording as it is now. */
export class RecordingScreen implements StageView {
	private size: Size;
	private readonly axes = new AxisMemory();
	private readonly queues = new SteadyQueues();
	private readonly feed: FrameFeed;
	private axisKey = '';

	constructor(private readonly options: RecordingScreenOptions) {
		this.size = options.size;
		this.fit();
		this.feed = new FrameFeed(() => this.compose());
	}

	get frame(): Frame {
		return this.feed.frame;
	}

	resize(size: Size): void {
		this.size = size;
		this.fit();
		this.feed.redraw();
	}

	subscribe(listener: () => void): () => void {
		return this.feed.subscribe(listener);
	}

	/** Does what a key or a paste asks for, without drawing: many may come at once. */
	take(input: TerminalInput): void {
		const {controller} = this.options;
		if (input.kind === 'key') {
			controller.press(input.name);
		} else {
			controller.paste();
		}
	}

	press(key: string): void {
		this.take({kind: 'key', name: key});
		this.refresh();
	}

	/** Draws what is now; returns whether anything visible has changed. */
	refresh(): boolean {
		return this.feed.refresh();
	}

	private fit(): void {
		const {columns, rows} = this.size;
		if (!isTooSmall(columns, rows)) {
			this.options.controller.columns = recordingColumns(columns, rows);
		}
	}

	private compose(): Frame {
		const {controller, snapshots, capabilities, clock} = this.options;
		const {columns, rows} = this.size;
		const snapshot = snapshots.take();
		// What does not move by itself needs no steady axis: each stretch has its own.
		const axisKey = snapshot.state === 'live' ? String(snapshot.column) : `${snapshot.from} ${snapshot.to} ${snapshot.column} ${snapshot.beside?.progress ?? 0}`;
		if (axisKey !== this.axisKey) {
			this.axisKey = axisKey;
			this.axes.clear();
		}

		const {canvas, table, cover} = composeRecording(snapshot, {
			columns, rows, ascii: !capabilities.unicode, axes: this.axes, now: clock(),
		});
		const theme = themeOf(controller.state.theme, capabilities.color);
		return {
			width: canvas.width,
			rows: canvas.paint(theme),
			table: table && {
				rect: table, queues: this.queues.of(queueReadings(snapshot.figures)), headLook: theme.looks.dim, cellLook: theme.looks.text,
			},
			cover: cover && {rect: cover, rows: canvas.paint(theme, cover)},
		};
	}
}

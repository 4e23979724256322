import {type Controller} from '../session/controller.js';
import {commands} from '../session/commands.js';
import {type InterfaceState} from '../session/interface-state.js';
import {type OverviewSnapshot} from '../session/snapshot.js';
import {type Capabilities} from '../terminal/capabilities.js';
import {type TerminalInput} from '../terminal/keys/terminal-input.js';
import {type Size} from '../terminal/size.js';
import {type Frame} from './components/screen-view.js';
import {FrameFeed, SteadyQueues} from './frame-feed.js';
import {AxisMemory} from '../views/overview/charts.js';
import {type StageView} from './terminal-stage.js';
import {type Theme, themeOf} from './theme.js';
import {chartColumnsFor} from '../views/overview/run-overview.js';
import {composeScreen, type OverlayView} from './compose-screen.js';
import {isTooSmall} from './too-small.js';

/** What takes snapshots; `columns`: how many values a chart has room for. */
export type SnapshotSource = {
	columns: number;
	take(state: InterfaceState): OverviewSnapshot;
};

export type LiveScreenOptions = {
	readonly controller: Controller;
	readonly snapshots: SnapshotSource;
	readonly capabilities: Capabilities;
	/** Wall clock, ms. */
	readonly clock: () => number;
	readonly size: Size;
};

/**
The screen as it is now, outside React: makes its frames from snapshots.
*/
export class LiveScreen implements StageView {
	private size: Size;
	private readonly axes = new AxisMemory();
	private readonly queues = new SteadyQueues();
	private readonly feed: FrameFeed;
	private run: unknown;

	constructor(private readonly options: LiveScreenOptions) {
		this.size = options.size;
		this.options.snapshots.columns = this.chartColumns;
		this.feed = new FrameFeed(() => this.compose());
	}

	get frame(): Frame {
		return this.feed.frame;
	}

	/** Nothing can be seen: the simulation waits. */
	get tooSmall(): boolean {
		return isTooSmall(this.size.columns, this.size.rows);
	}

	resize(size: Size): void {
		this.size = size;
		this.options.snapshots.columns = this.chartColumns;
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
			controller.paste(input.text);
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

	private get chartColumns(): number {
		return this.tooSmall ? 1 : chartColumnsFor(this.size.columns, this.size.rows);
	}

	private compose(): Frame {
		const {controller, snapshots, capabilities, clock} = this.options;
		const {columns, rows} = this.size;
		if (this.run !== controller.session.run) {
			this.run = controller.session.run;
			this.axes.clear();
		}

		const snapshot = snapshots.take(controller.state);
		const screen = composeScreen(snapshot, {
			columns, rows, ascii: !capabilities.unicode, axes: this.axes, now: clock(), overlay: overlayView(controller),
		});
		const theme: Theme = themeOf(controller.state.theme, capabilities.color);
		return {
			width: screen.canvas.width,
			rows: screen.canvas.paint(theme),
			table: screen.table && {
				rect: screen.table, queues: this.queues.of(snapshot.readings.queues), headLook: theme.looks.dim, cellLook: theme.looks.text,
			},
			cover: screen.cover && {rect: screen.cover, rows: screen.canvas.paint(theme, screen.cover)},
		};
	}
}

function overlayView(controller: Controller): OverlayView | undefined {
	const {overlay} = controller.state;
	return overlay && {
		overlay,
		presets: overlay.kind === 'picker' ? controller.presetList : [],
		matches: overlay.kind === 'palette' ? controller.paletteMatches(overlay.text) : [],
		commandCount: commands.filter(command => command.column !== 'none').length,
		value: overlay.kind === 'editor' ? controller.textOf(overlay.key) : '',
	};
}

import {type Controller} from '../session/controller.js';
import {commands} from '../session/commands.js';
import {type InterfaceState} from '../session/interface-state.js';
import {type OverviewSnapshot, type QueueReading} from '../session/snapshot.js';
import {type Capabilities} from '../terminal/capabilities.js';
import {type Size} from '../terminal/size.js';
import {type FrameSource} from './app.js';
import {type Frame} from './components/screen-view.js';
import {AxisMemory} from './panels/charts.js';
import {wideColumns} from './panels/queues.js';
import {type Theme, themeOf} from './theme.js';
import {chartColumnsFor} from './views/overview.js';
import {composeScreen, type OverlayView} from './views/screen.js';
import {isTooSmall} from './views/too-small.js';

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
The screen as it is now, outside React: makes a frame from a snapshot and tells the
listener only when something visible has changed.
*/
export class LiveScreen implements FrameSource {
	frame: Frame;
	private size: Size;
	private readonly axes = new AxisMemory();
	private run: unknown;
	private written = '';
	private shown: readonly QueueReading[] = [];
	private listener: (() => void) | undefined;

	constructor(private readonly options: LiveScreenOptions) {
		this.size = options.size;
		this.options.snapshots.columns = this.chartColumns;
		this.frame = this.compose();
	}

	/** Nothing can be seen: the simulation waits. */
	get tooSmall(): boolean {
		return isTooSmall(this.size.columns, this.size.rows);
	}

	resize(size: Size): void {
		this.size = size;
		this.options.snapshots.columns = this.chartColumns;
		this.frame = this.compose();
	}

	subscribe(listener: () => void): () => void {
		this.listener = listener;
		return () => {
			this.listener = undefined;
		};
	}

	press(key: string): void {
		this.options.controller.press(key);
		this.refresh();
	}

	/** Draws what is now; returns whether anything visible has changed. */
	refresh(): boolean {
		const frame = this.compose();
		if (sameFrame(frame, this.frame)) {
			return false;
		}

		this.frame = frame;
		this.listener?.();
		return true;
	}

	private get chartColumns(): number {
		return this.tooSmall ? 1 : chartColumnsFor(this.size.columns, this.size.rows);
	}

	/** The rows that the table has already, when the new ones are written the same. */
	private queues(queues: readonly QueueReading[]): readonly QueueReading[] {
		const written = queues.flatMap(queue => wideColumns.map(column => column.value(queue))).join(' ');
		if (written !== this.written) {
			this.written = written;
			this.shown = queues;
		}

		return this.shown;
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
				rect: screen.table, queues: this.queues(snapshot.readings.queues), headLook: theme.looks.dim, cellLook: theme.looks.text,
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

function sameRows(a: readonly string[] | undefined, b: readonly string[] | undefined): boolean {
	return a === b || (a?.length === b?.length && a?.every((row, index) => row === b?.[index]) === true);
}

/** Nothing visible differs. */
export function sameFrame(a: Frame, b: Frame): boolean {
	return a.width === b.width
		&& a.table?.queues === b.table?.queues
		&& a.table?.rect.y === b.table?.rect.y
		&& sameRows(a.rows, b.rows)
		&& sameRows(a.cover?.rows, b.cover?.rows);
}

import {type AxisMemory} from '../charts/axis-memory.js';
import {Canvas, type Rect} from '../charts/canvas.js';
import {type Snapshot} from '../session/caption.js';
import {type Controller, type DeskView} from '../session/controller.js';
import {type Scene} from '../session/view.js';
import {footRowsOf, viewArea} from '../views/breakpoints.js';
import {drawChartGrid} from '../views/chart-grid.js';
import {commonHints} from '../views/common-hints.js';
import {footer, keyBlock, type KeyRow} from './footer.js';
import {header} from './header.js';
import {lessonHints, lessonStrip, pointOut, stripRows} from './lesson-strip.js';
import {type OverlayView} from './overlays/draw-overlay.js';
import {overlayDrawing} from './overlays/open-overlay.js';
import {queueBlock} from './queue-block.js';
import {isTooSmall, tooSmall} from './too-small.js';

export type ScreenOptions = {
	/** Of the terminal. */
	readonly columns: number;
	readonly rows: number;
	readonly ascii: boolean;
	readonly axes: AxisMemory;
	/** Wall time, ms. */
	readonly now: number;
	/** Who knows the view, the keys and what is typed. */
	readonly desk: Controller;
	readonly overlay: OverlayView | undefined;
};

/** A screen: its cells, and where the table of queues is unless something lies over it. */
export type Screen = {
	readonly canvas: Canvas;
	readonly table: Rect | undefined;
	/** What covers the table's place partly; it is drawn again over the table. */
	readonly cover: Rect | undefined;
};

function overlaps(a: Rect, b: Rect): boolean {
	return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function drawView(view: DeskView, scene: Scene): Rect | undefined {
	if ('draw' in view) {
		return view.draw(scene);
	}

	drawChartGrid(view.charts, scene);
	return undefined;
}

/** The whole screen from a snapshot; the frame is one row lower than the terminal. */
export function composeScreen(snapshot: Snapshot, options: ScreenOptions): Screen {
	const {columns, rows, ascii, axes, now, desk, overlay} = options;
	const caption = desk.view.caption?.(desk, snapshot.caption) ?? snapshot.caption;
	if (isTooSmall(columns, rows)) {
		const canvas = new Canvas(Math.max(1, columns), Math.max(1, rows - 1), ascii);
		canvas.put(tooSmall(caption.brief, caption.otherwise, columns, rows), 0, 0);
		return {canvas, table: undefined, cover: undefined};
	}

	const height = rows - 1;
	const canvas = new Canvas(columns, height, ascii);
	const {
		view,
		tabs,
		state,
		subject,
		stretch,
		registry: {bindings},
	} = desk;
	const lesson = desk.tour.place;
	const foot = lesson === undefined ? footRowsOf(height) : stripRows + 1;
	canvas.put(header(caption, tabs, view, columns), 0, 0);
	const table = drawView(view, {
		canvas,
		area: viewArea(columns, height, foot),
		subject,
		state,
		span: stretch.span,
		snapshot,
		axes,
		now,
		ascii,
	});
	if (table !== undefined) {
		canvas.put(queueBlock(snapshot.queues, table.width), table.x, table.y);
	}

	const keys: KeyRow = {
		notice: state.notice,
		hints:
			overlay === undefined
				? lesson === undefined
					? (view.hints?.(desk) ?? commonHints(desk))
					: lessonHints(lesson)
				: overlayDrawing().overlayHints[overlay.overlay.kind],
		isOverlay: overlay !== undefined,
		bindings,
	};
	if (lesson === undefined) {
		canvas.put(footer(caption, keys, columns, foot), 0, height - foot);
	} else {
		pointOut(canvas, lesson);
		canvas.put(lessonStrip(lesson, columns), 0, height - foot);
		canvas.put(keyBlock(keys, columns), 0, height - 1);
	}

	if (overlay === undefined) {
		return {canvas, table, cover: undefined};
	}

	const cover = overlayDrawing().drawOverlay(canvas, overlay, desk, foot);
	return {canvas, table, cover: table !== undefined && overlaps(table, cover) ? cover : undefined};
}

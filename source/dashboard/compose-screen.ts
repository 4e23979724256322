import {type Line} from '../charts/block.js';
import {type Command} from '../session/command.js';
import {type Overlay} from '../session/interface-state.js';
import {pickerMatches} from '../session/commands-overlays.js';
import {type PresetSummary} from '../session/ports.js';
import {type OverviewSnapshot} from '../session/snapshot.js';
import {runViews, viewTitle} from '../session/views.js';
import {Canvas, type Rect} from '../charts/canvas.js';
import {editorOverlay, editorSize} from './overlays/editor.js';
import {exportOverlay, exportSize} from './overlays/export.js';
import {helpOverlay, helpSize} from './overlays/help.js';
import {paletteOverlay, paletteSize} from './overlays/palette.js';
import {pickerOverlay, pickerSize} from './overlays/picker.js';
import {overlayPlace} from './overlays/place.js';
import {saveOverlay, saveSize} from './overlays/save.js';
import {type AxisMemory} from '../views/overview/charts.js';
import {footer, type Hint, hintRow} from './footer.js';
import {header} from './header.js';
import {overviewBody} from '../views/overview/run-overview.js';
import {isTooSmall, lastNumbers, tooSmall} from './too-small.js';

/** An open overlay with what it shows besides its own state. */
export type OverlayView = {
	readonly overlay: Overlay;
	readonly presets: readonly PresetSummary[];
	readonly matches: readonly Command[];
	readonly commandCount: number;
	/** The edited parameter's value as it is typed. */
	readonly value: string;
};

export type ScreenOptions = {
	readonly columns: number;
	readonly rows: number;
	readonly ascii: boolean;
	readonly axes: AxisMemory;
	/** Wall time, ms. */
	readonly now: number;
	readonly overlay: OverlayView | undefined;
};

/** A screen: its cells, and where the table of queues goes unless something lies over it. */
export type Screen = {
	readonly canvas: Canvas;
	readonly table: Rect | undefined;
	/** What covers the table's place partly; it is drawn again over the table. */
	readonly cover: Rect | undefined;
};

const overlayHints: Readonly<Record<Overlay['kind'], readonly Hint[]>> = {
	editor: [
		{commands: ['edit.apply'], words: 'apply'},
		{commands: ['edit.complete'], words: 'complete'},
		{commands: ['edit.double', 'edit.halve'], words: 'next, previous value'},
		{commands: ['edit.clear'], words: 'clear', scope: 'modal:editor'},
		{commands: ['overlay.close'], words: 'cancel', scope: 'modal:editor'},
	],
	picker: [
		{commands: ['list.previous', 'list.next'], words: 'select', scope: 'modal:picker'},
		{commands: ['list.choose'], words: 'load, run', scope: 'modal:picker'},
		{commands: ['list.filter'], words: 'filter'},
		{commands: ['overlay.close'], words: 'close', scope: 'modal:picker'},
	],
	palette: [
		{commands: ['palette.run'], words: 'run'},
		{commands: ['palette.complete'], words: 'complete'},
		{commands: ['list.previous', 'list.next'], words: 'choose', scope: 'modal:palette'},
		{commands: ['overlay.close'], words: 'close', scope: 'modal:palette'},
	],
	save: [
		{commands: ['save.write'], words: 'write the file'},
		{commands: ['edit.clear'], words: 'clear', scope: 'modal:save'},
		{commands: ['overlay.close'], words: 'cancel', scope: 'modal:save'},
	],
	export: [
		{commands: ['export.write'], words: 'write the file'},
		{commands: ['export.longer', 'export.shorter'], words: 'longer, shorter'},
		{commands: ['export.format'], words: 'format'},
		{commands: ['edit.clear'], words: 'clear', scope: 'modal:export'},
		{commands: ['export.cancel'], words: 'cancel'},
	],
	help: [{commands: ['overlay.close'], words: 'close', scope: 'modal:help'}],
};

/** Draws an overlay and says where it lies. */
function drawOverlay(canvas: Canvas, view: OverlayView, snapshot: OverviewSnapshot): Rect {
	const {overlay} = view;
	const place = (size: {readonly width: number; readonly height: number}) => overlayPlace(canvas.width, canvas.height, size);
	switch (overlay.kind) {
		case 'editor': {
			const rect = place(editorSize);
			canvas.put(editorOverlay(overlay.key, overlay.text, overlay.error, view.value, rect), rect.x, rect.y);
			return rect;
		}

		case 'picker': {
			const rect = place(pickerSize);
			canvas.put(pickerOverlay({
				...overlay, presets: pickerMatches(view.presets, overlay.filter), count: view.presets.length, loaded: snapshot.preset,
			}, rect), rect.x, rect.y);
			return rect;
		}

		case 'palette': {
			const rect = place(paletteSize);
			canvas.put(paletteOverlay({...overlay, matches: view.matches, count: view.commandCount}, rect), rect.x, rect.y);
			return rect;
		}

		case 'save': {
			const rect = place(saveSize);
			canvas.put(saveOverlay(overlay.text, overlay.error, rect), rect.x, rect.y);
			return rect;
		}

		case 'export': {
			const rect = place(exportSize);
			canvas.put(exportOverlay(overlay, snapshot.time, rect), rect.x, rect.y);
			return rect;
		}

		case 'help': {
			const rect = place(helpSize);
			canvas.put(helpOverlay(viewTitle(runViews[0]), rect), rect.x, rect.y);
			return rect;
		}
	}
}

function overlaps(a: Rect, b: Rect): boolean {
	return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** The whole screen from a snapshot; the frame is one row lower than the terminal. */
export function composeScreen(snapshot: OverviewSnapshot, options: ScreenOptions): Screen {
	const {columns, rows, ascii} = options;
	if (isTooSmall(columns, rows)) {
		const canvas = new Canvas(Math.max(1, columns), Math.max(1, rows - 1), ascii);
		canvas.put(tooSmall(lastNumbers(snapshot), `vqlab run ${snapshot.preset}`, columns, rows), 0, 0);
		return {canvas, table: undefined, cover: undefined};
	}

	const height = rows - 1;
	const canvas = new Canvas(columns, height, ascii);
	canvas.put(header(snapshot, 'overview', columns), 0, 0);
	const table = overviewBody(canvas, snapshot, options);
	const keys: Line | undefined = options.overlay === undefined ? undefined : hintRow(overlayHints[options.overlay.overlay.kind], undefined, columns);
	canvas.put(footer(snapshot, columns, keys), 0, height - 3);
	if (options.overlay === undefined) {
		return {canvas, table, cover: undefined};
	}

	const cover = drawOverlay(canvas, options.overlay, snapshot);
	return {canvas, table, cover: table !== undefined && overlaps(table, cover) ? cover : undefined};
}

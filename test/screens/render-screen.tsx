import {renderToString} from 'ink';
import {type Frame, ScreenView} from '../../source/dashboard/components/screen-view.js';
import {AxisMemory} from '../../source/views/overview/charts.js';
import {composeScreen, type OverlayView} from '../../source/dashboard/compose-screen.js';
import {type OverviewSnapshot} from '../../source/session/snapshot.js';

/** The frame of a terminal of so many columns and rows, without colour. */
export function frameOf(snapshot: OverviewSnapshot, columns: number, rows: number, options: {readonly ascii?: boolean; readonly overlay?: OverlayView} = {}): Frame {
	const screen = composeScreen(snapshot, {
		columns, rows, ascii: options.ascii ?? false, axes: new AxisMemory(), now: 0, overlay: options.overlay,
	});
	const plain = {on: [], off: []};
	const rect = screen.cover;
	return {
		width: columns,
		rows: screen.canvas.text(),
		table: screen.table && {
			rect: screen.table, queues: snapshot.readings.queues, headLook: plain, cellLook: plain,
		},
		cover: rect && {rect, rows: screen.canvas.text().slice(rect.y, rect.y + rect.height).map(line => line.slice(rect.x, rect.x + rect.width))},
	};
}

/** What Ink puts on such a terminal: rows of text, blanks at their ends cut. */
export function screenOf(snapshot: OverviewSnapshot, columns: number, rows: number, options: {readonly ascii?: boolean; readonly overlay?: OverlayView} = {}): string[] {
	return renderToString(<ScreenView frame={frameOf(snapshot, columns, rows, options)}/>, {columns}).split('\n');
}

/** What Ink puts on a terminal of a finished frame. */
export function tableOver(frame: Frame, columns: number): string[] {
	return renderToString(<ScreenView frame={frame}/>, {columns}).split('\n');
}

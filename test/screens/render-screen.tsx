import {renderToString} from 'ink';
import {AxisMemory} from '../../source/charts/axis-memory.js';
import {composeScreen} from '../../source/dashboard/compose-screen.js';
import {type Frame, ScreenView} from '../../source/dashboard/components/screen-view.js';
import {type OverlayView} from '../../source/dashboard/overlays/draw-overlay.js';
import {type Snapshot} from '../../source/session/caption.js';
import {type Controller} from '../../source/session/controller.js';
import {type Notice} from '../../source/session/interface-state.js';
import {runCaption} from '../../source/session/run-caption.js';
import {type OverviewSnapshot} from '../../source/session/snapshot.js';
import {runDesk, sessionOf, smallPreset} from '../session/small-run.js';
import {canonical} from './canonical.js';

/** Who knows views and keys; what is shown of the run is given. */
export const {controller: desk} = runDesk(sessionOf(smallPreset(canonical.preset)));

type Options = {
	readonly ascii?: boolean;
	readonly overlay?: OverlayView;
	readonly notice?: Notice;
};

/** What a subject that is a run would show. */
export function shown(run: OverviewSnapshot): Snapshot {
	return {
		caption: runCaption(run),
		queues: run.readings.queues,
		axes: undefined,
		run,
	};
}

/** The frame of a terminal of so many columns and rows, without colour. */
export function frameOf(
	snapshot: Snapshot,
	columns: number,
	rows: number,
	controller: Controller,
	{ascii = false, overlay, notice}: Options = {},
): Frame {
	controller.update({notice});
	const screen = composeScreen(snapshot, {
		columns,
		rows,
		ascii,
		axes: new AxisMemory(),
		now: 0,
		desk: controller,
		overlay,
	});
	const plain = {on: [], off: []};
	const rect = screen.cover;
	return {
		width: columns,
		rows: screen.canvas.text(),
		table: screen.table && {
			rect: screen.table,
			queues: snapshot.queues,
			headLook: plain,
			cellLook: plain,
		},
		cover: rect && {
			rect,
			rows: screen.canvas
				.text()
				.slice(rect.y, rect.y + rect.height)
				.map(line => line.slice(rect.x, rect.x + rect.width)),
		},
	};
}

/** What Ink puts on such a terminal: rows of text, blanks at their ends cut. */
export function screenOf(snapshot: OverviewSnapshot, columns: number, rows: number, options: Options = {}): string[] {
	return tableOver(frameOf(shown(snapshot), columns, rows, desk, options), columns);
}

/** What Ink puts on a terminal of a finished frame. */
export function tableOver(frame: Frame, columns: number): string[] {
	return renderToString(<ScreenView frame={frame} />, {columns}).split('\n');
}

import {type Rect} from '../../charts/canvas.js';
import {type RecordingSnapshot} from '../../session/recording/recording-snapshot.js';
import {type Scene} from '../../session/view.js';
import {tableRows} from './queues.js';
import {recordingChart} from './recording-charts.js';
import {recordingLayout} from './recording-layout.js';
import {besidePanel, factsPanel, recordingQueues, recordingStages} from './recording-panels.js';

/** Draws the panels of a recording; returns the place of the table of queues. */
export function drawRecording(
	snapshot: RecordingSnapshot,
	{canvas, axes, ascii, snapshot: {caption}}: Scene,
): Rect | undefined {
	const verdict = caption.verdict?.id ?? '';
	const {charts, queues, facts, stages, isLarge} = recordingLayout(
		canvas.width,
		canvas.height,
		snapshot.beside !== null,
	);
	// Where waits are not recorded another chart has their place.
	const instead = charts.some(({chart}) => chart === 'inFlight') ? 'queued' : 'inFlight';
	for (const place of charts) {
		const chart = place.chart === 'waits' && !snapshot.shows.waits && !isLarge ? instead : place.chart;
		canvas.put(
			recordingChart({...place, chart}, snapshot, verdict, isLarge, {
				axes,
				dense: isLarge && !ascii && snapshot.beside === null,
			}),
			place.rect.x,
			place.rect.y,
		);
	}

	const lower = snapshot.beside === null ? factsPanel : besidePanel;
	canvas.put(lower(snapshot, facts.width, facts.height), facts.x, facts.y);
	if (stages !== undefined) {
		canvas.put(recordingStages(snapshot, stages.width, stages.height), stages.x, stages.y);
	}

	if (queues === undefined) {
		return undefined;
	}

	canvas.put(recordingQueues(snapshot, queues.width, queues.height), queues.x, queues.y);
	return {
		x: queues.x + 1,
		y: queues.y + 1,
		width: queues.width - 2,
		height: tableRows,
	};
}

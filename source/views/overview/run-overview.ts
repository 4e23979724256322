import {type OverviewSnapshot} from '../../session/snapshot.js';
import {plotWidth} from '../../charts/line-chart.js';
import {type Rect} from '../../charts/canvas.js';
import {type Scene} from '../../session/view.js';
import {overviewLayout} from './layout.js';
import {changesPanel} from './changes.js';
import {chartPanel} from './charts.js';
import {cpusPanel} from './cpus.js';
import {parametersPanel} from './parameters.js';
import {queuesPanel, tableRows} from './queues.js';
import {stagesPanel} from './stages.js';

/** Draws the panels of a run; returns the place of the table of queues. */
export function drawRun(snapshot: OverviewSnapshot, {canvas, axes, now, ascii}: Scene): Rect | undefined {
	const layout = overviewLayout(canvas.width, canvas.height);
	const {parameters, queues, cpus, stages, changes} = layout;
	canvas.put(parametersPanel(snapshot, parameters.width, parameters.height), parameters.x, parameters.y);
	for (const place of layout.charts) {
		const block = chartPanel(place, snapshot, {
			axes,
			now,
			dense: layout.size === 'large' && !ascii,
			narrow: place.rect.width < 42,
		});
		canvas.put(block, place.rect.x, place.rect.y);
	}

	if (queues !== undefined) {
		canvas.put(queuesPanel(snapshot, queues.width, queues.height), queues.x, queues.y);
	}

	if (cpus !== undefined) {
		canvas.put(cpusPanel(snapshot, cpus.width, cpus.height), cpus.x, cpus.y);
	}

	if (stages !== undefined) {
		canvas.put(stagesPanel(snapshot, stages.width, stages.height), stages.x, stages.y);
	}

	if (changes !== undefined) {
		canvas.put(changesPanel(snapshot, changes.width, changes.height), changes.x, changes.y);
	}

	return queues === undefined
		? undefined
		: {
				x: queues.x + 1,
				y: queues.y + 1,
				width: queues.width - 2,
				height: tableRows,
			};
}

/** Values a line of the charts needs at this size, two a cell where they are dense. */
export function runColumns(columns: number, rows: number): number {
	const layout = overviewLayout(columns, rows - 1);
	const widest = Math.max(...layout.charts.map(place => plotWidth(place.rect.width - 2)));
	return widest * (layout.size === 'large' ? 2 : 1) + 1;
}

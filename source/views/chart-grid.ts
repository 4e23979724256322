import {plotWidth} from '../charts/line-chart.js';
import {charts, metricOf} from '../metrics/metric-table.js';
import {metricUnit} from '../metrics/metric-unit.js';
import {type Span} from '../session/span.js';
import {type Subject} from '../session/subject.js';
import {type Scene} from '../session/view.js';
import {grid, sizeOf, type ScreenSize} from './breakpoints.js';
import {type ChartContent, chartFrame} from './chart-frame.js';
import {drawnValues, figureText, unitTexts} from './figure-text.js';

/** Charts side by side. */
const columnsOf: Readonly<Record<ScreenSize, number>> = {
	large: 3,
	wide: 2,
	compact: 2,
	small: 1,
};

/** A chart this high has a row to spare for the time. */
const timeRowFrom = 8;

/** Where the stretch begins and ends, of a subject that does not end now. */
function ends(subject: Subject, {from, to, column}: Span): Pick<ChartContent, 'ends'> {
	const clock = (index: number): string | undefined => subject.clockText?.(index * column, column);
	const [begin, end] = [clock(from), clock(to)];
	return begin === undefined || end === undefined ? {} : {ends: [begin, end]};
}

/**
Draws a chart a metric, by path, of any subject: its line over the stretch that is
shown, its figure in the frame.
*/
export function drawChartGrid(paths: readonly string[], {canvas, area, subject, span, axes, ascii}: Scene): void {
	const size = sizeOf(canvas.width, canvas.height);
	const dense = size === 'large' && !ascii;
	for (const {chart: path, rect, timeRow} of grid(paths, area, columnsOf[size], timeRowFrom)) {
		const room = plotWidth(rect.width - 2) * (dense ? 2 : 1);
		const from = Math.max(span.from, span.to - room);
		const figure = subject.figures(from * span.column, span.to * span.column)(path);
		const anchor = charts.find(chart => chart.path === path)?.anchor ?? 'zero';
		canvas.put(
			chartFrame(
				{
					name: path,
					title: metricOf(path)?.label ?? path,
					value:
						figure === null
							? 'not shown by it'
							: `${figureText(path, figure)}${unitTexts[metricUnit(path)]}`,
					valueRole: 'value',
					anchor: anchor === 'ring' ? 'zero' : anchor,
					lines: [{values: drawnValues(path, subject.line(path, {...span, from})), role: 'a'}],
					column: span.column,
					marks: [],
					timeRow,
					...ends(subject, {...span, from}),
				},
				rect,
				{axes, dense},
			),
			rect.x,
			rect.y,
		);
	}
}

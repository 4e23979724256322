import {type Anchor} from '../charts/axis.js';
import {type Block} from '../charts/block.js';
import {denseChart} from '../charts/dense-chart.js';
import {type ChartMark, lineChart, plotRows, plotWidth, type Series} from '../charts/line-chart.js';
import {panel} from '../charts/panel.js';
import {type Role} from '../charts/role.js';
import {type Rect} from '../charts/canvas.js';
import {type AxisMemory} from '../charts/axis-memory.js';

/** A chart and what stands in its frame. */
export type ChartContent = {
	/** Whose axis it is in the memory. */
	readonly name: string;
	readonly title: string;
	/** Live value; what follows two blanks goes when narrow. */
	readonly value: string;
	readonly valueRole: Role;
	readonly anchor: Anchor;
	/** The first one lies over the second. */
	readonly lines: readonly Series[];
	/** Length of a value of a line, ns. */
	readonly column: number;
	/** Ages in values. */
	readonly marks: readonly ChartMark[];
	readonly timeRow: boolean;
	readonly ends?: readonly [from: string, to: string];
};

export type ChartFrameOptions = {
	readonly axes: AxisMemory;
	/** Wall time, ms. */
	readonly now: number;
	/** Dots instead of lines, four times the points. */
	readonly dense: boolean;
};

/** A chart in its frame, exactly as large as its place. */
export function chartFrame(content: ChartContent, rect: Rect, {axes, now, dense}: ChartFrameOptions): Block {
	const {name, title, value, valueRole, anchor, lines, column, marks, timeRow, ends} = content;
	const width = rect.width - 2;
	const height = rect.height - 2;
	const perCell = dense ? 2 : 1;
	const shown = plotWidth(width) * perCell;
	const values = lines.flatMap(line => line.values.slice(-shown - 1));
	const axis = axes.update(name, anchor, values, plotRows(height, timeRow), now);
	const draw = dense ? denseChart : lineChart;
	const body = draw(lines.toReversed(), {
		width,
		height,
		axis,
		column: column * perCell,
		marks: marks.map(mark => ({age: Math.floor(mark.age / perCell), at: mark.at})),
		timeRow,
		...(ends === undefined
			? {}
			: {
					ends: {
						from: ends[0],
						to: ends[1],
						blank: Math.max(0, plotWidth(width) - Math.ceil((lines[0]?.values.length ?? 0) / perCell)),
					},
				}),
	});
	const fits = value.length + title.length + 7 <= rect.width;
	return panel(
		{
			width: rect.width,
			height: rect.height,
			title,
			value: fits ? value : value.split('  ', 1)[0],
			valueRole,
		},
		body,
	);
}

import {type Anchor} from '../charts/axis.js';
import {type Block} from '../charts/block.js';
import {denseChart} from '../charts/dense-chart.js';
import {type ChartMark, type Level} from '../charts/chart-marks.js';
import {lineChart, plotRows, plotWidth, type Series} from '../charts/line-chart.js';
import {type FrameStyle, panel} from '../charts/panel.js';
import {type Role} from '../charts/role.js';
import {type Rect} from '../charts/canvas.js';
import {type AxisMemory} from '../charts/axis-memory.js';

/** A chart and what stands in its frame. */
export type ChartContent = {
	/** Whose axis it is in the memory. */
	readonly name: string;
	/** Of several forms the first that leaves room for a value. */
	readonly title: string | readonly string[];
	/**
	Live value; what follows two blanks goes when narrow. Of several forms the first that fits.
	*/
	readonly value: string | readonly string[];
	readonly valueRole: Role;
	readonly anchor: Anchor;
	/** The first one lies over the second. */
	readonly lines: readonly Series[];
	/** Length of a value of a line, ns. */
	readonly column: number;
	/** Ages in values. */
	readonly marks: readonly ChartMark[];
	/** A value that the lines are compared with, its age in values. */
	readonly level?: Level;
	/** The least of each value's column. */
	readonly lows?: ReadonlyArray<number | null>;
	readonly timeRow: boolean;
	readonly ends?: readonly [from: string, to: string];
	/** When the next planned change comes, ns. */
	readonly next?: number | undefined;
};

export type ChartFrameOptions = {
	readonly axes: AxisMemory;
	/** Dots instead of lines, four times the points. */
	readonly dense: boolean;
	readonly style?: FrameStyle;
};

const formsOf = (text: string | readonly string[]): readonly string[] => (typeof text === 'string' ? [text] : text);

/** Of title and value with their blanks and corners. */
export const besideText = 7;

/**
Of the forms of a value the first that fits beside a title in a frame so wide; else the
last, without its second part.
*/
export function fittingValue(forms: string | readonly string[], title: string, width: number): string {
	const all = formsOf(forms);
	return all.find(form => form.length + title.length + besideText <= width) ?? (all.at(-1) ?? '').split('  ', 1)[0];
}

/** Of the forms of a title the first beside which a form of the value fits; else the last. */
function fittingTitle(forms: ChartContent['title'], values: ChartContent['value'], width: number): string {
	const all = formsOf(forms);
	const least = Math.min(...formsOf(values).map(value => value.length));
	return all.find(form => form.length + least + besideText <= width) ?? all.at(-1) ?? '';
}

/** A chart in its frame, exactly as large as its place. */
export function chartFrame(content: ChartContent, rect: Rect, {axes, dense, style}: ChartFrameOptions): Block {
	const {
		name,
		title,
		value,
		valueRole,
		anchor,
		lines,
		column,
		marks,
		level,
		lows = [],
		timeRow,
		ends,
		next,
	} = content;
	const width = rect.width - 2;
	const height = rect.height - 2;
	const titled = fittingTitle(title, value, rect.width);
	const perCell = dense ? 2 : 1;
	const shown = plotWidth(width) * perCell;
	const values = lines.flatMap(line => line.values.slice(-shown - 1));
	const axis = axes.update(
		name,
		anchor,
		level === undefined ? values : [...values, level.value],
		plotRows(height, timeRow),
	);
	const draw = dense ? denseChart : lineChart;
	const body = draw(lines.toReversed(), {
		width,
		height,
		axis,
		column: column * perCell,
		marks: marks.map(mark => ({age: Math.floor(mark.age / perCell), at: mark.at})),
		lows: lows.slice(-shown),
		...(level === undefined ? {} : {level: {value: level.value, age: Math.floor(level.age / perCell)}}),
		timeRow,
		next,
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
	return panel(
		{
			width: rect.width,
			height: rect.height,
			title: titled,
			value: fittingValue(value, titled, rect.width),
			valueRole,
			...(style === undefined ? {} : {style}),
		},
		body,
	);
}

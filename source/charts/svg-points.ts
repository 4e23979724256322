import {type Axis, fitRange} from './axis.js';
import {formatCount} from './format-number.js';
import {coordinate, escapeXml, faint, fontSize, type Picture, textElement, textWidth} from './svg.js';

/**
A place of a diagram: `x` 0 to 1 from the left, `y` in its unit, with its interval if it has one.
*/
export type DiagramPoint = {
	readonly x: number;
	readonly y: number;
	readonly low?: number;
	readonly high?: number;
	/** What a pointer on it is told. */
	readonly name: string;
	readonly isStrong: boolean;
};

export type Diagram = {
	readonly title: string;
	readonly points: readonly DiagramPoint[];
	/** Below the x axis, at their places from 0 to 1. */
	readonly ticks: ReadonlyArray<{readonly at: number; readonly text: string}>;
	readonly xName: string;
	/** Neighbours are joined. */
	readonly isLine: boolean;
};

const width = 640;
const plotHeight = 220;
const labels = 5;
const strong = '#3b528b';
const weak = '#b6bcc6';

/** Points over an axis, each with its interval. */
export function diagramSvg({title, points, ticks, xName, isLine}: Diagram): Picture {
	const ends = points.flatMap(({y, low = y, high = y}) => [low, high]);
	const axis = fitRange(Math.min(...ends), Math.max(...ends), labels);
	const left = 56;
	const top = fontSize + 16;
	const plotWidth = width - left - 12;
	const x = (share: number): number => left + 6 + share * (plotWidth - 12);
	const y = (value: number): number => top + ((axis.high - value) / (axis.high - axis.low)) * plotHeight;
	const path = points.map(
		(point, index) => `${index === 0 ? 'M' : 'L'}${coordinate(x(point.x))} ${coordinate(y(point.y))}`,
	);
	const bottom = top + plotHeight;
	return {
		width: Math.max(width, textWidth(title)),
		height: bottom + 2 * (fontSize + 6),
		elements: [
			textElement(0, fontSize, title, {bold: true}),
			...gridLines(axis, left, y),
			...(isLine ? [`<path d="${path.join('')}" fill="none" stroke="${strong}" stroke-width="1.5"/>`] : []),
			...points.flatMap(point => pointElements(point, x(point.x), y)),
			...ticks.map(({at, text}) => textElement(x(at), bottom + fontSize + 4, text, {anchor: 'middle'})),
			textElement(left + plotWidth / 2, bottom + 2 * (fontSize + 5), xName, {anchor: 'middle', fill: faint}),
		],
	};
}

function gridLines(axis: Axis, left: number, y: (value: number) => number): string[] {
	return Array.from({length: labels}, (_, index) => axis.low + index * axis.step).flatMap(value => [
		`<path d="M${left} ${coordinate(y(value))}H${width - 12}" stroke="#e5e7eb"/>`,
		textElement(left - 6, y(value) + 4, formatCount(value), {anchor: 'end', fill: faint}),
	]);
}

function pointElements(
	{y: value, low, high, name, isStrong}: DiagramPoint,
	x: number,
	y: (value: number) => number,
): string[] {
	const colour = isStrong ? strong : weak;
	return [
		...(low === undefined || high === undefined
			? []
			: [
					`<path d="M${coordinate(x)} ${coordinate(y(low))}V${coordinate(y(high))}" ` +
						`stroke="${colour}" stroke-width="2"/>`,
				]),
		`<circle cx="${coordinate(x)}" cy="${coordinate(y(value))}" r="4" ` +
			`fill="${colour}"><title>${escapeXml(name)}</title></circle>`,
	];
}

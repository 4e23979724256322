import {formatCount} from './format-number.js';
import {flatWords, type HeatCell, type HeatMap, isFlat, shareBetween} from './heat-map.js';
import {coordinate, faint, fontSize, ink, type Picture, rectangle, textElement, textWidth} from './svg.js';

/**
From low to high, told apart also without colour: the lightness falls all the way
(viridis, from light to dark).
*/
const ramp = [
	[253, 231, 37],
	[94, 201, 98],
	[33, 145, 140],
	[59, 82, 139],
	[68, 1, 84],
] as const;

const rowHeight = 26;
const leastWidth = 64;
const empty = '#e5e7eb';
const plain = '#f3f4f6';

/** A map with a number in each cell and a scale below. */
export function heatMapSvg({rows, columns, cells}: HeatMap, title: string): Picture {
	const values = cells
		.flat()
		.map(({value}) => value)
		.filter(value => value !== null);
	const [low, high] = [Math.min(...values), Math.max(...values)];
	const hasShades = !isFlat(low, high);
	const shareOf = (value: number): number => (hasShades ? shareBetween(value, low, high) : 0);
	const left = Math.max(...[rows.name, ...rows.labels].map(text => textWidth(text))) + 10;
	const cellWidth = Math.max(leastWidth, ...columns.labels.map(label => textWidth(label) + 10));
	const top = 3 * (fontSize + 6);
	const elements = [
		textElement(0, fontSize, title, {bold: true}),
		textElement(left, 2 * (fontSize + 6) - 6, columns.name, {fill: faint}),
		textElement(0, top - 6, rows.name, {fill: faint}),
		...columns.labels.map((label, column) =>
			textElement(left + (column + 0.5) * cellWidth, top - 6, label, {anchor: 'middle'}),
		),
	];
	for (const [row, label] of rows.labels.entries()) {
		const y = top + row * rowHeight;
		elements.push(textElement(left - 8, y + rowHeight / 2 + 4, label, {anchor: 'end'}));
		for (const [column, cell] of cells[row].entries()) {
			const x = left + column * cellWidth;
			const fill = cell.value === null ? empty : hasShades ? colour(shareOf(cell.value)) : plain;
			const name = `${columns.name}=${columns.labels[column]} ${rows.name}=${label}: ${wordOf(cell)}`;
			elements.push(
				rectangle(
					{
						x,
						y,
						width: cellWidth - 1,
						height: rowHeight - 1,
					},
					fill,
					name,
				),
				textElement(x + cellWidth / 2, y + rowHeight / 2 + 4, wordOf(cell), {
					anchor: 'middle',
					fill: cell.value !== null && shareOf(cell.value) > 0.4 ? '#ffffff' : ink,
				}),
			);
		}
	}

	const bottom = top + rows.labels.length * rowHeight + 10;
	elements.push(
		...(hasShades
			? scale(left, bottom, low, high)
			: [textElement(left, bottom + 10, flatWords(low, high), {fill: faint})]),
	);

	const scaleWidth = textWidth(formatCount(low) + formatCount(high)) + scaleLength + 20;
	return {
		width: Math.max(
			textWidth(title),
			left + Math.max(columns.labels.length * cellWidth, textWidth(columns.name), scaleWidth),
		),
		height: bottom + 14,
		elements,
	};
}

function wordOf({value, word = '-', mark = ''}: HeatCell): string {
	return value === null ? word : `${formatCount(value)}${mark}`;
}

/** The colour at a place of the ramp, 0 to 1. */
function colour(share: number): string {
	const place = share * (ramp.length - 1);
	const index = Math.min(ramp.length - 2, Math.floor(place));
	const [from, to] = [ramp[index], ramp[index + 1]];
	const channels = from.map((channel, which) => Math.round(channel + (to[which] - channel) * (place - index)));
	return `#${channels.map(channel => channel.toString(16).padStart(2, '0')).join('')}`;
}

const scaleLength = 160;
const scaleSteps = 32;

function scale(left: number, y: number, low: number, high: number): string[] {
	const from = left + textWidth(formatCount(low)) + 8;
	const step = scaleLength / scaleSteps;
	return [
		textElement(left, y + 10, formatCount(low), {fill: faint}),
		...Array.from({length: scaleSteps}, (_, index) =>
			rectangle(
				{
					x: Number(coordinate(from + index * step)),
					y,
					width: step + 0.5,
					height: 12,
				},
				colour(index / (scaleSteps - 1)),
			),
		),
		textElement(from + scaleLength + 8, y + 10, formatCount(high), {fill: faint}),
	];
}

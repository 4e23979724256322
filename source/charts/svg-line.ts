import {axisLabel, fitAxis} from './axis.js';
import {coordinate, faint, fontSize, ink, type Picture, textElement} from './svg.js';

/** A figure over time. */
export type LineDiagram = {
	readonly title: string;
	/** At equal distances in time; null where there is none. */
	readonly values: ReadonlyArray<number | null>;
	/** Seconds of the first and of the last. */
	readonly from: number;
	readonly to: number;
	/** Marks, in seconds, with their words. */
	readonly marks: ReadonlyArray<{readonly at: number; readonly text: string}>;
};

const width = 640;
const plotHeight = 120;
const labels = 4;

/** A line over time, from zero, with a mark where something was changed. */
export function lineSvg({title, values, from, to, marks}: LineDiagram): Picture {
	const axis = fitAxis(Math.max(0, ...values.filter(value => value !== null)), labels);
	const left = 56;
	const top = fontSize + 12;
	const plotWidth = width - left;
	const x = (share: number): number => left + share * plotWidth;
	const y = (value: number): number => top + (1 - value / axis.high) * plotHeight;
	const last = Math.max(1, values.length - 1);
	const segments: string[] = [];
	let isDrawing = false;
	for (const [index, value] of values.entries()) {
		if (value !== null) {
			segments.push(`${isDrawing ? 'L' : 'M'}${coordinate(x(index / last))} ${coordinate(y(value))}`);
		}

		isDrawing = value !== null;
	}

	const bottom = top + plotHeight;
	const place = (at: number): number => x(to > from ? (at - from) / (to - from) : 0);
	return {
		width,
		height: bottom + fontSize + 8,
		elements: [
			textElement(0, fontSize, title, {bold: true}),
			...Array.from({length: labels}, (_, row) => {
				const value = axis.low + row * axis.step;
				return (
					`<path d="M${left} ${coordinate(y(value))}H${width}" stroke="#e5e7eb" ` +
					`fill="none"/>${textElement(left - 6, y(value) + 4, axisLabel(value, axis).trim(), {anchor: 'end', fill: faint})}`
				);
			}),
			...marks.map(
				({at, text}) =>
					`<path d="M${coordinate(place(at))} ${top}V${bottom}" stroke="#b45309" stroke-dasharray="3 ` +
					`3" fill="none"/>${textElement(place(at) + 4, top + fontSize, text, {fill: '#b45309'})}`,
			),
			`<path d="${segments.join('')}" fill="none" stroke="${ink}" stroke-width="1.2"/>`,
			textElement(left, bottom + fontSize + 4, `${from} s`, {fill: faint}),
			textElement(width, bottom + fontSize + 4, `${to} s`, {anchor: 'end', fill: faint}),
		],
	};
}

import {formatCount} from './format-number.js';
import {coordinate, faint, fontSize, type Picture, rectangle, textElement, textWidth} from './svg.js';

/** A part of a whole. */
export type Part = {readonly name: string; readonly value: number};

const width = 640;
const rowHeight = 18;
const fill = '#3b528b';

/**
A row a part: its name, a bar on a common scale that begins where the one before ends, its value.
*/
export function waterfallSvg(title: string, parts: readonly Part[], unit: string): Picture {
	const whole = parts.reduce((sum, {value}) => sum + value, 0);
	const left = Math.max(...parts.map(({name}) => textWidth(name))) + 12;
	const right = width - textWidth('00,000 us') - 8;
	const scale = whole > 0 ? (right - left) / whole : 0;
	const top = fontSize + 10;
	let before = 0;
	const rows = parts.flatMap(({name, value}, row) => {
		const y = top + row * rowHeight;
		const start = left + before * scale;
		before += value;
		return [
			textElement(left - 8, y + rowHeight - 5, name, {anchor: 'end'}),
			rectangle({x: start, y: y + 2, width: Math.max(0.5, value * scale), height: rowHeight - 4}, fill, name),
			textElement(start + value * scale + 6, y + rowHeight - 5, `${formatCount(value)} ${unit}`, {fill: faint}),
		];
	});
	return {
		width,
		height: top + parts.length * rowHeight,
		elements: [textElement(0, fontSize, title, {bold: true}), ...rows],
	};
}

/** A difference with its interval, per cent. */
export type Interval = {
	readonly name: string;
	readonly at: number;
	readonly low: number;
	readonly high: number;
	readonly word: string;
};

/**
Rows with an interval each on a common axis around 0; what reaches beyond the axis ends at its edge.
*/
export function intervalsSvg(title: string, rows: readonly Interval[], reach: number): Picture {
	const left = Math.max(...rows.map(({name}) => textWidth(name))) + 12;
	const right = width - textWidth('undecided -100.0 %') - 8;
	const place = (value: number): number =>
		left + ((Math.max(-reach, Math.min(reach, value)) + reach) / (2 * reach)) * (right - left);
	const top = 2 * fontSize + 14;
	const bottom = top + rows.length * rowHeight;
	return {
		width,
		height: bottom,
		elements: [
			textElement(0, fontSize, title, {bold: true}),
			...[-reach, 0, reach].map(value =>
				textElement(place(value), top - 4, value === 0 ? '0' : `${value} %`, {anchor: 'middle', fill: faint}),
			),
			`<path d="M${coordinate(place(0))} ${top}V${bottom}" stroke="#9ca3af" fill="none"/>`,
			...rows.flatMap(({name, at, low, high, word}, row) => {
				const y = top + (row + 0.5) * rowHeight;
				return [
					textElement(left - 8, y + 4, name, {anchor: 'end'}),
					`<path d="M${coordinate(place(low))} ${coordinate(y)}H${coordinate(place(high))}" ` +
						`stroke="${fill}" stroke-width="2" fill="none"/>`,
					`<circle cx="${coordinate(place(at))}" cy="${coordinate(y)}" r="3.5" fill="${fill}"/>`,
					textElement(right + 8, y + 4, `${word} ${at > 0 ? '+' : ''}${Number(at.toFixed(1))} %`, {
						fill: faint,
					}),
				];
			}),
		],
	};
}

/** A share, 0 to 1, and another to stand beside it. */
export type Share = {readonly name: string; readonly value: number; readonly beside: number | null};

/** Rows with a bar of a share each, and a lighter one of another below it. */
export function sharesSvg(title: string, rows: readonly Share[]): Picture {
	const left = Math.max(...rows.map(({name}) => textWidth(name))) + 12;
	const right = width - textWidth('100 % 100 %') - 8;
	const top = fontSize + 10;
	const share = (value: number): string => `${Math.round(value * 100)} %`;
	return {
		width,
		height: top + rows.length * rowHeight,
		elements: [
			textElement(0, fontSize, title, {bold: true}),
			...rows.flatMap(({name, value, beside}, row) => {
				const y = top + row * rowHeight;
				return [
					textElement(left - 8, y + rowHeight - 5, name, {anchor: 'end'}),
					rectangle({x: left, y: y + 2, width: value * (right - left), height: 8}, fill, name),
					...(beside === null
						? []
						: [
								rectangle(
									{x: left, y: y + 11, width: beside * (right - left), height: 4},
									'#b6bcc6',
									name,
								),
							]),
					textElement(
						right + 8,
						y + rowHeight - 5,
						beside === null ? share(value) : `${share(value)} ${share(beside)}`,
						{
							fill: faint,
						},
					),
				];
			}),
		],
	};
}

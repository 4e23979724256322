import {type Canvas, type CellRun} from '../charts/canvas.js';
import {isStrong, type PictureColors} from './theme.js';

const cellWidth = 8.4;
const cellHeight = 17;
const margin = 12;
/** Where letters stand, from the top of a cell, as a share of its height. */
const baseline = 0.76;
const fonts = "'DejaVu Sans Mono', Menlo, Consolas, 'Liberation Mono', monospace";

function escapeText(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function place(cells: number, size: number): string {
	return (margin + cells * size).toFixed(1);
}

/** Each character has an x of its own, so that the grid holds in any font. */
function textElement({x, text, role}: CellRun, row: number, color: string): string {
	const start = text.length - text.trimStart().length;
	const words = text.trim();
	if (words === '') {
		return '';
	}

	const xs = Array.from({length: words.length}, (_, index) => place(x + start + index, cellWidth)).join(' ');
	const weight = isStrong(role) ? ' font-weight="bold"' : '';
	return (
		`<text x="${xs}" y="${place(row + baseline, cellHeight)}" ` +
		`fill="${color}"${weight}>${escapeText(words)}</text>`
	);
}

function rectangle({x, text}: CellRun, row: number, color: string): string {
	return (
		`<rect x="${place(x, cellWidth)}" y="${place(row, cellHeight)}" ` +
		`width="${(text.length * cellWidth).toFixed(1)}" height="${cellHeight}" fill="${color}"/>`
	);
}

/**
A screen as a picture that needs nothing else: SVG, in a monospace font of the
reader's. `colored` false: one ink.
*/
export function svgOf(canvas: Canvas, title: string, {background, palette}: PictureColors, colored = true): string {
	const width = (canvas.width * cellWidth + 2 * margin).toFixed(1);
	const height = canvas.height * cellHeight + 2 * margin;
	const rows = canvas
		.runs()
		.map((runs, row) => [
			...runs.filter(run => run.selected).map(run => rectangle(run, row, palette.select)),
			...runs.map(run => textElement(run, row, colored ? palette[run.role] : palette.text)),
		]);
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" ` +
			`height="${height}" font-family="${fonts}" font-size="14" xml:space="preserve">`,
		`<title>${escapeText(title)}</title>`,
		`<rect width="${width}" height="${height}" rx="8" fill="${background}"/>`,
		...rows.flat().filter(element => element !== ''),
		'</svg>',
		'',
	].join('\n');
}

/**
Draws the running program for the README: starts the built dashboard in a pseudo terminal,
lets it find the contention of 2019, moves the kick out of the lock, and writes the screen
with its colours to docs/overview.svg. Usage: `npm run build && npx tsx scripts/screenshot.ts`.
*/
import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {TestTerminal} from '../test/helpers/terminal.js';
import {distribution, root} from './bundle.js';

const columns = 120;
const rows = 36;
const cellWidth = 8.4;
const cellHeight = 17;
const margin = 12;
const ground = '#0f1419';
const ink = '#d6dbe0';

/** Simulated time of the change, and how long the picture waits after it, s. */
const changeAt = 0.8;
const waitAfter = 0.16;

function simulatedTime(terminal: TestTerminal): number {
	return Number(/t +(\d+\.\d+) s/v.exec(terminal.lines[0])?.[1] ?? 0);
}

function hex(color: number): string {
	return `#${color.toString(16).padStart(6, '0')}`;
}

function escapeText(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

type Style = {readonly foreground: string; readonly background: string; readonly bold: boolean};
type Cell = NonNullable<ReturnType<NonNullable<ReturnType<TestTerminal['buffer']['getLine']>>['getCell']>>;

function styleOf(cell: Cell): Style {
	const foreground = cell.isFgRGB() ? hex(cell.getFgColor()) : ink;
	const background = cell.isBgRGB() ? hex(cell.getBgColor()) : ground;
	const inverse = cell.isInverse() !== 0;
	return {
		foreground: inverse ? background : foreground,
		background: inverse ? foreground : background,
		bold: cell.isBold() !== 0,
	};
}

function sameStyle(a: Style, b: Style): boolean {
	return a.foreground === b.foreground && a.background === b.background && a.bold === b.bold;
}

/** Each character has an x of its own, so that the grid holds in any font. */
function textElement(characters: ReadonlyArray<readonly [x: number, text: string]>, y: number, style: Style): string {
	const xs = characters.map(([x]) => (margin + x * cellWidth).toFixed(1)).join(' ');
	const text = escapeText(characters.map(([, character]) => character).join(''));
	return `<text x="${xs}" y="${y.toFixed(1)}" fill="${style.foreground}"${style.bold ? ' font-weight="bold"' : ''}>${text}</text>`;
}

function drawRow(terminal: TestTerminal, row: number): string[] {
	const line = terminal.buffer.getLine(row);
	const elements: string[] = [];
	let run: Array<readonly [number, string]> = [];
	let style: Style = {foreground: ink, background: ground, bold: false};
	const y = margin + (row + 0.76) * cellHeight;
	const flush = () => {
		const end = run.findLastIndex(([, character]) => character !== ' ');
		if (end !== -1) {
			elements.push(textElement(run.slice(0, end + 1), y, style));
		}

		run = [];
	};

	for (let x = 0; x < columns; x++) {
		const cell = line?.getCell(x);
		if (cell === undefined) {
			continue;
		}

		const characters = cell.getChars();
		const character = characters === '' ? ' ' : characters;
		// A blank goes with what stands before it.
		const own = character === ' ' ? style : styleOf(cell);
		if (!sameStyle(own, style)) {
			flush();
			style = own;
		}

		run.push([x, character]);
	}

	flush();
	return elements;
}

function svg(terminal: TestTerminal): string {
	const width = columns * cellWidth + 2 * margin;
	const height = rows * cellHeight + 2 * margin;
	const body = Array.from({length: rows}, (_, row) => drawRow(terminal, row)).flat();
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="'DejaVu Sans Mono', Menlo, Consolas, 'Liberation Mono', monospace" font-size="14" xml:space="preserve">`,
		'<title>The vqlab overview: contention on ctrlq.qlock falls when the kick moves out of the lock</title>',
		`<rect width="${width}" height="${height}" rx="8" fill="${ground}"/>`,
		...body,
		'</svg>',
		'',
	].join('\n');
}

const terminal = new TestTerminal(process.execPath, [path.join(distribution, 'cli.js'), '--speed', '1:5'], {
	columns,
	rows,
	environment: {COLORTERM: 'truecolor'},
});
try {
	await terminal.until('Contention');
	// The theme with a background of its own; the second key takes its notice away.
	terminal.write('T');
	await terminal.until('theme night');
	terminal.write('r');
	await terminal.until(shown => simulatedTime(shown) >= changeAt);
	terminal.write('\u001B[C');
	await terminal.until(shown => simulatedTime(shown) >= changeAt + waitAfter && shown.text.includes('●'));
	mkdirSync(path.join(root, 'docs'), {recursive: true});
	writeFileSync(path.join(root, 'docs', 'overview.svg'), svg(terminal));
	terminal.write('q');
	await terminal.exited;
} finally {
	terminal.dispose();
}

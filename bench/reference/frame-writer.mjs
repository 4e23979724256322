/*
A screen like the overview by hand, 120x40, ten frames a second: cells in two typed arrays, compared
with those of the frame before, changed cells written at once. No layout, no simulation: what a
frame costs at the least.
*/
import process from 'node:process';

const columns = 120;
const rows = 39;
const period = 100;
let cells = new Uint32Array(columns * rows);
let shown = new Uint32Array(columns * rows);
const charts = Array.from({length: 4}, () => Array.from({length: 34}, () => 4));
let seed = 1;
let frame = 0;

function random() {
	seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
	return seed / 4_294_967_296;
}

function put(text, x, y, color) {
	for (let i = 0; i < text.length; i++) {
		cells[y * columns + x + i] = text.codePointAt(i) | (color << 24);
	}
}

function box(x, y, width, height, title) {
	put(`╭ ${title} ${'─'.repeat(width - title.length - 4)}╮`, x, y, 90);
	for (let row = 1; row < height - 1; row++) {
		put('│', x, y + row, 90);
		put('│', x + width - 1, y + row, 90);
	}

	put(`╰${'─'.repeat(width - 2)}╯`, x, y + height - 1, 90);
}

function compose() {
	cells.fill(32);
	put(`vqlab  seed  1:100   t ${(frame / 10).toFixed(3)} s`, 1, 0, 39);
	for (const [index, chart] of charts.entries()) {
		const [x, y] = [34 + 43 * (index & 1), 2 + 11 * (index >> 1)];
		box(x, y, 43, 11, 'Throughput');
		if (frame % 10 === 0) {
			chart.shift();
			chart.push(Math.max(0, Math.min(8, chart.at(-1) + Math.round(2 * random() - 1))));
		}

		for (const [column, value] of chart.entries()) {
			put('─', x + 8 + column, y + 9 - value, 39);
		}
	}

	for (let y = 26; y < 36; y++) {
		const steady = Math.floor(frame / 3);
		put(`${(y * 31.7 + (steady % 7)).toFixed(1).padStart(9)} control  64  62.8   31.8k   0.678   0.727`, 2, y, 39);
	}

	frame++;
}

function write() {
	let text = '';
	let look = 39;
	for (let y = 0; y < rows; y++) {
		for (let x = 0, at = -1; x < columns; x++) {
			const cell = cells[y * columns + x];
			if (cell === shown[y * columns + x]) {
				continue;
			}

			if (at !== x) {
				text += `\u001B[${y + 1};${x + 1}H`;
			}

			if (cell >>> 24 !== look && cell >>> 24 !== 0) {
				look = cell >>> 24;
				text += `\u001B[${look}m`;
			}

			text += String.fromCodePoint(cell & 0xff_ff_ff);
			at = x + 1;
		}
	}

	[cells, shown] = [shown, cells];
	process.stdout.write(`\u001B[?2026h${text}\u001B[39m\u001B[?2026l`);
}

setInterval(() => {
	compose();
	write();
}, period);

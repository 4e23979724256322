import {type Progress} from '../trace/reader/line-source.js';

/** Files below this many bytes are read without a word. */
const quickSize = 20_000_000;

const barWidth = 20;

/** Up one line, and clear it: the bar of before is drawn over. */
const redraw = '\u{1B}[A\u{1B}[2K';

/**
Says how far the reading of a large file is: a bar in its place on a terminal, a line at
each tenth elsewhere. A pipe, whose size is not known, shows what has come.
*/
export function readingProgress(file: string, say: (text: string) => void, isTerminal: boolean): Progress {
	let told = -1;
	return (done, size) => {
		if (size === null ? done < quickSize : size < quickSize) {
			return;
		}

		const share = size === null ? 0 : Math.min(1, done / size);
		const steps = size === null ? Math.floor(done / (isTerminal ? 50e6 : 500e6)) : Math.floor((isTerminal ? 100 : 10) * share);
		if (steps > told) {
			const where = size === null ? `${figure(done)} read` : `${bar(share)} ${String(Math.floor(100 * share)).padStart(3)} % of ${figure(size)} read`;
			say(`${isTerminal && told >= 0 ? redraw : ''}${file}: ${where}`);
			told = steps;
		}
	};
}

function bar(share: number): string {
	const full = Math.floor(barWidth * share);
	return `[${'#'.repeat(full)}${'.'.repeat(barWidth - full)}]`;
}

function figure(bytes: number): string {
	return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.round(bytes / 1e6)} MB`;
}

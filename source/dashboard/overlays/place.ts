import {type Rect} from '../../charts/canvas.js';
import {footRowsOf, headRows} from '../../views/breakpoints.js';

/**
A box of the wanted size, in the middle of the body; the whole body when the screen is
small. The fixed rows stay free.
*/
export function overlayPlace(
	width: number,
	height: number,
	wanted: {readonly width: number; readonly height: number},
	foot = footRowsOf(height),
): Rect {
	const body = height - headRows - foot;
	const full = width < 100;
	const boxWidth = full ? width : Math.min(width - 4, wanted.width);
	const boxHeight = full ? body : Math.min(body, wanted.height);
	return {
		x: Math.floor((width - boxWidth) / 2),
		y: headRows + Math.max(0, Math.floor((body - boxHeight) / 3)),
		width: boxWidth,
		height: boxHeight,
	};
}

/** Breaks words into lines of at most `width` cells. */
export function wrapWords(text: string, width: number): string[] {
	const lines: string[] = [];
	let line = '';
	for (const word of text.split(/\s+/v)) {
		if (line !== '' && line.length + 1 + word.length > width) {
			lines.push(line);
			line = '';
		}

		line += (line === '' ? '' : ' ') + word;
		while (line.length > width) {
			lines.push(line.slice(0, width));
			line = line.slice(width);
		}
	}

	return line === '' ? lines : [...lines, line];
}

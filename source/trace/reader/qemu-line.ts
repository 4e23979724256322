import {skipDigits, skipNameCharacters} from './characters.js';

/** The parts of a line of a QEMU log with `-msg timestamp=on`. */
export type QemuLine = {readonly thread: string; readonly seconds: string; readonly fraction: string; readonly event: string; readonly text: string};

/** Takes `tid@secs.usecs:event payload` apart; null for any other line. */
export function qemuLineOf(line: string): QemuLine | null {
	const at = skipDigits(line, 0);
	const point = skipDigits(line, at + 1);
	const colon = skipDigits(line, point + 1);
	const end = skipNameCharacters(line, colon + 1);
	const isWhole = within(at, 10) && line[at] === '@'
		&& within(point - at - 1, 12) && (line[point] === '.' || line[point] === ',')
		&& within(colon - point - 1, 9) && line[colon] === ':'
		&& within(end - colon - 1, 80) && (end === line.length || line[end] === ' ');
	return isWhole
		? {
			thread: line.slice(0, at), seconds: line.slice(at + 1, point), fraction: line.slice(point + 1, colon), event: line.slice(colon + 1, end), text: line.slice(end + 1),
		}
		: null;
}

function within(length: number, most: number): boolean {
	return length >= 1 && length <= most;
}

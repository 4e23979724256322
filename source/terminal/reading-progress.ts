import {type Progress} from './progress-line.js';

/**
Shows how far the reading of a file is, in bytes. A pipe, whose size is
not known, shows what has come.
*/
export function readingProgress(file: string, line: Progress): (done: number, size: number | null) => void {
	return (done, size) => {
		line.show(
			`read ${file}`,
			size === null ? null : done / Math.max(1, size),
			size === null ? figure(done) : `of ${figure(size)}`,
		);
	};
}

function figure(bytes: number): string {
	return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.round(bytes / 1e6)} MB`;
}

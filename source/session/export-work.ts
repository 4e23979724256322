import {type ExportJob} from '../export/export-job.js';
import {type ExportFiles} from './preset-shelf.js';

/** An export that is being made: its file is written at the end. */
export type ExportWork = {
	readonly path: string;
	readonly job: ExportJob;
	readonly files: ExportFiles;
};

/**
Makes about `budget` events of it. Returns what was done when the file is written, else how far it
is, 0 to 1. Throws `UserError`.
*/
export function advanceExport({path, job, files}: ExportWork, budget: number): string | number {
	if (!job.advance(budget)) {
		return job.progress;
	}

	const text = job.text();
	files.write(path, text);
	return `saved ${path}, ${(text.length / 1e6).toFixed(2)} MB`;
}

import {checkPlace, writeFile, type WriteOptions} from '../files/write-file.js';
import {type ExportFiles} from '../session/ports.js';

/** Exports on the file system. */
export function exportFiles(existing: WriteOptions['existing']): ExportFiles {
	const optionsOf = (file: string): WriteOptions => ({called: JSON.stringify(file), existing});
	return {
		refuse(file) {
			checkPlace(file, optionsOf(file));
		},
		write(file, text) {
			writeFile(file, text, optionsOf(file));
		},
	};
}

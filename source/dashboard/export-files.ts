import {checkPlace, writeFile, type WriteOptions} from '../files/write-file.js';
import {type ExportFiles} from '../session/preset-shelf.js';

/** Exports on the file system. */
export function exportFiles(existing: WriteOptions['existing']): ExportFiles {
	// The name stands above what is said of it.
	const options: WriteOptions = {called: 'the file', existing};
	return {
		refuse(file) {
			checkPlace(file, options);
		},
		write(file, text) {
			writeFile(file, text, options);
		},
	};
}

import {mkdirSync} from 'node:fs';
import {writeError} from './file-error.js';

/**
Makes a folder and those above it, if they are not there.

@throws {UserError} when it cannot be made.
*/
export function makeFolder(folder: string): void {
	try {
		mkdirSync(folder, {recursive: true});
	} catch (error) {
		throw writeError(JSON.stringify(folder), error);
	}
}
